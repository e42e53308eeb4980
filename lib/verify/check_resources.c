/*
 * IP address blocks and AS numbers (RFC 3779). Not judged by this version: a
 * leaf that claims such resources is refused. As in the reference, a path
 * whose leaf claims none is not looked at.
 */
#include "verify/stages.h"

enum dt_outcome
dt_check_resources(struct dt_verify *v)
{
	if (!dt_path_cert(v, 0)->has_resources)
		return DT_CONTINUE;
	return dt_verify_fail(v, DICOMTLS_E_UNSUPPORTED,
	    "the certificate claims IP or AS resources (RFC 3779), which this "
	    "version does not judge");
}

/*
 * The table of what is missing.
 */
#include "features.h"

#include <dicomtls.h>

static const uint32_t flags = DICOMTLS_F_CRL_CHECK | DICOMTLS_F_POLICY_CHECK |
			      DICOMTLS_F_EXPLICIT_POLICY |
			      DICOMTLS_F_INHIBIT_ANY | DICOMTLS_F_INHIBIT_MAP |
			      DICOMTLS_F_NOTIFY_POLICY |
			      DICOMTLS_F_SUITEB_128_LOS;

static const char *const oids[] = {
	"\x06\x03\x55\x1d\x1e",			    /* name constraints */
	"\x06\x08\x2b\x06\x01\x05\x05\x07\x01\x07", /* RFC 3779 */
	"\x06\x08\x2b\x06\x01\x05\x05\x07\x01\x08",
};

static const bool crls = false;

static bool
has_oid(struct dt_span der)
{
	for (size_t i = 0; i < sizeof(oids) / sizeof(oids[0]); i++) {
		if (der.size > 0 &&
		    memmem(der.data, der.size, oids[i], strlen(oids[i])))
			return true;
	}
	return false;
}

bool
features_restrict(struct case_data *data)
{
	size_t kept = 0;
	data->flags &= ~flags;
	for (size_t i = 0; i < data->object_count; i++) {
		if (data->objects[i].kind == CASE_X509_CRL && !crls)
			continue;
		if (has_oid(data->objects[i].der))
			return false;
		data->objects[kept++] = data->objects[i];
	}
	data->object_count = kept;
	return true;
}

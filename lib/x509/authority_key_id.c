/* Authority key identifier; see authority_key_id.h. */
#include "x509/authority_key_id.h"

#include "base/der.h"
#include "x509/cert.h"
#include "x509/general_name.h"

/* The first directoryName of the authority's names, in comparison form. */
static bool
decode_issuer(
    struct dt_arena *arena, struct dt_akid *akid, struct dt_span names)
{
	struct dt_general_name name;
	struct dt_name issuer;

	while (dt_general_name_next(&names, &name)) {
		if (name.type != DT_GN_DIRECTORY)
			continue;
		akid->issuer = dt_span("", 0);
		if (dt_name_take(arena, &issuer, name.value) < 0)
			return false;
		akid->issuer = issuer.canonical;
		return true;
	}
	return true;
}

bool
dt_akid_decode(
    struct dt_arena *arena, struct dt_akid *akid, struct dt_span content)
{
	struct dt_der part;
	bool done = true;

	if (dt_der_take(&content, DT_DER_CONTEXT, &part))
		akid->keyid = part.content;
	if (dt_der_take_list(&content, DT_DER_CONTEXT_CONSTRUCTED | 1, &part))
		done = decode_issuer(arena, akid, part.content);
	if (dt_der_take(&content, DT_DER_CONTEXT | 2, &part))
		akid->serial = part.content;
	return done;
}

bool
dt_akid_matches(const struct dt_akid *akid, const struct dt_cert *issuer)
{
	if (dt_span_is_set(akid->keyid) && dt_span_is_set(issuer->skid) &&
	    !dt_span_equal(akid->keyid, issuer->skid))
		return false;
	if (dt_span_is_set(akid->serial) &&
	    !dt_span_equal(akid->serial, issuer->serial))
		return false;
	return !dt_span_is_set(akid->issuer) ||
	       dt_span_equal(akid->issuer, issuer->issuer.canonical);
}

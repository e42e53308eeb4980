/* Decoding of RSASSA-PSS parameters; see pss.h. */
#include "x509/pss.h"

#include "base/der.h"

static const uint8_t oid_mgf1[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1,
	8 };

/* AlgorithmIdentifier, alone in its bytes; its parameters may be unset. */
static bool
read_algorithm(
    struct dt_span in, struct dt_span *oid, struct dt_span *parameters)
{
	struct dt_der sequence, id, rest;

	if (!dt_der_take(&in, DT_DER_SEQUENCE, &sequence) || in.size != 0 ||
	    !dt_der_take(&sequence.content, DT_DER_OID, &id))
		return false;
	*oid = id.content;
	*parameters = dt_span(NULL, 0);
	if (sequence.content.size == 0)
		return true;
	if (!dt_der_next(&sequence.content, &rest))
		return false;
	*parameters = rest.whole;
	return sequence.content.size == 0;
}

static bool
read_digest(struct dt_span in, enum dt_digest *digest)
{
	struct dt_span oid, ignored;

	if (!read_algorithm(in, &oid, &ignored))
		return false;
	*digest = dt_digest_find(oid);
	return *digest != DT_DIGEST_NONE;
}

static bool
read_mask(struct dt_span in, enum dt_digest *digest)
{
	struct dt_span oid, hash;

	return read_algorithm(in, &oid, &hash) &&
	       dt_span_equal(oid, dt_span(oid_mgf1, sizeof(oid_mgf1))) &&
	       read_digest(hash, digest);
}

/* OpenSSL puts ASN1_INTEGER_get, which answers -1 for what does not fit a
 * long, into an int: a salt length of 2^32 + 32 means 32. */
static bool
read_int(struct dt_span in, int *value)
{
	struct dt_der e;
	long full;

	if (!dt_der_take(&in, DT_DER_INTEGER, &e) || in.size != 0 ||
	    !dt_der_is_integer(e.content))
		return false;
	*value = dt_der_long(e.content, &full) ? (int)(int32_t)full : -1;
	return true;
}

/* Takes the optional element [number]; an absent one leaves field unset. */
static bool
take_field(struct dt_span *in, unsigned number, struct dt_span *field)
{
	uint8_t tag = (uint8_t)(DT_DER_CONTEXT_CONSTRUCTED | number);
	struct dt_der e;

	*field = dt_span(NULL, 0);
	if (!dt_der_peek(*in, tag))
		return true;
	if (!dt_der_next(in, &e))
		return false;
	*field = e.content;
	return true;
}

bool
dt_pss_decode(struct dt_pss *pss, struct dt_span parameters)
{
	struct dt_pss found = { DT_DIGEST_SHA1, DT_DIGEST_SHA1, 20, 1 };
	struct dt_span field[4];
	struct dt_der sequence;

	if (!dt_der_take(&parameters, DT_DER_SEQUENCE, &sequence) ||
	    parameters.size != 0)
		return false;
	for (unsigned i = 0; i < 4; i++) {
		if (!take_field(&sequence.content, i, &field[i]))
			return false;
	}
	if (sequence.content.size != 0 ||
	    (field[0].data && !read_digest(field[0], &found.digest)) ||
	    (field[1].data && !read_mask(field[1], &found.mask_digest)) ||
	    (field[2].data && !read_int(field[2], &found.salt_size)) ||
	    (field[3].data && !read_int(field[3], &found.trailer)))
		return false;
	*pss = found;
	return true;
}

bool
dt_pss_is_sound(const struct dt_pss *pss)
{
	return pss->salt_size >= 0 && pss->trailer == 1;
}

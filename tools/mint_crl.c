/*
 * The CRL of a spec: TBSCertList (RFC 5280 5.1.2) and signature. See mint.h
 * for what a spec can say.
 */
#include "tools/mint.h"

#include "base/der.h"
#include "tools/der_writer.h"
#include "tools/mint_extensions.h"
#include "tools/mint_fields.h"

#include "dicomtls.h"

#include <inttypes.h>
#include <stdio.h>

#define OID_REASON "2.5.29.21"
#define OID_NUMBER "2.5.29.20"
#define OID_DELTA "2.5.29.27"

static void
put_reason(int reason, struct dt_buffer *out)
{
	const uint8_t octet = (uint8_t)reason;
	size_t list, whole, value;

	if (reason == 0)
		return;
	list = der_begin(out);
	whole = der_begin(out);
	der_put_oid(out, OID_REASON);
	value = der_begin(out);
	der_put(out, DT_DER_ENUMERATED, dt_span(&octet, 1));
	der_end(out, value, DT_DER_OCTET_STRING);
	der_end(out, whole, DT_DER_SEQUENCE);
	der_end(out, list, DT_DER_SEQUENCE);
}

/* Serials in no order, by an odd multiplier, which gives none twice. */
static void
put_more(unsigned count, struct dt_buffer *out)
{
	char serial[20];

	for (uint64_t i = 1; i <= count; i++) {
		size_t entry = der_begin(out);
		uint64_t drawn;

		(void)__builtin_mul_overflow(
		    i, UINT64_C(0x9e3779b97f4a7c15), &drawn);
		snprintf(serial, sizeof(serial), "40%014" PRIx64,
		    drawn & ((UINT64_C(1) << 56) - 1));
		mint_put_serial(serial, out);
		mint_put_time(NULL, -1, out);
		der_end(out, entry, DT_DER_SEQUENCE);
	}
}

/* A list without entries is left out (5.1.2.6). */
static void
put_revoked(const struct mint_crl_spec *spec, struct dt_buffer *out)
{
	const struct mint_revoked *revoked = spec->revoked;
	size_t list = der_begin(out);

	if (revoked[0].serial == NULL && spec->more == 0)
		return;
	for (size_t i = 0; i < MINT_MAX && revoked[i].serial != NULL; i++) {
		size_t entry = der_begin(out);

		mint_put_serial(revoked[i].serial, out);
		mint_put_time(revoked[i].date, -1, out);
		put_reason(revoked[i].reason, out);
		der_end(out, entry, DT_DER_SEQUENCE);
	}
	put_more(spec->more, out);
	der_end(out, list, DT_DER_SEQUENCE);
}

static int
put_extensions(const struct mint_crl_spec *spec, const struct mint_key *signer,
    struct dt_buffer *out)
{
	size_t whole = der_begin(out);
	size_t list = der_begin(out);
	int rc = mint_put_authority_key_id(signer, out);

	if (spec->number != 0)
		mint_put_number(OID_NUMBER, false, spec->number, out);
	if (spec->base != 0)
		mint_put_number(OID_DELTA, true, spec->base, out);
	mint_put_extensions(spec->extensions, out);
	der_end(out, list, DT_DER_SEQUENCE);
	der_end(out, whole, DT_DER_CONTEXT_CONSTRUCTED | 0);
	return rc;
}

static int
put_tbs(const struct mint_crl_spec *spec, const struct mint_key *signer,
    struct dt_buffer *out)
{
	size_t begin = der_begin(out);
	int rc;

	der_put_unsigned(out, 1); /* version 2 */
	rc = mint_key_algorithm(signer, spec->digest, out);
	mint_put_name(spec->issuer->subject, out);
	mint_put_time(spec->this_update, -1, out);
	if (!spec->no_next_update)
		mint_put_time(spec->next_update, 30, out);
	put_revoked(spec, out);
	if (rc == 0)
		rc = put_extensions(spec, signer, out);
	der_end(out, begin, DT_DER_SEQUENCE);
	return rc;
}

static int
make_der(const struct mint_crl_spec *spec, struct dt_buffer *out)
{
	const struct mint_key *signer = mint_own_key(spec->issuer);
	struct dt_buffer tbs = { 0 };
	int rc = DICOMTLS_E_INVALID;

	if (signer != NULL)
		rc = put_tbs(spec, signer, &tbs);
	if (rc == 0)
		rc = mint_put_signed(
		    &tbs, signer, spec->digest, spec->damaged_signature, out);
	dt_buffer_clear(&tbs);
	return rc;
}

int
mint_crl(const struct mint_crl_spec *spec, enum mint_form form,
    struct dt_buffer *out)
{
	struct dt_buffer der = { 0 };
	int rc = make_der(spec, &der);

	if (rc == 0 && form == MINT_PEM)
		rc = mint_put_pem("X509 CRL", dt_buffer_span(&der), out);
	else if (rc == 0)
		rc = dt_buffer_append(out, der.data, dt_buffer_size(&der));
	dt_buffer_clear(&der);
	return rc;
}

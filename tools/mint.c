/*
 * The certificate of a spec: TBSCertificate (RFC 5280 4.1.2) and signature.
 * See mint.h for what a spec can say; keys and signatures are in mint_key.c.
 */
#include "tools/mint.h"

#include "base/der.h"
#include "tools/der_writer.h"
#include "tools/mint_extensions.h"
#include "tools/mint_fields.h"

#include "dicomtls.h"

static void
put_validity(const struct mint_spec *spec, struct dt_buffer *out)
{
	size_t begin = der_begin(out);

	mint_put_time(spec->not_before, -1, out);
	mint_put_time(spec->not_after, 365, out);
	der_end(out, begin, DT_DER_SEQUENCE);
}

static void
put_version(const struct mint_spec *spec, struct dt_buffer *out)
{
	size_t begin = der_begin(out);

	if (spec->version == 1)
		return; /* the default is not encoded */
	der_put_unsigned(
	    out, spec->version == 0 ? 2 : (unsigned)spec->version - 1);
	der_end(out, begin, DT_DER_CONTEXT_CONSTRUCTED | 0);
}

static const struct mint_key *
signing_key(const struct mint_spec *spec)
{
	if (spec->issuer_key != NULL)
		return mint_key_find(spec->issuer_key);
	return mint_own_key(spec->issuer == NULL ? spec : spec->issuer);
}

static const struct mint_attribute *
issuer_name(const struct mint_spec *spec)
{
	if (spec->issuer_name[0].type != NULL)
		return spec->issuer_name;
	return spec->issuer == NULL ? spec->subject : spec->issuer->subject;
}

static int
put_tbs(const struct mint_spec *spec, const struct mint_key *signer,
    struct dt_buffer *out)
{
	const struct mint_key *key = mint_own_key(spec);
	size_t begin = der_begin(out);
	int rc;

	if (key == NULL)
		return DICOMTLS_E_INVALID;
	put_version(spec, out);
	mint_put_serial(spec->serial, out);
	rc = mint_key_algorithm(signer, spec->digest, out);
	mint_put_name(issuer_name(spec), out);
	put_validity(spec, out);
	mint_put_name(spec->subject, out);
	if (rc == 0 && dt_span_is_set(spec->public_key))
		rc = dt_buffer_append(
		    out, spec->public_key.data, spec->public_key.size);
	else if (rc == 0)
		rc = mint_key_public(key, out);
	if (rc == 0)
		rc = mint_extensions(spec, key,
		    spec->issuer == NULL ? NULL : mint_own_key(spec->issuer),
		    out);
	der_end(out, begin, DT_DER_SEQUENCE);
	return rc;
}

static int
make_der(const struct mint_spec *spec, struct dt_buffer *out)
{
	const struct mint_key *signer = signing_key(spec);
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
mint_certificate(
    const struct mint_spec *spec, enum mint_form form, struct dt_buffer *out)
{
	struct dt_buffer der = { 0 };
	int rc = make_der(spec, &der);

	if (rc < 0)
		goto out;
	if (form == MINT_PEM)
		rc = mint_put_pem("CERTIFICATE", dt_buffer_span(&der), out);
	else
		rc = dt_buffer_append(out, der.data, dt_buffer_size(&der));
out:
	dt_buffer_clear(&der);
	return rc;
}

int
mint_private_key(const struct mint_spec *spec, enum mint_form form,
    const char *password, struct dt_buffer *out)
{
	const struct mint_key *key = mint_own_key(spec);

	if (key == NULL)
		return DICOMTLS_E_INVALID;
	return mint_key_export(key, form, password, out);
}

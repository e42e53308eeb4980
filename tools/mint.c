/*
 * The certificate of a spec: TBSCertificate (RFC 5280 4.1.2), signature, PEM.
 * See mint.h for what a spec can say; keys and signatures are in mint_key.c.
 */
#include "tools/mint.h"

#include "base/der.h"
#include "tools/der_writer.h"
#include "tools/mint_extensions.h"
#include "tools/mint_key.h"

#include "dicomtls.h"

#include <gnutls/x509.h>

#include <stdio.h>
#include <time.h>

#define DAY 86400

static const struct {
	const char *name;
	const char *oid;
	uint8_t tag;
} attributes[] = {
	{ "CN", "2.5.4.3", DT_DER_UTF8_STRING },
	{ "serialNumber", "2.5.4.5", DT_DER_PRINTABLE_STRING },
	{ "C", "2.5.4.6", DT_DER_PRINTABLE_STRING },
	{ "L", "2.5.4.7", DT_DER_UTF8_STRING },
	{ "ST", "2.5.4.8", DT_DER_UTF8_STRING },
	{ "O", "2.5.4.10", DT_DER_UTF8_STRING },
	{ "OU", "2.5.4.11", DT_DER_UTF8_STRING },
	{ "DC", "0.9.2342.19200300.100.1.25", DT_DER_IA5_STRING },
	{ "emailAddress", "1.2.840.113549.1.9.1", DT_DER_IA5_STRING },
};

static void
put_attribute(const struct mint_attribute *attribute, struct dt_buffer *out)
{
	const char *oid = attribute->type;
	uint8_t tag = DT_DER_UTF8_STRING;
	size_t set = der_begin(out);
	size_t pair = der_begin(out);

	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]);
	     i++) {
		if (strcmp(attributes[i].name, attribute->type) != 0)
			continue;
		oid = attributes[i].oid;
		tag = attributes[i].tag;
	}
	if (attribute->tag != 0)
		tag = attribute->tag;
	der_put_oid(out, oid);
	der_put_text(out, tag, attribute->value);
	der_end(out, pair, DT_DER_SEQUENCE);
	der_end(out, set, DT_DER_SET);
}

static void
put_name(const struct mint_attribute *name, struct dt_buffer *out)
{
	size_t begin = der_begin(out);

	for (size_t i = 0; i < MINT_MAX && name[i].type != NULL; i++)
		put_attribute(&name[i], out);
	der_end(out, begin, DT_DER_SEQUENCE);
}

static void
put_serial(const char *hex, struct dt_buffer *out)
{
	size_t begin = der_begin(out);
	unsigned octet;
	int used;

	if (hex == NULL)
		hex = "01";
	while (sscanf(hex, "%2x%n", &octet, &used) == 1) {
		if (dt_buffer_size(out) == begin && octet >= 0x80)
			dt_buffer_byte(out, 0); /* INTEGER is signed */
		dt_buffer_byte(out, (uint8_t)octet);
		hex += used;
		hex += *hex == ':';
	}
	if (*hex != '\0')
		out->failed = true;
	der_end(out, begin, DT_DER_INTEGER);
}

/* Read once, so that a spec minted twice gives one certificate. */
static time_t
now(void)
{
	static time_t started;

	if (started == 0)
		started = time(NULL);
	return started;
}

/* RFC 5280 4.1.2.5: UTCTime through 2049; here the text's length decides, so
 * that the wrong one can be ordered too. */
static void
put_time(const char *text, int days_from_now, struct dt_buffer *out)
{
	char formatted[16];
	time_t moment = now() + (time_t)days_from_now * DAY;
	struct tm parts;

	if (text == NULL) {
		gmtime_r(&moment, &parts);
		strftime(formatted, sizeof(formatted), "%Y%m%d%H%M%SZ", &parts);
		text = parts.tm_year < 150 ? formatted + 2 : formatted;
	}
	der_put_text(out,
	    strlen(text) == 13 ? DT_DER_UTC_TIME : DT_DER_GENERALIZED_TIME,
	    text);
}

static void
put_validity(const struct mint_spec *spec, struct dt_buffer *out)
{
	size_t begin = der_begin(out);

	put_time(spec->not_before, -1, out);
	put_time(spec->not_after, 365, out);
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
own_key(const struct mint_spec *spec)
{
	char name[64];

	if (spec->key != NULL)
		return mint_key_find(spec->key);
	snprintf(name, sizeof(name), "p256/%s",
	    spec->subject[0].value == NULL ? "" : spec->subject[0].value);
	return mint_key_find(name);
}

static const struct mint_key *
signing_key(const struct mint_spec *spec)
{
	if (spec->issuer_key != NULL)
		return mint_key_find(spec->issuer_key);
	return own_key(spec->issuer == NULL ? spec : spec->issuer);
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
	const struct mint_key *key = own_key(spec);
	size_t begin = der_begin(out);
	int rc;

	if (key == NULL)
		return DICOMTLS_E_INVALID;
	put_version(spec, out);
	put_serial(spec->serial, out);
	rc = mint_key_algorithm(signer, spec->digest, out);
	put_name(issuer_name(spec), out);
	put_validity(spec, out);
	put_name(spec->subject, out);
	if (rc == 0)
		rc = mint_key_public(key, out);
	if (rc == 0)
		rc = mint_extensions(spec, key,
		    spec->issuer == NULL ? NULL : own_key(spec->issuer), out);
	der_end(out, begin, DT_DER_SEQUENCE);
	return rc;
}

static int
put_signature(const struct mint_spec *spec, const struct mint_key *signer,
    struct dt_span tbs, struct dt_buffer *out)
{
	struct dt_buffer signature = { 0 };
	int rc = mint_key_sign(signer, spec->digest, tbs, &signature);

	/* The last bit: in ECDSA and RSA alike the encoding stays valid. */
	if (rc == 0 && spec->damaged_signature)
		signature.data[signature.end - 1] ^= 1;
	if (rc == 0)
		der_put_bits(out, dt_buffer_span(&signature));
	dt_buffer_clear(&signature);
	return rc;
}

static int
make_der(const struct mint_spec *spec, struct dt_buffer *out)
{
	const struct mint_key *signer = signing_key(spec);
	struct dt_buffer tbs = { 0 };
	size_t begin = der_begin(out);
	int rc;

	if (signer == NULL)
		return DICOMTLS_E_INVALID;
	rc = put_tbs(spec, signer, &tbs);
	if (rc == 0 && dt_buffer_failed(&tbs))
		rc = DICOMTLS_E_INVALID;
	if (rc < 0)
		goto out;
	dt_buffer_append(out, tbs.data, dt_buffer_size(&tbs));
	mint_key_algorithm(signer, spec->digest, out);
	rc = put_signature(spec, signer, dt_buffer_span(&tbs), out);
	der_end(out, begin, DT_DER_SEQUENCE);
	if (rc == 0 && dt_buffer_failed(out))
		rc = DICOMTLS_E_NOMEM;
out:
	dt_buffer_clear(&tbs);
	return rc;
}

static int
append_pem(struct dt_span der, struct dt_buffer *out)
{
	const gnutls_datum_t input = { (unsigned char *)der.data,
		(unsigned)der.size };
	gnutls_datum_t text = { NULL, 0 };
	int rc;

	if (gnutls_pem_base64_encode2("CERTIFICATE", &input, &text) < 0)
		return DICOMTLS_E_NOMEM;
	rc = dt_buffer_append(out, text.data, text.size);
	gnutls_free(text.data);
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
		rc = append_pem(dt_buffer_span(&der), out);
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
	const struct mint_key *key = own_key(spec);

	if (key == NULL)
		return DICOMTLS_E_INVALID;
	return mint_key_export(key, form, password, out);
}

/*
 * Fields that minted certificates and CRLs share: names, serial numbers,
 * times, keys by their subject; signature and PEM around the whole. See
 * mint_fields.h.
 */
#include "tools/mint_fields.h"

#include "base/der.h"
#include "tools/der_writer.h"

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

void
mint_put_name(const struct mint_attribute *name, struct dt_buffer *out)
{
	size_t begin = der_begin(out);

	for (size_t i = 0; i < MINT_MAX && name[i].type != NULL; i++)
		put_attribute(&name[i], out);
	der_end(out, begin, DT_DER_SEQUENCE);
}

void
mint_put_serial(const char *hex, struct dt_buffer *out)
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
void
mint_put_time(const char *text, int days_from_now, struct dt_buffer *out)
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

const struct mint_key *
mint_own_key(const struct mint_spec *spec)
{
	char name[64];

	if (spec->key != NULL)
		return mint_key_find(spec->key);
	snprintf(name, sizeof(name), "p256/%s",
	    spec->subject[0].value == NULL ? "" : spec->subject[0].value);
	return mint_key_find(name);
}

int
mint_put_pem(const char *label, struct dt_span der, struct dt_buffer *out)
{
	const gnutls_datum_t input = { (unsigned char *)der.data,
		(unsigned)der.size };
	gnutls_datum_t text = { NULL, 0 };
	int rc;

	if (gnutls_pem_base64_encode2(label, &input, &text) < 0)
		return DICOMTLS_E_NOMEM;
	rc = dt_buffer_append(out, text.data, text.size);
	gnutls_free(text.data);
	return rc;
}

static int
put_signature(struct dt_span tbs, const struct mint_key *signer,
    const char *digest, bool damaged, struct dt_buffer *out)
{
	struct dt_buffer signature = { 0 };
	int rc = mint_key_sign(signer, digest, tbs, &signature);

	/* The last bit: in ECDSA and RSA alike the encoding stays valid. */
	if (rc == 0 && damaged)
		signature.data[signature.end - 1] ^= 1;
	if (rc == 0)
		der_put_bits(out, dt_buffer_span(&signature));
	dt_buffer_clear(&signature);
	return rc;
}

int
mint_put_signed(const struct dt_buffer *tbs, const struct mint_key *signer,
    const char *digest, bool damaged, struct dt_buffer *out)
{
	size_t begin = der_begin(out);
	int rc;

	if (dt_buffer_failed(tbs))
		return DICOMTLS_E_INVALID;
	dt_buffer_append(out, tbs->data, dt_buffer_size(tbs));
	mint_key_algorithm(signer, digest, out);
	rc = put_signature(dt_buffer_span(tbs), signer, digest, damaged, out);
	der_end(out, begin, DT_DER_SEQUENCE);
	return rc == 0 && dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : rc;
}

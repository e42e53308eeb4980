#include "x509/cert.h"

#include "base/der.h"
#include "tools/mint.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

#include <stdlib.h>

static const struct mint_spec modality = {
	.subject = { { "CN", "Test Modality", 0 } },
	.serial = "12:34",
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth", "serverAuth" },
	.names = { { MINT_DNS, "modality.hospital.example" } },
};

static struct dt_buffer der;

static void
setup(void)
{
	cr_assert_eq(mint_certificate(&modality, MINT_DER, &der), 0);
}

static void
teardown(void)
{
	dt_buffer_clear(&der);
}

TestSuite(cert, .init = setup, .fini = teardown);

static struct dt_cert *
parse(const struct mint_spec *spec)
{
	struct dt_buffer bytes = { 0 };
	struct dt_cert *cert = NULL;

	cr_assert_eq(mint_certificate(spec, MINT_DER, &bytes), 0);
	cr_assert_eq(
	    dt_cert_parse(&cert, dt_buffer_span(&bytes), NULL, NULL), 0);
	dt_buffer_clear(&bytes);
	return cert;
}

Test(cert, fields_are_spans_of_one_copy)
{
	struct dt_cert *cert = parse(&modality);

	cr_expect_eq(cert->version, 2);
	cr_expect_eq(cert->serial.size, 2);
	cr_expect_eq(cert->subject.entry_count, 1);
	cr_expect_eq(cert->kusage, DT_KU_DIGITAL_SIGNATURE);
	cr_expect_eq(cert->xkusage, DT_XKU_SSL_CLIENT | DT_XKU_SSL_SERVER);
	cr_expect(cert->has_san);
	cr_expect_eq(cert->pathlen, -1);
	cr_expect_eq(cert->key.type, DT_KEY_EC);
	cr_expect(cert->flags & DT_CERT_SELF_ISSUED);
	cr_expect(cert->flags & DT_CERT_SELF_SIGNED);
	cr_expect_not(cert->flags & (DT_CERT_CA | DT_CERT_INVALID));
	cr_expect(cert->tbs.data > cert->der.data &&
		  cert->tbs.data < cert->der.data + cert->der.size);
	dt_cert_free(cert);
}

Test(cert, every_truncation_is_refused)
{
	struct dt_span whole = dt_buffer_span(&der);

	for (size_t size = 0; size < whole.size; size++) {
		struct dt_cert *cert;
		int rc =
		    dt_cert_parse(&cert, dt_span(whole.data, size), NULL, NULL);

		cr_expect_eq(rc, DICOMTLS_E_FORMAT, "%zu bytes", size);
	}
}

Test(cert, trailing_bytes_are_refused_unless_asked_for)
{
	struct dt_message why = { "" };
	struct dt_cert *cert;
	size_t used;

	cr_assert_eq(dt_buffer_byte(&der, 0), 0);
	cr_expect_eq(dt_cert_parse(&cert, dt_buffer_span(&der), NULL, &why),
	    DICOMTLS_E_FORMAT);
	cr_expect_neq(strstr(why.text, "follows"), NULL);
	cr_assert_eq(
	    dt_cert_parse(&cert, dt_buffer_span(&der), &used, NULL), 0);
	cr_expect_eq(used + 1, dt_buffer_size(&der));
	dt_cert_free(cert);
}

Test(cert, auxiliary_trust_is_read)
{
	/* SEQUENCE { SEQUENCE { clientAuth }, [0] { serverAuth } } */
	static const uint8_t aux[] = { 0x30, 0x18, 0x30, 0x0a, 0x06, 0x08, 0x2b,
		6, 1, 5, 5, 7, 3, 2, 0xa0, 0x0a, 0x06, 0x08, 0x2b, 6, 1, 5, 5,
		7, 3, 1 };
	struct dt_cert *cert;

	cr_assert_eq(dt_buffer_append(&der, aux, sizeof(aux)), 0);
	cr_assert_eq(dt_cert_parse_aux(&cert, dt_buffer_span(&der), NULL), 0);
	cr_expect(cert->aux.has_trust);
	cr_expect(cert->aux.has_reject);
	cr_expect_eq(cert->aux.trust.size, 10);
	dt_cert_free(cert);
	cr_assert_eq(dt_buffer_byte(&der, 0), 0);
	cr_expect_eq(dt_cert_parse_aux(&cert, dt_buffer_span(&der), NULL),
	    DICOMTLS_E_FORMAT);
}

Test(cert, an_extension_given_twice_makes_it_invalid)
{
	static const uint8_t usage[] = { 0x03, 0x02, 0x07, 0x80 };
	struct mint_spec spec = modality;
	struct dt_cert *cert;

	spec.extensions[0] = (struct mint_extension){ "2.5.29.15", false,
		{ usage, sizeof(usage) } };
	cert = parse(&spec);
	cr_expect(cert->flags & DT_CERT_INVALID);
	dt_cert_free(cert);
}

Test(cert, a_misshapen_extension_makes_it_invalid)
{
	static const uint8_t set[] = { 0x31, 0x00 };
	struct mint_spec spec = modality;
	struct dt_cert *cert;

	spec.constraints = MINT_NO_CONSTRAINTS;
	spec.extensions[0] =
	    (struct mint_extension){ "2.5.29.19", true, { set, sizeof(set) } };
	cert = parse(&spec);
	cr_expect(cert->flags & DT_CERT_INVALID);
	cr_expect_not(cert->flags & DT_CERT_BCONS);
	dt_cert_free(cert);
}

/* OpenSSL decodes it, so that calling it invalid would be an answer of our
 * own. */
Test(cert, strings_in_pieces_are_refused)
{
	/* GeneralNames { [2] { OCTET STRING "ab" } } */
	static const uint8_t pieces[] = { 0x30, 0x06, 0xa2, 0x04, 0x04, 0x02,
		'a', 'b' };
	struct mint_spec spec = modality;
	struct dt_buffer bytes = { 0 };
	struct dt_message why = { "" };
	struct dt_cert *cert = NULL;

	spec.names[0] = (struct mint_name){ 0, NULL };
	spec.extensions[0] = (struct mint_extension){ "2.5.29.17", false,
		{ pieces, sizeof(pieces) } };
	cr_assert_eq(mint_certificate(&spec, MINT_DER, &bytes), 0);
	cr_expect_eq(dt_cert_parse(&cert, dt_buffer_span(&bytes), NULL, &why),
	    DICOMTLS_E_FORMAT);
	cr_expect_neq(strstr(why.text, "extension"), NULL, "%s", why.text);
	dt_buffer_clear(&bytes);
}

/* The last octet of an RSA key is that of the exponent, 65537. */
Test(cert, unused_bits_of_the_key_are_cleared)
{
	struct mint_spec spec = modality;
	struct dt_buffer bytes = { 0 };
	struct dt_cert *cert;
	size_t unused;

	spec.key = "rsa2048";
	cr_assert_eq(mint_certificate(&spec, MINT_DER, &bytes), 0);
	cr_assert_eq(
	    dt_cert_parse(&cert, dt_buffer_span(&bytes), NULL, NULL), 0);
	cr_assert_eq(cert->key.numbers[1].data[2], 0x01);
	unused = (size_t)(cert->key.numbers[0].data - cert->der.data) - 10;
	cr_assert_eq(bytes.data[unused - 4], DT_DER_BIT_STRING);
	dt_cert_free(cert);
	bytes.data[unused] = 1;
	cr_assert_eq(
	    dt_cert_parse(&cert, dt_buffer_span(&bytes), NULL, NULL), 0);
	cr_expect_eq(cert->key.type, DT_KEY_RSA);
	cr_expect_eq(cert->key.numbers[1].data[2], 0x00);
	cr_expect_eq(
	    cert->tbs.data[cert->key.numbers[1].data + 2 - cert->key.spki.data +
			   cert->spki.data - cert->tbs.data],
	    0x01, "what is signed is left alone");
	dt_cert_free(cert);
	dt_buffer_clear(&bytes);
}

Test(cert, an_unknown_critical_extension_is_noted)
{
	static const uint8_t null[] = { 0x05, 0x00 };
	struct mint_spec spec = modality;
	struct dt_cert *cert;

	spec.extensions[0] =
	    (struct mint_extension){ "1.2.3.4", false, { null, sizeof(null) } };
	cert = parse(&spec);
	cr_expect_not(cert->flags & DT_CERT_CRITICAL);
	dt_cert_free(cert);
	spec.extensions[0].critical = true;
	cert = parse(&spec);
	cr_expect(cert->flags & DT_CERT_CRITICAL);
	dt_cert_free(cert);
}

/* The room for comparison forms comes from the names, not from what is behind
 * them: over the limit for names there was none. */
Test(cert, names_of_a_giant_are_read)
{
	const size_t size = 1100 * 1024;
	uint8_t *bytes = calloc(1, size);
	struct mint_spec spec = modality;
	struct dt_cert *cert;

	cr_assert_not_null(bytes);
	spec.extensions[0] =
	    (struct mint_extension){ "1.2.3", false, { bytes, size } };
	cert = parse(&spec);
	cr_expect_eq(cert->subject.entry_count, 1);
	cr_expect_eq(dt_name_compare(&cert->subject, &cert->issuer), 0);
	dt_cert_free(cert);
	free(bytes);
}

/* Memory for many anchors. */
Test(cert, one_comparison_form_serves_both_names_of_a_self_issued_one)
{
	struct mint_spec other = modality, issued = modality;
	struct dt_cert *cert = parse(&modality);

	cr_expect_eq(cert->subject.canonical.data, cert->issuer.canonical.data);
	cr_expect_eq(cert->subject.entry_count, cert->issuer.entry_count);
	dt_cert_free(cert);

	other.subject[0].value = "Another";
	issued.issuer = &other;
	cert = parse(&issued);
	cr_expect_neq(dt_name_compare(&cert->subject, &cert->issuer), 0);
	cr_expect_not(cert->flags & DT_CERT_SELF_ISSUED);
	dt_cert_free(cert);
}

/* The same certificate, an octet more in the length of its outer SEQUENCE. */
static struct dt_cert *
parse_longer(struct dt_span whole)
{
	struct dt_buffer longer = { 0 };
	struct dt_cert *cert = NULL;

	cr_assert_eq(whole.data[1], 0x82);
	dt_buffer_append(&longer, "\x30\x83\x00", 3);
	dt_buffer_append(&longer, whole.data + 2, whole.size - 2);
	cr_assert_eq(
	    dt_cert_parse(&cert, dt_buffer_span(&longer), NULL, NULL), 0);
	dt_buffer_clear(&longer);
	return cert;
}

Test(cert, equal_certificates_may_differ_in_lengths_around_the_signed_part)
{
	struct mint_spec other = modality;
	struct dt_cert *a, *b, *c;

	other.serial = "12:35";
	cr_assert_eq(dt_cert_parse(&a, dt_buffer_span(&der), NULL, NULL), 0);
	b = parse_longer(dt_buffer_span(&der));
	c = parse(&other);
	cr_expect_not(dt_span_equal(a->der, b->der));
	cr_expect(dt_cert_equal(a, b));
	cr_expect_not(dt_cert_equal(a, c));
	dt_cert_free(a);
	dt_cert_free(b);
	dt_cert_free(c);
}

/* Whether the certificate equals itself with one octet of it changed. */
static bool
equals_changed(size_t at)
{
	struct dt_cert *a, *b;
	bool equal;

	cr_assert_eq(dt_cert_parse(&a, dt_buffer_span(&der), NULL, NULL), 0);
	der.data[der.start + at] ^= 1;
	cr_assert_eq(dt_cert_parse(&b, dt_buffer_span(&der), NULL, NULL), 0);
	equal = dt_cert_equal(a, b);
	dt_cert_free(a);
	dt_cert_free(b);
	return equal;
}

Test(cert, one_bit_of_the_signature_makes_certificates_differ)
{
	cr_expect_not(equals_changed(dt_buffer_size(&der) - 1));
}

/* X.690 8.6.2.2: the octet in front of the bits. */
Test(cert, bits_the_signature_does_not_use_make_certificates_differ)
{
	struct dt_cert *cert;
	size_t at;

	cr_assert_eq(dt_cert_parse(&cert, dt_buffer_span(&der), NULL, NULL), 0);
	at = (size_t)(cert->signature.data - cert->der.data) - 1;
	dt_cert_free(cert);
	cr_expect_not(equals_changed(at));
}

/* The same signed part and algorithm with a signature of no bits. */
static struct dt_cert *
parse_unsigned(const struct dt_cert *from)
{
	struct dt_buffer bytes = { 0 };
	size_t size = from->tbs.size + from->signature_algorithm.size + 3;
	struct dt_cert *cert = NULL;

	dt_buffer_append(&bytes, "\x30\x82", 2);
	dt_buffer_be16(&bytes, (uint16_t)size);
	dt_buffer_append(&bytes, from->tbs.data, from->tbs.size);
	dt_buffer_append(&bytes, from->signature_algorithm.data,
	    from->signature_algorithm.size);
	dt_buffer_append(&bytes, "\3\1\0", 3);
	cr_assert_eq(
	    dt_cert_parse(&cert, dt_buffer_span(&bytes), NULL, NULL), 0);
	dt_buffer_clear(&bytes);
	return cert;
}

Test(cert, signatures_of_no_bits_are_equal)
{
	struct dt_cert *cert, *a, *b;

	cr_assert_eq(dt_cert_parse(&cert, dt_buffer_span(&der), NULL, NULL), 0);
	a = parse_unsigned(cert);
	b = parse_unsigned(cert);
	cr_expect(dt_cert_equal(a, b));
	cr_expect_not(dt_cert_equal(a, cert));
	cr_expect_not(dt_cert_equal(cert, a));
	dt_cert_free(cert);
	dt_cert_free(a);
	dt_cert_free(b);
}

/* What mint makes is read back by GnuTLS, which had no part in writing it. */
#include "tools/mint.h"
#include "tools/mint_key.h"

#include "base/der.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <gnutls/x509.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 }, { "C", "DE", 0 } },
	.constraints = MINT_CA,
	.has_path_length = true,
	.path_length = 3,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static gnutls_x509_crt_t
import(const struct mint_spec *spec)
{
	struct dt_buffer der = { 0 };
	gnutls_datum_t datum;
	gnutls_x509_crt_t crt;

	cr_assert_eq(mint_certificate(spec, MINT_DER, &der), 0);
	datum.data = der.data;
	datum.size = (unsigned)dt_buffer_size(&der);
	cr_assert_eq(gnutls_x509_crt_init(&crt), 0);
	cr_assert_eq(
	    gnutls_x509_crt_import(crt, &datum, GNUTLS_X509_FMT_DER), 0);
	dt_buffer_clear(&der);
	return crt;
}

/* The status bits of the path leaf, root with root trusted. */
static unsigned
judge(const struct mint_spec *leaf, unsigned flags)
{
	gnutls_x509_crt_t crt = import(leaf), anchor = import(&root);
	unsigned status = ~0u;

	cr_assert_eq(gnutls_x509_crt_list_verify(
			 &crt, 1, &anchor, 1, NULL, 0, flags, &status),
	    0);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_crt_deinit(anchor);
	return status;
}

Test(mint, signs_with_every_kind_of_key)
{
	static const char *const keys[] = { "p256/a", "p384", "ed25519",
		"rsa2048" };

	for (size_t i = 0; i < 4; i++) {
		const struct mint_spec issuer = {
			.subject = { { "CN", "Issuer", 0 } },
			.key = keys[i],
			.constraints = MINT_CA,
		};
		const struct mint_spec leaf = {
			.subject = { { "CN", "Leaf", 0 } },
			.issuer = &issuer,
		};
		gnutls_x509_crt_t a = import(&leaf), b = import(&issuer);
		unsigned status = ~0u;

		cr_assert_eq(gnutls_x509_crt_verify(a, &b, 1, 0, &status), 0);
		cr_expect_eq(status, 0, "%s", keys[i]);
		gnutls_x509_crt_deinit(a);
		gnutls_x509_crt_deinit(b);
	}
}

Test(mint, signs_with_sha1_when_asked)
{
	struct mint_spec leaf = { .subject = { { "CN", "Old", 0 } },
		.issuer = &root,
		.digest = "sha1" };
	gnutls_x509_crt_t crt = import(&leaf);

	cr_expect_eq(gnutls_x509_crt_get_signature_algorithm(crt),
	    GNUTLS_SIGN_ECDSA_SHA1);
	cr_expect_eq(judge(&leaf, GNUTLS_VERIFY_ALLOW_BROKEN), 0);
	gnutls_x509_crt_deinit(crt);
}

Test(mint, signs_with_sha384_when_asked)
{
	struct mint_spec leaf = { .subject = { { "CN", "Long", 0 } },
		.issuer = &root,
		.digest = "sha384" };
	gnutls_x509_crt_t crt = import(&leaf);

	cr_expect_eq(gnutls_x509_crt_get_signature_algorithm(crt),
	    GNUTLS_SIGN_ECDSA_SHA384);
	cr_expect_eq(judge(&leaf, 0), 0);
	gnutls_x509_crt_deinit(crt);
}

/* n = 15, e = 3: no key that could be made. */
Test(mint, shows_a_public_key_that_nobody_has)
{
	static const uint8_t key[] = { 0x30, 0x1a, 0x30, 0x0d, 0x06, 0x09, 0x2a,
		0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
		0x03, 0x09, 0x00, 0x30, 0x06, 0x02, 0x01, 0x0f, 0x02, 0x01,
		0x03 };
	const struct mint_spec leaf = { .subject = { { "CN", "Nobody", 0 } },
		.issuer = &root,
		.public_key = { key, sizeof(key) } };
	gnutls_x509_crt_t crt = import(&leaf);
	gnutls_datum_t n, e;

	cr_assert_eq(gnutls_x509_crt_get_pk_rsa_raw(crt, &n, &e), 0);
	cr_expect(n.size > 0 && n.data[n.size - 1] == 15);
	cr_expect(e.size > 0 && e.data[e.size - 1] == 3);
	cr_expect_eq(judge(&leaf, 0) & GNUTLS_CERT_SIGNATURE_FAILURE, 0);
	gnutls_free(n.data);
	gnutls_free(e.data);
	gnutls_x509_crt_deinit(crt);
}

Test(mint, damages_the_signature_and_nothing_else)
{
	struct mint_spec leaf = { .subject = { { "CN", "Leaf", 0 } },
		.issuer = &root };

	cr_expect_eq(judge(&leaf, 0), 0);
	leaf.damaged_signature = true;
	cr_expect(judge(&leaf, 0) & GNUTLS_CERT_SIGNATURE_FAILURE);
}

Test(mint, signs_with_a_key_that_is_not_the_issuers)
{
	const struct mint_spec leaf = { .subject = { { "CN", "Leaf", 0 } },
		.issuer = &root,
		.issuer_key = "p256/other" };

	cr_expect(judge(&leaf, 0) & GNUTLS_CERT_SIGNATURE_FAILURE);
}

Test(mint, writes_names_in_order_and_with_the_string_type_asked_for)
{
	const struct mint_spec spec = {
		.subject = { { "CN", "A", DT_DER_T61_STRING }, { "C", "US", 0 },
		    { "1.2.3.4", "x", 0 } },
	};
	gnutls_x509_crt_t crt = import(&spec);
	gnutls_datum_t dn;
	static const uint8_t expected[] = {
		0x30,
		0x25,
		0x31,
		0x0a,
		0x30,
		0x08,
		0x06,
		0x03,
		0x55,
		0x04,
		0x03,
		0x14,
		0x01,
		'A',
		0x31,
		0x0b,
		0x30,
		0x09,
		0x06,
		0x03,
		0x55,
		0x04,
		0x06,
		0x13,
		0x02,
		'U',
		'S',
		0x31,
		0x0a,
		0x30,
		0x08,
		0x06,
		0x03,
		0x2a,
		0x03,
		0x04,
		0x0c,
		0x01,
		'x',
	};

	cr_assert_eq(gnutls_x509_crt_get_raw_dn(crt, &dn), 0);
	cr_assert_eq(dn.size, sizeof(expected));
	cr_expect_arr_eq(dn.data, expected, sizeof(expected));
	gnutls_free(dn.data);
	gnutls_x509_crt_deinit(crt);
}

Test(mint, writes_the_extensions_of_the_spec)
{
	const struct mint_spec leaf = {
		.subject = { { "CN", "Leaf", 0 } },
		.issuer = &root,
		.key_usage = MINT_DIGITAL_SIGNATURE | MINT_KEY_ENCIPHERMENT,
		.purposes = { "clientAuth", "1.2.3", 0 },
		.names = { { MINT_DNS, "pacs.example" },
		    { MINT_IP, "127.0.0.1" } },
	};
	gnutls_x509_crt_t crt = import(&leaf), ca = import(&root);
	unsigned usage, critical, is_ca;
	char text[64];
	size_t size = sizeof(text);
	int path_length;

	cr_assert_eq(gnutls_x509_crt_get_key_usage(crt, &usage, &critical), 0);
	cr_expect_eq(
	    usage, GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT);
	cr_assert_eq(
	    gnutls_x509_crt_get_key_purpose_oid(crt, 0, text, &size, NULL), 0);
	cr_expect_str_eq(text, "1.3.6.1.5.5.7.3.2");
	cr_expect(gnutls_x509_crt_check_hostname(crt, "pacs.example"));
	cr_expect(gnutls_x509_crt_check_hostname(crt, "127.0.0.1"));
	cr_assert_eq(gnutls_x509_crt_get_basic_constraints(
			 ca, &critical, &is_ca, &path_length),
	    1);
	cr_expect_eq(is_ca, 1);
	cr_expect_eq(path_length, 3);
	cr_expect(gnutls_x509_crt_check_issuer(crt, ca));
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_crt_deinit(ca);
}

Test(mint, writes_a_raw_extension_as_it_is)
{
	static const uint8_t junk[] = { 0x05, 0x00 };
	const struct mint_spec spec = {
		.subject = { { "CN", "Leaf", 0 } },
		.extensions = { { "1.2.3.4", true, { junk, 2 } } },
	};
	gnutls_x509_crt_t crt = import(&spec);
	uint8_t value[8];
	size_t size = sizeof(value);
	unsigned critical = 0;

	cr_assert_eq(gnutls_x509_crt_get_extension_by_oid(
			 crt, "1.2.3.4", 0, value, &size, &critical),
	    0);
	cr_expect_eq(critical, 1);
	cr_assert_eq(size, sizeof(junk));
	cr_expect_arr_eq(value, junk, sizeof(junk));
	gnutls_x509_crt_deinit(crt);
}

Test(mint, writes_version_1_without_a_version_field)
{
	const struct mint_spec spec = { .subject = { { "CN", "Old", 0 } },
		.version = 1,
		.no_subject_key_id = true };
	gnutls_x509_crt_t crt = import(&spec);

	cr_expect_eq(gnutls_x509_crt_get_version(crt), 1);
	gnutls_x509_crt_deinit(crt);
}

Test(mint, writes_serial_and_times_as_given)
{
	const struct mint_spec spec = { .subject = { { "CN", "Leaf", 0 } },
		.serial = "ae:8a",
		.not_before = "200601213135Z",
		.not_after = "20300530213135Z" };
	static const uint8_t expected[] = { 0x00, 0xae, 0x8a };
	gnutls_x509_crt_t crt = import(&spec);
	uint8_t serial[8];
	size_t size = sizeof(serial);

	cr_assert_eq(gnutls_x509_crt_get_serial(crt, serial, &size), 0);
	cr_assert_eq(size, sizeof(expected));
	cr_expect_arr_eq(serial, expected, sizeof(expected));
	cr_expect_eq(gnutls_x509_crt_get_activation_time(crt), 1591047095);
	cr_expect_eq(gnutls_x509_crt_get_expiration_time(crt), 1906407095);
	gnutls_x509_crt_deinit(crt);
}

Test(mint, gives_the_same_bytes_for_the_same_spec)
{
	struct dt_buffer a = { 0 }, b = { 0 };

	cr_assert_eq(mint_certificate(&root, MINT_PEM, &a), 0);
	cr_assert_eq(mint_certificate(&root, MINT_PEM, &b), 0);
	cr_expect(dt_span_equal(dt_buffer_span(&a), dt_buffer_span(&b)));
	dt_buffer_clear(&a);
	dt_buffer_clear(&b);
}

Test(mint, refuses_what_it_does_not_know)
{
	static const struct mint_spec specs[] = {
		{ .subject = { { "CN", "x", 0 } }, .key = "dsa" },
		{ .subject = { { "CN", "x", 0 } }, .digest = "md4" },
		{ .subject = { { "nickname", "x", 0 } } },
		{ .subject = { { "CN", "x", 0 } }, .serial = "0g" },
		{ .subject = { { "CN", "x", 0 } }, .purposes = { "fun" } },
		{ .subject = { { "CN", "x", 0 } },
		    .names = { { MINT_IP, "1.2.3" } } },
	};

	for (size_t i = 0; i < sizeof(specs) / sizeof(specs[0]); i++) {
		struct dt_buffer out = { 0 };

		cr_expect_eq(mint_certificate(&specs[i], MINT_DER, &out),
		    DICOMTLS_E_INVALID, "spec %zu", i);
		cr_expect_eq(dt_buffer_size(&out), 0, "spec %zu", i);
		dt_buffer_clear(&out);
	}
}

static gnutls_x509_crl_t
import_crl(const struct mint_crl_spec *spec)
{
	struct dt_buffer der = { 0 };
	gnutls_datum_t datum;
	gnutls_x509_crl_t crl;

	cr_assert_eq(mint_crl(spec, MINT_DER, &der), 0);
	datum.data = der.data;
	datum.size = (unsigned)dt_buffer_size(&der);
	cr_assert_eq(gnutls_x509_crl_init(&crl), 0);
	cr_assert_eq(
	    gnutls_x509_crl_import(crl, &datum, GNUTLS_X509_FMT_DER), 0);
	dt_buffer_clear(&der);
	return crl;
}

Test(mint, makes_a_crl_of_what_is_revoked)
{
	const struct mint_crl_spec spec = { .issuer = &root,
		.this_update = "260101000000Z",
		.next_update = "260201000000Z",
		.number = 7,
		.revoked = {
		    { "0102", "250601000000Z", 1 }, { .serial = "7f" } } };
	gnutls_x509_crl_t crl = import_crl(&spec);
	unsigned char serial[8];
	size_t size = sizeof(serial);
	time_t when;

	cr_expect_eq(gnutls_x509_crl_get_version(crl), 2);
	cr_expect_eq(gnutls_x509_crl_get_this_update(crl), 1767225600);
	cr_expect_eq(gnutls_x509_crl_get_next_update(crl), 1769904000);
	cr_expect_eq(gnutls_x509_crl_get_crt_count(crl), 2);
	cr_assert_eq(
	    gnutls_x509_crl_get_crt_serial(crl, 0, serial, &size, &when), 0);
	cr_expect_eq(size, 2);
	cr_expect_eq(when, 1748736000);
	gnutls_x509_crl_deinit(crl);
}

Test(mint, signs_a_crl_or_damages_its_signature)
{
	struct mint_crl_spec spec = { .issuer = &root };
	gnutls_x509_crt_t anchor = import(&root);

	for (int damaged = 0; damaged < 2; damaged++) {
		gnutls_x509_crl_t crl;
		unsigned status = ~0u;

		spec.damaged_signature = damaged != 0;
		crl = import_crl(&spec);
		cr_assert_eq(
		    gnutls_x509_crl_verify(crl, &anchor, 1, 0, &status), 0);
		cr_expect_eq(status,
		    damaged
			? GNUTLS_CERT_INVALID | GNUTLS_CERT_SIGNATURE_FAILURE
			: 0u,
		    "%x", status);
		gnutls_x509_crl_deinit(crl);
	}
	gnutls_x509_crt_deinit(anchor);
}

Test(mint, encrypts_the_key_when_a_password_is_given)
{
	struct dt_buffer pem = { 0 };
	gnutls_datum_t datum;
	gnutls_x509_privkey_t key;

	cr_assert_eq(mint_private_key(&root, MINT_PEM, "secret", &pem), 0);
	datum.data = pem.data;
	datum.size = (unsigned)dt_buffer_size(&pem);
	cr_assert_eq(gnutls_x509_privkey_init(&key), 0);
	cr_expect_neq(gnutls_x509_privkey_import2(
			  key, &datum, GNUTLS_X509_FMT_PEM, "wrong", 0),
	    0);
	cr_expect_eq(gnutls_x509_privkey_import2(
			 key, &datum, GNUTLS_X509_FMT_PEM, "secret", 0),
	    0);
	gnutls_x509_privkey_deinit(key);
	dt_buffer_clear(&pem);
}

Test(mint, directory_holds_files_until_it_is_removed)
{
	const struct mint_spec *const chain[] = { &root, NULL };
	struct mint_dir dir;
	char *certificates, *key;

	cr_assert_eq(mint_dir_make(&dir), 0);
	certificates = mint_dir_certificates(&dir, "root.pem", chain);
	key = mint_dir_key(&dir, "root.key", &root, NULL);
	cr_assert(certificates != NULL && key != NULL);
	cr_expect_eq(access(certificates, R_OK), 0);
	cr_expect_eq(access(key, R_OK), 0);
	mint_dir_remove(&dir);
	cr_expect_neq(access(certificates, F_OK), 0);
	cr_expect_neq(access(dir.path, F_OK), 0);
	free(certificates);
	free(key);
}

/* As another process would: the key is not in memory under this name. */
Test(mint, keeps_keys_in_a_folder_when_told_to)
{
	struct dt_buffer first = { 0 }, second = { 0 };
	struct mint_dir dir;
	char path[300];
	gnutls_datum_t text;

	cr_assert_eq(mint_dir_make(&dir), 0);
	mint_keys_keep(dir.path);
	cr_assert_eq(mint_key_public(mint_key_find("p256/kept"), &first), 0);
	snprintf(path, sizeof(path), "%s/p256_kept", dir.path);
	cr_assert_eq(gnutls_load_file(path, &text), 0);
	snprintf(path, sizeof(path), "%s/p256_found", dir.path);
	free(mint_dir_write(&dir, "p256_found", dt_span(text.data, text.size)));
	cr_assert_eq(mint_key_public(mint_key_find("p256/found"), &second), 0);
	cr_expect(
	    dt_span_equal(dt_buffer_span(&first), dt_buffer_span(&second)));

	/* A key of another kind is not taken. */
	free(mint_dir_write(
	    &dir, "ed25519_other", dt_span(text.data, text.size)));
	dt_buffer_clear(&second);
	cr_assert_eq(
	    mint_key_public(mint_key_find("ed25519/other"), &second), 0);
	cr_expect_lt(dt_buffer_size(&second), dt_buffer_size(&first));
	mint_keys_keep(NULL);
	gnutls_free(text.data);
	dt_buffer_clear(&first);
	dt_buffer_clear(&second);
	mint_dir_remove(&dir);
}

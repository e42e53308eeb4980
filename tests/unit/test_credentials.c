#include "tls/credentials.h"

#include "base/limits.h"
#include "tools/mint.h"

#include <criterion/criterion.h>
#include <gnutls/x509.h>
#include <stdlib.h>

static const struct mint_spec root = { .subject = { { "CN", "Root", 0 } },
	.constraints = MINT_CA };
static const struct mint_spec mid = { .subject = { { "CN", "Mid", 0 } },
	.issuer = &root,
	.constraints = MINT_CA };
static const struct mint_spec leaf = { .subject = { { "CN", "Leaf", 0 } },
	.issuer = &mid };
static const struct mint_spec other = { .subject = { { "CN", "Other", 0 } } };

static struct mint_dir dir;
static gnutls_certificate_credentials_t credentials;
static struct dt_message why;
static const char *password;
static int asked;

static void
set_up(void)
{
	cr_assert_eq(mint_dir_make(&dir), 0);
	cr_assert_eq(gnutls_certificate_allocate_credentials(&credentials), 0);
}

static void
tear_down(void)
{
	gnutls_certificate_free_credentials(credentials);
	mint_dir_remove(&dir);
}

TestSuite(credentials, .init = set_up, .fini = tear_down);

static char *
chain_file(const char *name, const struct mint_spec *const *specs)
{
	char *path = mint_dir_certificates(&dir, name, specs);

	cr_assert_not_null(path);
	return path;
}

static char *
leaf_file(void)
{
	static const struct mint_spec *const specs[] = { &leaf, NULL };

	return chain_file("leaf.pem", specs);
}

static char *
key_file(const struct mint_spec *spec, const char *secret)
{
	char *path = mint_dir_key(&dir, "leaf.key", spec, secret);

	cr_assert_not_null(path);
	return path;
}

static char *
write_file(const char *name, struct dt_buffer *content)
{
	char *path = mint_dir_write(&dir, name, dt_buffer_span(content));

	dt_buffer_clear(content);
	cr_assert_not_null(path);
	return path;
}

static int
load(const struct tls_config *config)
{
	return dt_credentials_load(credentials, config, &why);
}

/* How many certificates would be sent. */
static unsigned
sent(void)
{
	gnutls_datum_t der;
	unsigned n = 0;

	while (gnutls_certificate_get_crt_raw(credentials, 0, n, &der) == 0)
		n++;
	return n;
}

static int
tell_password(char *buffer, int size, int encrypting, void *arg)
{
	(void)arg;
	cr_assert_eq(encrypting, 0);
	asked++;
	if (password == NULL)
		return 0;
	cr_assert_lt((int)strlen(password), size);
	memcpy(buffer, password, strlen(password));
	return (int)strlen(password);
}

Test(credentials, nothing_is_loaded_where_nothing_is_named)
{
	const struct tls_config config = { .certificate_file = NULL };

	cr_expect_eq(load(&config), 0);
	cr_expect_eq(sent(), 0);
}

Test(credentials, pem_certificate_and_key)
{
	const struct tls_config config = { .certificate_file = leaf_file(),
		.key_file = key_file(&leaf, NULL),
		.file_type = TLS_FILE_PEM,
		.password = tell_password };

	cr_assert_eq(load(&config), 0, "%s", why.text);
	cr_expect_eq(sent(), 1);
	cr_expect_eq(asked, 0, "the key is not encrypted");
}

Test(credentials, der_certificate_and_key)
{
	struct dt_buffer certificate = { 0 };
	struct dt_buffer key = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_DER };

	mint_certificate(&leaf, MINT_DER, &certificate);
	mint_private_key(&leaf, MINT_DER, NULL, &key);
	config.certificate_file = write_file("leaf.der", &certificate);
	config.key_file = write_file("key.der", &key);
	cr_assert_eq(load(&config), 0, "%s", why.text);
	cr_expect_eq(sent(), 1);
}

Test(credentials, one_pem_holds_key_and_chain)
{
	struct dt_buffer text = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_PEM };

	mint_private_key(&leaf, MINT_PEM, NULL, &text);
	mint_certificate(&leaf, MINT_PEM, &text);
	mint_certificate(&mid, MINT_PEM, &text);
	config.certificate_file = write_file("all.pem", &text);
	cr_assert_eq(load(&config), 0, "%s", why.text);
	cr_expect_eq(sent(), 2);
}

/* A peer of ours would not take more (limits.h). */
Test(credentials, a_chain_longer_than_a_peer_takes_is_refused)
{
	struct dt_buffer text = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_PEM };

	mint_private_key(&leaf, MINT_PEM, NULL, &text);
	mint_certificate(&leaf, MINT_PEM, &text);
	for (unsigned i = 0; i < DT_MAX_CHAIN; i++)
		mint_certificate(&mid, MINT_PEM, &text);
	config.certificate_file = write_file("all.pem", &text);
	cr_expect_eq(load(&config), DICOMTLS_E_LIMIT);
	cr_expect_not_null(
	    strstr(why.text, "all.pem: certificate 257: too many"), "%s",
	    why.text);
	cr_expect_eq(sent(), 0);
}

Test(credentials, a_lone_leaf_is_completed_from_the_ca_file)
{
	static const struct mint_spec *const trusted[] = { &other, &root, &mid,
		NULL };
	const struct tls_config config = { .certificate_file = leaf_file(),
		.key_file = key_file(&leaf, NULL),
		.ca_file = chain_file("ca.pem", trusted),
		.file_type = TLS_FILE_PEM };
	struct dt_buffer want = { 0 };
	gnutls_datum_t got;

	cr_assert_eq(load(&config), 0, "%s", why.text);
	cr_assert_eq(sent(), 3, "leaf, issuer, root");
	cr_assert_eq(mint_certificate(&root, MINT_DER, &want), 0);
	cr_assert_eq(
	    gnutls_certificate_get_crt_raw(credentials, 0, 2, &got), 0);
	cr_expect(
	    dt_span_equal(dt_buffer_span(&want), dt_span(got.data, got.size)));
	dt_buffer_clear(&want);
}

Test(credentials, a_chain_in_the_file_is_left_alone)
{
	static const struct mint_spec *const chain[] = { &leaf, &mid, NULL };
	static const struct mint_spec *const trusted[] = { &root, NULL };
	const struct tls_config config = { .certificate_file =
					       chain_file("chain.pem", chain),
		.key_file = key_file(&leaf, NULL),
		.ca_file = chain_file("ca.pem", trusted),
		.file_type = TLS_FILE_PEM };

	cr_assert_eq(load(&config), 0, "%s", why.text);
	cr_expect_eq(sent(), 2);
}

Test(credentials, encrypted_keys_ask_for_the_password)
{
	const struct tls_config config = { .certificate_file = leaf_file(),
		.key_file = key_file(&leaf, "secret"),
		.file_type = TLS_FILE_PEM,
		.password = tell_password };

	password = "secret";
	cr_assert_eq(load(&config), 0, "%s", why.text);
	cr_expect_eq(asked, 1);
}

Test(credentials, encrypted_der_keys_ask_too)
{
	struct dt_buffer certificate = { 0 };
	struct dt_buffer key = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_DER,
		.password = tell_password };

	mint_certificate(&leaf, MINT_DER, &certificate);
	mint_private_key(&leaf, MINT_DER, "secret", &key);
	config.certificate_file = write_file("leaf.der", &certificate);
	config.key_file = write_file("key.der", &key);
	password = "secret";
	cr_assert_eq(load(&config), 0, "%s", why.text);
	cr_expect_eq(asked, 1);
}

Test(credentials, a_wrong_password_is_named)
{
	const struct tls_config config = { .certificate_file = leaf_file(),
		.key_file = key_file(&leaf, "secret"),
		.file_type = TLS_FILE_PEM,
		.password = tell_password };

	password = "wrong";
	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
	cr_expect_not_null(strstr(why.text, "leaf.key"));
	cr_expect_not_null(strstr(why.text, "password"));
	cr_expect_null(strstr(why.text, "wrong"), "not shown");
}

Test(credentials, no_password_is_named)
{
	const struct tls_config config = { .certificate_file = leaf_file(),
		.key_file = key_file(&leaf, "secret"),
		.file_type = TLS_FILE_PEM,
		.password = tell_password };
	struct tls_config silent = config;

	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
	cr_expect_not_null(strstr(why.text, "no password"));
	silent.password = NULL;
	cr_expect_eq(load(&silent), DICOMTLS_E_FORMAT);
	cr_expect_not_null(strstr(why.text, "no password"));
}

Test(credentials, a_password_longer_than_the_room_is_refused)
{
	static char longest[1024];
	const struct tls_config config = { .certificate_file = leaf_file(),
		.key_file = key_file(&leaf, "secret"),
		.file_type = TLS_FILE_PEM,
		.password = tell_password };

	memset(longest, 'x', sizeof(longest) - 1);
	password = longest;
	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
}

Test(credentials, a_key_of_another_certificate_names_both_files)
{
	const struct tls_config config = { .certificate_file = leaf_file(),
		.key_file = key_file(&other, NULL),
		.file_type = TLS_FILE_PEM };

	cr_expect_eq(load(&config), DICOMTLS_E_INVALID);
	cr_expect_not_null(strstr(why.text, "leaf.key"));
	cr_expect_not_null(strstr(why.text, "leaf.pem"));
}

Test(credentials, missing_files_are_named)
{
	struct tls_config config = { .certificate_file = "/nonexistent/c.pem",
		.file_type = TLS_FILE_PEM };

	cr_expect_eq(load(&config), DICOMTLS_E_IO);
	cr_expect_not_null(strstr(why.text, "/nonexistent/c.pem"));
	config.certificate_file = leaf_file();
	config.key_file = "/nonexistent/k.pem";
	cr_expect_eq(load(&config), DICOMTLS_E_IO);
	cr_expect_not_null(strstr(why.text, "/nonexistent/k.pem"));
}

Test(credentials, a_directory_is_no_certificate)
{
	const struct tls_config config = { .certificate_file = dir.path,
		.file_type = TLS_FILE_PEM };

	cr_expect_lt(load(&config), 0);
	cr_expect_not_null(strstr(why.text, dir.path));
}

Test(credentials, a_file_without_certificate_is_a_format_error)
{
	const struct tls_config config = { .certificate_file =
					       key_file(&leaf, NULL),
		.file_type = TLS_FILE_PEM };

	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
	cr_expect_not_null(strstr(why.text, "leaf.key"));
	cr_expect_eq(sent(), 0);
}

Test(credentials, pem_given_as_der_is_a_format_error)
{
	const struct tls_config config = { .certificate_file = leaf_file(),
		.file_type = TLS_FILE_DER };

	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
}

Test(credentials, a_certificate_without_key_is_a_format_error)
{
	const struct tls_config config = { .certificate_file = leaf_file(),
		.file_type = TLS_FILE_PEM };

	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
	cr_expect_not_null(strstr(why.text, "private key"));
}

static const struct mint_spec weak = { .subject = { { "CN", "Weak", 0 } },
	.key = "rsa1024" };

Test(credentials, a_weak_certificate_names_file_reason_and_level)
{
	static const struct mint_spec *const specs[] = { &weak, NULL };
	struct tls_config config = { .certificate_file =
					 chain_file("weak.pem", specs),
		.key_file = key_file(&weak, NULL),
		.file_type = TLS_FILE_PEM,
		.auth_level = -1 };

	cr_expect_eq(load(&config), DICOMTLS_E_UNSUPPORTED);
	cr_expect_not_null(strstr(why.text, "weak.pem"));
	cr_expect_not_null(strstr(why.text, "key is too weak"));
	cr_expect_not_null(strstr(why.text, "level 2"));
	config.auth_level = 1;
	cr_expect_eq(load(&config), 0, "%s", why.text);
}

/*
 * No copy of a private key or password is left in memory by us: whatever the
 * library frees or moves is searched for the key before it goes. The linker
 * gives our objects these free and realloc (--wrap); those of GnuTLS keep their
 * own.
 */
#include "base/buffer.h"
#include "tls/credentials.h"
#include "x509/pem.h"

#include "tools/mint.h"

#include "ltdic.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

void __real_free(void *memory);
void *__real_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
void *__wrap_realloc(void *memory, size_t size);

/* A piece of the key, as text of its PEM and as bytes of its DER, and the
 * password of one that is encrypted. */
#define PIECE 24
#define PIECES 3
#define PASSWORD_PIECE 2
#define PASSWORD "a long word of twenty-four"

static uint8_t pieces[PIECES][PIECE];
static bool watching;
static unsigned left_behind;
static unsigned searched;

static void
search(const void *memory)
{
	size_t size;

	if (!watching || memory == NULL)
		return;
	size = malloc_usable_size((void *)memory);
	searched++;
	for (size_t i = 0; i < PIECES; i++)
		if (memmem(memory, size, pieces[i], PIECE) != NULL)
			left_behind++;
}

/* What functions left on the stack that have returned: read through /proc,
 * because no pointer may go there. False where there is no /proc. */
static bool
is_on_stack(const uint8_t *piece)
{
	enum { DEPTH = 1 << 16 };
	static uint8_t below[DEPTH];
	uint8_t here = 0;
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	ssize_t got =
	    pread(memory, below, DEPTH, (off_t)((uintptr_t)&here - DEPTH));

	close(memory);
	return got == DEPTH && memmem(below, DEPTH, piece, PIECE) != NULL;
}

void
__wrap_free(void *memory)
{
	search(memory);
	__real_free(memory);
}

/* It may move what is there, and then nobody wipes the place it was in. */
void *
__wrap_realloc(void *memory, size_t size)
{
	search(memory);
	return __real_realloc(memory, size);
}

static const struct mint_spec leaf = { .subject = { { "CN", "Leaf", 0 } } };
static const struct mint_spec other = { .subject = { { "CN", "Other", 0 } } };

static struct mint_dir dir;
static gnutls_certificate_credentials_t credentials;

/* The private number of a P-256 key (RFC 5915) is an OCTET STRING after
 * version 1, of 32 bytes or, from GnuTLS, one more. The second line of its PEM
 * starts within it: a line is 48 bytes. */
static void
learn_key(void)
{
	struct dt_buffer pem = { 0 }, der = { 0 };
	const uint8_t *number, *line;

	cr_assert_eq(mint_private_key(&leaf, MINT_PEM, NULL, &pem), 0);
	cr_assert_eq(mint_private_key(&leaf, MINT_DER, NULL, &der), 0);
	number = memmem(der.data, der.end, "\x02\x01\x01\x04", 4);
	cr_assert_not_null(number);
	number += 5;
	cr_assert_leq(number - der.data, 48);
	cr_assert_geq(number + 32 - der.data, 48 + PIECE * 3 / 4);
	memcpy(pieces[0], number, PIECE);
	line = memchr(pem.data, '\n', pem.end);
	line = memchr(line + 1, '\n', pem.end - (size_t)(line + 1 - pem.data));
	memcpy(pieces[1], line + 1, PIECE);
	cr_assert_null(memchr(pieces[1], '\n', PIECE));
	memcpy(pieces[PASSWORD_PIECE], PASSWORD, PIECE);
	dt_buffer_clear(&pem);
	dt_buffer_clear(&der);
}

static void
set_up(void)
{
	cr_assert_eq(mint_dir_make(&dir), 0);
	cr_assert_eq(gnutls_certificate_allocate_credentials(&credentials), 0);
	learn_key();
}

static void
tear_down(void)
{
	watching = false;
	gnutls_certificate_free_credentials(credentials);
	mint_dir_remove(&dir);
}

TestSuite(secrets, .init = set_up, .fini = tear_down);

static char *
write_file(const char *name, struct dt_buffer *content)
{
	char *path = mint_dir_write(&dir, name, dt_buffer_span(content));

	dt_buffer_clear(content);
	cr_assert_not_null(path);
	return path;
}

/* Key and certificate in one file. */
static char *
whole_file(void)
{
	struct dt_buffer text = { 0 };

	mint_private_key(&leaf, MINT_PEM, NULL, &text);
	mint_certificate(&leaf, MINT_PEM, &text);
	return write_file("whole.pem", &text);
}

static int
load(const struct tls_config *config)
{
	struct dt_message why;
	int rc;

	watching = true;
	rc = dt_credentials_load(credentials, config, &why);
	watching = false;
	left_behind += is_on_stack(pieces[PASSWORD_PIECE]);
	return rc;
}

static void
expect_nothing_left(void)
{
	cr_expect_gt(searched, 0);
	cr_expect_eq(left_behind, 0);
}

Test(secrets, the_search_finds_a_key_that_is_left)
{
	struct dt_buffer bytes = { 0 };
	char *path = whole_file();

	watching = true;
	cr_assert_eq(dt_file_read(path, &bytes, NULL), 0);
	dt_buffer_clear(&bytes);
	watching = false;
	cr_expect_eq(left_behind, 1);
}

Test(secrets, loading_one_file)
{
	const struct tls_config config = { .certificate_file = whole_file(),
		.file_type = TLS_FILE_PEM };

	cr_expect_eq(load(&config), 0);
	expect_nothing_left();
}

Test(secrets, loading_der)
{
	struct dt_buffer certificate = { 0 }, key = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_DER };

	mint_certificate(&leaf, MINT_DER, &certificate);
	mint_private_key(&leaf, MINT_DER, NULL, &key);
	config.certificate_file = write_file("leaf.der", &certificate);
	config.key_file = write_file("key.der", &key);
	cr_expect_eq(load(&config), 0);
	expect_nothing_left();
}

Test(secrets, a_key_of_another_certificate)
{
	static const struct mint_spec *const others[] = { &other, NULL };
	const struct tls_config config = { .certificate_file =
					       mint_dir_certificates(
						   &dir, "other.pem", others),
		.key_file = whole_file(),
		.file_type = TLS_FILE_PEM };

	cr_expect_eq(load(&config), DICOMTLS_E_INVALID);
	expect_nothing_left();
}

Test(secrets, a_file_that_is_damaged_behind_the_key)
{
	struct dt_buffer text = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_PEM };

	mint_private_key(&leaf, MINT_PEM, NULL, &text);
	dt_buffer_text(&text, "-----BEGIN CERTIFICATE-----\nMII\n");
	config.certificate_file = write_file("damaged.pem", &text);
	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
	expect_nothing_left();
}

Test(secrets, a_key_where_a_certificate_belongs)
{
	struct dt_buffer key = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_PEM };

	mint_private_key(&leaf, MINT_DER, NULL, &key);
	config.certificate_file = write_file("key.der", &key);
	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
	config.file_type = TLS_FILE_DER;
	cr_expect_lt(load(&config), 0);
	expect_nothing_left();
}

Test(secrets, a_key_among_trusted_certificates)
{
	struct dicomtls_store *store;
	char *path = whole_file();

	cr_assert_eq(dicomtls_store_new(&store), 0);
	watching = true;
	cr_expect_eq(dicomtls_store_add_file(store, path), 0);
	watching = false;
	dicomtls_store_free(store);
	expect_nothing_left();
}

Test(secrets, a_key_where_crls_belong)
{
	struct dicomtls_store *store;
	char *path = whole_file();

	cr_assert_eq(dicomtls_store_new(&store), 0);
	watching = true;
	cr_expect_lt(dicomtls_store_add_crl_file(store, path), 0);
	watching = false;
	dicomtls_store_free(store);
	expect_nothing_left();
}

/* Everything a program of the contract does with its file, failing too. */
Test(secrets, the_setters_of_the_contract)
{
	static const struct mint_spec *const others[] = { &other, NULL };
	char *whole = whole_file();
	char *wrong = mint_dir_certificates(&dir, "other.pem", others);
	HDICOMNET net;

	watching = true;
	net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_TLS);
	cr_expect_eq(L_DicomSetClientCertificateTLS(
			 net, whole, L_TLS_FILETYPE_PEM, NULL),
	    DICOM_SUCCESS);
	cr_expect_gt(L_DicomGetMutualAuthKeyLengthTLS(
			 net, L_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
	    0);
	cr_expect_eq(L_DicomSetServerCertificateTLS(
			 net, wrong, L_TLS_FILETYPE_PEM, whole),
	    DICOM_ERROR_KEYS_MISMATCH);
	L_DicomFreeNet(net);
	watching = false;
	expect_nothing_left();
}

/* --- keys with a password --- */

static int
give_password(char *buffer, int size, int encrypting, void *arg)
{
	const char *word = arg;

	(void)encrypting;
	snprintf(buffer, (size_t)size, "%s", word);
	return (int)strlen(buffer);
}

static struct tls_config
locked_by(const char *word)
{
	static const struct mint_spec *const alone[] = { &leaf, NULL };
	struct dt_buffer key = { 0 };
	struct tls_config config = { .file_type = TLS_FILE_PEM,
		.password = give_password,
		.password_arg = (void *)(uintptr_t)word };

	cr_assert_eq(mint_private_key(&leaf, MINT_PEM, PASSWORD, &key), 0);
	config.key_file = write_file("locked.pem", &key);
	config.certificate_file = mint_dir_certificates(&dir, "l.pem", alone);
	return config;
}

Test(secrets, the_search_finds_a_password_that_is_left)
{
	struct dt_buffer copy = { 0 };

	cr_assert_eq(dt_buffer_text(&copy, "word: " PASSWORD), 0);
	watching = true;
	dt_buffer_clear(&copy);
	watching = false;
	cr_expect_eq(left_behind, 1);
}

static void __attribute__((noinline)) leave_on_stack(const char *text)
{
	volatile char copy[16384]; /* below what symbols are looked up in */

	for (size_t i = 0; i < sizeof(copy) && (i == 0 || text[i - 1]); i++)
		copy[i] = text[i];
}

Test(secrets, the_search_finds_a_password_on_the_stack)
{
	leave_on_stack(PASSWORD);
	if (access("/proc/self/mem", R_OK) == 0)
		cr_expect(is_on_stack(pieces[PASSWORD_PIECE]));
}

Test(secrets, loading_a_key_with_a_password)
{
	const struct tls_config config = locked_by(PASSWORD);

	cr_expect_eq(load(&config), 0);
	expect_nothing_left();
}

Test(secrets, a_password_that_is_wrong)
{
	const struct tls_config config = locked_by(PASSWORD ", nearly");

	cr_expect_eq(load(&config), DICOMTLS_E_FORMAT);
	expect_nothing_left();
}

Test(secrets, a_password_with_the_certificate_of_another)
{
	static const struct mint_spec *const others[] = { &other, NULL };
	struct tls_config config = locked_by(PASSWORD);

	config.certificate_file = mint_dir_certificates(&dir, "o.pem", others);
	cr_expect_eq(load(&config), DICOMTLS_E_INVALID);
	expect_nothing_left();
}

static const char *given_word;

static L_INT EXT_CALLBACK
tell_password(
    HDICOMNET net, L_TCHAR *password, L_INT size, L_INT flag, L_VOID *arg)
{
	(void)net;
	(void)flag;
	(void)arg;
	snprintf(password, (size_t)size, "%s", given_word);
	return (L_INT)strlen(password);
}

/* Through the contract, with the right password, a wrong one and none. */
static L_UINT32
set_locked(const char *word)
{
	const struct tls_config config = locked_by(PASSWORD);
	DICOMNETCALLBACKEXT table = { .uStructSize = sizeof(table),
		.pfnPrivateKeyPassword = tell_password };
	HDICOMNET net;
	L_UINT32 result;

	given_word = word;
	watching = true;
	net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_TLS);
	L_DicomSetCallbackExt(net, &table);
	result = L_DicomSetClientCertificateTLS(net,
	    (L_TCHAR *)(uintptr_t)config.certificate_file, L_TLS_FILETYPE_PEM,
	    (L_TCHAR *)(uintptr_t)config.key_file);
	L_DicomFreeNet(net);
	watching = false;
	return result;
}

Test(secrets, passwords_through_the_contract)
{
	cr_expect_eq(set_locked(PASSWORD), DICOM_SUCCESS);
	cr_expect_eq(set_locked(PASSWORD ", nearly"),
	    DICOM_ERROR_PRIVATE_KEY_LOAD_FAILED);
	cr_expect_eq(set_locked(""), DICOM_ERROR_PRIVATE_KEY_LOAD_FAILED);
	expect_nothing_left();
}

/* A pipe has no size, so that what was read moves as it grows. */
struct feeder {
	int fd;
	struct dt_buffer text;
};

static void *
feed(void *arg)
{
	struct feeder *feeder = arg;
	struct dt_span left = dt_buffer_span(&feeder->text);

	while (left.size > 0) {
		ssize_t n = write(feeder->fd, left.data, left.size);

		if (n <= 0)
			break;
		left = dt_span(left.data + n, left.size - (size_t)n);
	}
	close(feeder->fd);
	return NULL;
}

Test(secrets, a_key_that_comes_through_a_pipe)
{
	struct feeder feeder = { .fd = -1 };
	struct dt_buffer got = { 0 };
	char path[64];
	pthread_t thread;
	int ends[2];

	mint_private_key(&leaf, MINT_PEM, NULL, &feeder.text);
	for (unsigned i = 0; i < 2000; i++)
		dt_buffer_text(&feeder.text, "a line that makes it grow\n");
	cr_assert_eq(pipe(ends), 0);
	feeder.fd = ends[1];
	snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
	pthread_create(&thread, NULL, feed, &feeder);
	watching = true;
	cr_expect_eq(dt_file_read(path, &got, NULL), 0);
	cr_expect(
	    dt_span_equal(dt_buffer_span(&got), dt_buffer_span(&feeder.text)));
	dt_buffer_wipe(&got);
	watching = false;
	pthread_join(thread, NULL);
	expect_nothing_left();
	close(ends[0]);
}

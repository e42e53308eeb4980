/* TLS settings as data; see tls_settings.h. */
#include "ltdic/tls_settings.h"

#include "ltdic/suites.h"

#include "tls/backend.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_DEPTH 100

/* Sizes that the struct had or could have had when it ended with one of its
 * fields: up to the field, and rounded up by a compiler. */
static const size_t known_sizes[] = {
	offsetof(L_SSL_CTX_CREATE, nMethodTypeSSL),
	offsetof(L_SSL_CTX_CREATE, nMethodTypeSSL) + sizeof(L_INT),
	offsetof(L_SSL_CTX_CREATE, uVerifyMode),
	offsetof(L_SSL_CTX_CREATE, nVerifyDepth),
	offsetof(L_SSL_CTX_CREATE, nOptions),
	offsetof(L_SSL_CTX_CREATE, nSuccess),
	offsetof(L_SSL_CTX_CREATE, nReserved1),
	offsetof(L_SSL_CTX_CREATE, nReserved2),
	sizeof(L_SSL_CTX_CREATE),
};

/* Where the field of a flag ends. */
static const struct {
	L_UINT32 flag;
	size_t end;
} fields[] = {
	{ FLAG_SSL_CTX_CREATE_METHOD_TYPE,
	    offsetof(L_SSL_CTX_CREATE, nMethodTypeSSL) + sizeof(L_INT) },
	{ FLAG_SSL_CTX_CREATE_CAFILE, offsetof(L_SSL_CTX_CREATE, uVerifyMode) },
	{ FLAG_SSL_CTX_CREATE_VERIFY_MODE,
	    offsetof(L_SSL_CTX_CREATE, nVerifyDepth) },
	{ FLAG_SSL_CTX_CREATE_VERIFY_DEPTH,
	    offsetof(L_SSL_CTX_CREATE, nOptions) },
	{ FLAG_SSL_CTX_CREATE_OPTIONS, offsetof(L_SSL_CTX_CREATE, nSuccess) },
};

void
dt_tls_settings_init(struct dt_tls_settings *settings)
{
	*settings = (struct dt_tls_settings){ .depth = DEFAULT_DEPTH,
		.auth_level = -1,
		.file_type = TLS_FILE_PEM,
		.questions.signatures = DT_DEFAULT_SIGNATURES };
}

void
dt_tls_settings_clear(struct dt_tls_settings *settings)
{
	free(settings->ca_file);
	free(settings->certificate_file);
	free(settings->key_file);
	free(settings->host_name);
	free(settings->server_name);
	free(settings->profile);
	dt_questions_clear(&settings->questions);
	dt_tls_setup_free(settings->setup);
	dt_tls_settings_init(settings);
}

static bool
copy_text(char **text)
{
	if (*text == NULL)
		return true;
	*text = strdup(*text);
	return *text != NULL;
}

bool
dt_tls_settings_copy(
    struct dt_tls_settings *copy, const struct dt_tls_settings *from)
{
	bool copied = true;

	*copy = *from;
	copy->setup = NULL;
	copy->questions = (struct dt_questions){ 0 };
	copied &= copy_text(&copy->ca_file);
	copied &= copy_text(&copy->certificate_file);
	copied &= copy_text(&copy->key_file);
	copied &= copy_text(&copy->host_name);
	copied &= copy_text(&copy->server_name);
	copied &= copy_text(&copy->profile);
	copied &= dt_questions_copy(&copy->questions, &from->questions) == 0;
	if (!copied)
		dt_tls_settings_clear(copy);
	return copied;
}

static bool
is_known_size(size_t size)
{
	for (size_t i = 0; i < sizeof(known_sizes) / sizeof(*known_sizes); i++)
		if (known_sizes[i] == size)
			return true;
	return false;
}

static bool
flags_fit(L_UINT32 flags, size_t size)
{
	if ((flags & ~(L_UINT32)FLAG_SSL_CTX_CREATE_ALL) != 0)
		return false;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if ((flags & fields[i].flag) != 0 && fields[i].end > size)
			return false;
	return true;
}

static L_INT
read_method(struct dt_tls_settings *settings, L_INT method)
{
	if (method == TYPE_TLSV1_METHOD) {
		settings->min_version = TLS_V1_0;
		settings->max_version = TLS_V1_0;
		return DICOM_SUCCESS;
	}
	return method == TYPE_SSLV23_METHOD || method == TYPE_TLS_METHOD
		   ? DICOM_SUCCESS
		   : DICOM_ERROR_TLS_INVALID_CTX;
}

/* Options only take versions away: from TLS 1.0 alone, or from 1.2 and 1.3.
 * There is no option against 1.3. */
static L_INT
read_options(struct dt_tls_settings *settings, L_INT options)
{
	bool only_1_0 = settings->max_version == TLS_V1_0;

	if (only_1_0 && (options & L_SSL_OP_NO_TLSv1) != 0)
		return DICOM_ERROR_TLS_INVALID_CTX_OPTIONS;
	if (!only_1_0 && (options & L_SSL_OP_NO_TLSv1_2) != 0)
		settings->min_version = TLS_V1_3;
	return DICOM_SUCCESS;
}

static L_INT
read_fields(struct dt_tls_settings *settings, const L_SSL_CTX_CREATE *create)
{
	L_UINT32 flags = create->uFlags;
	L_INT rc = DICOM_SUCCESS;

	if (flags & FLAG_SSL_CTX_CREATE_METHOD_TYPE)
		rc = read_method(settings, create->nMethodTypeSSL);
	if (rc != DICOM_SUCCESS)
		return rc;
	if (flags & FLAG_SSL_CTX_CREATE_VERIFY_DEPTH) {
		if (create->nVerifyDepth < 0)
			return DICOM_ERROR_TLS_INVALID_CTX_VERIFY_DEPTH;
		settings->depth = create->nVerifyDepth;
	}
	if (flags & FLAG_SSL_CTX_CREATE_VERIFY_MODE) {
		if ((create->uVerifyMode & ~(L_UINT)L_SSL_VERIFY_ALL) != 0)
			return DICOM_ERROR_TLS_INVALID_CTX_VERIFY_MODE;
		settings->verify_mode = create->uVerifyMode;
	}
	if (flags & FLAG_SSL_CTX_CREATE_CAFILE) {
		if (create->pszCAfile == NULL || *create->pszCAfile == '\0')
			return DICOM_ERROR_TLS_INVALID_CTX_CAFILE;
		settings->ca_file = strdup(create->pszCAfile);
		if (settings->ca_file == NULL)
			return DICOM_ERROR_MEMORY;
	}
	if (flags & FLAG_SSL_CTX_CREATE_OPTIONS)
		rc = read_options(settings, create->nOptions);
	return rc;
}

L_INT
dt_tls_settings_read(
    struct dt_tls_settings *settings, const L_SSL_CTX_CREATE *create)
{
	L_SSL_CTX_CREATE known = { 0 };

	if (create == NULL)
		return DICOM_SUCCESS;
	if (!is_known_size(create->uStructSize))
		return DICOM_ERROR_INVALID_STRUCT_SIZE;
	memcpy(&known, create, create->uStructSize);
	if (!flags_fit(known.uFlags, known.uStructSize))
		return DICOM_ERROR_TLS_INVALID_CTX;
	return read_fields(settings, &known);
}

static unsigned long
next_turn(void)
{
	static atomic_ulong turns;

	return atomic_fetch_add(&turns, 1) + 1;
}

void
dt_tls_settings_outdate(struct dt_tls_settings *settings)
{
	dt_tls_setup_free(settings->setup);
	settings->setup = NULL;
	settings->turn = next_turn();
}

int
dt_tls_settings_build(struct dt_tls_settings *settings,
    tls_password_fn password, void *arg, struct dt_message *why)
{
	struct tls_config config = {
		.min_version = settings->extra_min_version
				   ? settings->extra_min_version
				   : settings->min_version,
		.max_version = settings->extra_max_version
				   ? settings->extra_max_version
				   : settings->max_version,
		.verify_mode = settings->verify_mode,
		.verify_depth = settings->depth,
		.auth_level = settings->auth_level,
		.ca_file = settings->ca_file,
		.certificate_file = settings->certificate_file,
		.key_file = settings->key_file,
		.file_type = settings->file_type,
		.password = password,
		.password_arg = arg,
		.host_name = settings->host_name,
		.server_name = settings->server_name,
		.profile = settings->profile,
		.system_trust = settings->system_trust,
		.questions = settings->questions,
		.alpn = true,
		.resume = settings->resume,
	};
	struct dt_tls_setup *setup = NULL;
	int rc;

	for (size_t i = 0, n = 0; i < MAX_CIPHERSUITE_COUNT; i++) {
		if (settings->suites[i] == L_CIPHERSUITE_NONE)
			break;
		config.suites[n++] = dt_cipher_number(settings->suites[i]);
	}
	rc = dt_tls_setup_new(&setup, &dt_gnutls_backend, &config, why);
	if (rc != 0)
		return rc;
	dt_tls_settings_outdate(settings);
	settings->setup = setup;
	return 0;
}

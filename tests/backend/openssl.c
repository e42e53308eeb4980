/*
 * The same table of functions as lib/tls, on OpenSSL: what our tests compare
 * with. Certificates are judged by X509_verify_cert inside SSL_do_handshake;
 * the verify callback turns each call into an event of ours.
 *
 * Profiles are not for it: without a list of suites it has those of B.12, and
 * with one whatever OpenSSL has of it.
 */
#include "openssl.h"

#include "verify/event.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <stdlib.h>
#include <strings.h>

static const char b12_suites[] =
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256";

struct tls_context {
	SSL_CTX *ssl;
	SSL_SESSION *kept; /* a client's last one, whoever the peer was */
	char *server_name; /* to ask for */
};

struct tls_session {
	struct tls_context *context;
	SSL *ssl;
	BIO *in;
	BIO *out;
	struct dt_buffer output;
	dicomtls_verify_fn verify;
	void *arg;
	int last_depth;
	bool failed;
	struct tls_failure failure;
};

static void
context_free(struct tls_context *context)
{
	if (context == NULL)
		return;
	SSL_SESSION_free(context->kept);
	SSL_CTX_free(context->ssl);
	free(context->server_name);
	free(context);
}

static const char *
missing(const struct tls_context *context)
{
	(void)context;
	return "";
}

static int
complain(struct dt_message *why, const char *file, int e)
{
	dt_message_set(why, "%s: %s", file,
	    ERR_reason_error_string(ERR_peek_last_error()));
	ERR_clear_error();
	return e;
}

static int
load_pair(SSL_CTX *ssl, const struct tls_config *config, struct dt_message *why)
{
	const char *certificate = config->certificate_file;
	const char *key = config->key_file ? config->key_file : certificate;
	const bool der = config->file_type == TLS_FILE_DER;
	const int type = der ? SSL_FILETYPE_ASN1 : SSL_FILETYPE_PEM;

	if (certificate == NULL)
		return 0;
	SSL_CTX_set_default_passwd_cb(ssl, config->password);
	SSL_CTX_set_default_passwd_cb_userdata(ssl, config->password_arg);
	if ((der ? SSL_CTX_use_certificate_file(ssl, certificate, type)
		 : SSL_CTX_use_certificate_chain_file(ssl, certificate)) != 1)
		return complain(why, certificate, DICOMTLS_E_FORMAT);
	if (SSL_CTX_use_PrivateKey_file(ssl, key, type) != 1)
		return complain(why, key, DICOMTLS_E_FORMAT);
	return 0;
}

/* Trust, and the names of client CAs that a server lists. */
static int
load_trust(
    SSL_CTX *ssl, const struct tls_config *config, struct dt_message *why)
{
	if (config->ca_file == NULL)
		return 0;
	if (SSL_CTX_load_verify_locations(ssl, config->ca_file, NULL) != 1)
		return complain(why, config->ca_file, DICOMTLS_E_FORMAT);
	SSL_CTX_set_client_CA_list(
	    ssl, SSL_load_client_CA_file(config->ca_file));
	return 0;
}

static int
load_crls(
    SSL_CTX *ssl, const struct dt_questions *questions, struct dt_message *why)
{
	const char *const *path = questions->crl_files;
	X509_LOOKUP *lookup = X509_STORE_add_lookup(
	    SSL_CTX_get_cert_store(ssl), X509_LOOKUP_file());

	for (; path != NULL && *path != NULL; path++)
		if (X509_load_crl_file(lookup, *path, X509_FILETYPE_PEM) <= 0)
			return complain(why, *path, DICOMTLS_E_FORMAT);
	return 0;
}

static void
set_questions(X509_VERIFY_PARAM *param, const struct dt_questions *questions)
{
	const char *const *policy = questions->policies;

	X509_VERIFY_PARAM_set_flags(param, questions->flags);
	X509_VERIFY_PARAM_set_hostflags(param, questions->host_flags);
	for (; policy != NULL && *policy != NULL; policy++)
		X509_VERIFY_PARAM_add0_policy(param, OBJ_txt2obj(*policy, 1));
}

static void
set_params(SSL_CTX *ssl, const struct tls_config *config)
{
	X509_VERIFY_PARAM *param = SSL_CTX_get0_param(ssl);

	if (config->time != 0)
		X509_VERIFY_PARAM_set_time(param, (time_t)config->time);
	set_questions(param, &config->questions);
	if (config->host_name != NULL &&
	    X509_VERIFY_PARAM_set1_ip_asc(param, config->host_name) != 1)
		X509_VERIFY_PARAM_set1_host(param, config->host_name, 0);
	X509_VERIFY_PARAM_set_depth(param, config->verify_depth < 0
					       ? TLS_DEFAULT_DEPTH
					       : config->verify_depth);
	SSL_CTX_set_security_level(ssl,
	    config->auth_level < 0 ? TLS_DEFAULT_LEVEL : config->auth_level);
}

static int
choose_alpn(SSL *ssl, const unsigned char **out, unsigned char *size,
    const unsigned char *offered, unsigned offered_size, void *arg)
{
	static const unsigned char ours[] = "\5dicom";

	(void)ssl;
	(void)arg;
	return SSL_select_next_proto((unsigned char **)out, size, ours,
		   sizeof(ours) - 1, offered,
		   offered_size) == OPENSSL_NPN_NEGOTIATED
		   ? SSL_TLSEXT_ERR_OK
		   : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/* Names are OpenSSL's own, numbers are in the configuration. */
static void
set_suites(SSL_CTX *ssl, const uint16_t *suites)
{
	char names[1024] = "";
	STACK_OF(SSL_CIPHER) * known;

	SSL_CTX_set_cipher_list(ssl, "ALL:@SECLEVEL=0");
	known = SSL_CTX_get_ciphers(ssl);
	for (; *suites != 0; suites++)
		for (int i = 0; i < sk_SSL_CIPHER_num(known); i++) {
			const SSL_CIPHER *cipher =
			    sk_SSL_CIPHER_value(known, i);

			if (SSL_CIPHER_get_protocol_id(cipher) != *suites)
				continue;
			strcat(names, SSL_CIPHER_get_name(cipher));
			strcat(names, ":");
		}
	SSL_CTX_set_cipher_list(ssl, names);
}

static void
set_protocol(SSL_CTX *ssl, const struct tls_config *config)
{
	SSL_CTX_set_min_proto_version(
	    ssl, config->min_version ? config->min_version : TLS1_2_VERSION);
	SSL_CTX_set_max_proto_version(ssl, config->max_version);
	if (config->suites[0] != 0)
		set_suites(ssl, config->suites);
	else
		SSL_CTX_set_cipher_list(ssl, b12_suites);
	SSL_CTX_set_dh_auto(ssl, 1);
	SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION);
	SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
	if (!config->alpn)
		return;
	SSL_CTX_set_alpn_protos(ssl, (const unsigned char *)"\5dicom", 6);
	SSL_CTX_set_alpn_select_cb(ssl, choose_alpn, NULL);
}

static int
on_verify(int ok, X509_STORE_CTX *store)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(
	    store, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tls_session *session = SSL_get_app_data(ssl);
	X509 *x509 = X509_STORE_CTX_get_current_cert(store);
	struct dt_event_texts texts = { 0 };
	struct dicomtls_event event = { .texts = &texts,
		.ok = ok,
		.depth = X509_STORE_CTX_get_error_depth(store),
		.error = X509_STORE_CTX_get_error(store) };
	struct dt_cert *cert = NULL;
	unsigned char *der = NULL;
	int size = x509 != NULL ? i2d_X509(x509, &der) : 0;
	int answer = ok;

	session->last_depth = event.depth;
	if (size > 0 &&
	    dt_cert_parse(&cert, dt_span(der, (size_t)size), NULL, NULL) == 0)
		event.cert = cert;
	if (session->verify != NULL)
		answer = session->verify(ok, &event, session->arg);
	dt_event_texts_clear(&texts);
	dt_cert_free(cert);
	OPENSSL_free(der);
	return answer;
}

static int
keep_session(SSL *ssl, SSL_SESSION *kept)
{
	struct tls_session *session = SSL_get_app_data(ssl);

	if (SSL_is_server(ssl))
		return 0;
	SSL_SESSION_free(session->context->kept);
	session->context->kept = kept;
	return 1;
}

/* The identifiers keep the sessions of one context from another. */
static void
set_resumption(SSL_CTX *ssl)
{
	static const unsigned char id[] = "dicomtls";

	SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_BOTH);
	SSL_CTX_set_session_id_context(ssl, id, sizeof(id) - 1);
	SSL_CTX_sess_set_new_cb(ssl, keep_session);
}

static int
check_server_name(SSL *ssl, int *alert, void *arg)
{
	const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);

	if (name == NULL || strcasecmp(name, arg) == 0)
		return SSL_TLSEXT_ERR_OK;
	*alert = SSL_AD_UNRECOGNIZED_NAME;
	return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static int
context_new(struct tls_context **out, const struct tls_config *config,
    struct dt_message *why)
{
	struct tls_context *context = calloc(1, sizeof(*context));
	int e;

	if (context == NULL)
		return DICOMTLS_E_NOMEM;
	context->ssl = SSL_CTX_new(TLS_method());
	set_params(context->ssl, config);
	set_protocol(context->ssl, config);
	if (config->resume)
		set_resumption(context->ssl);
	SSL_CTX_set_verify(context->ssl, (int)config->verify_mode, on_verify);
	if (config->server_name != NULL)
		context->server_name = strdup(config->server_name);
	else if (config->host_name != NULL)
		context->server_name = strdup(config->host_name);
	if (config->server_name != NULL) {
		SSL_CTX_set_tlsext_servername_callback(
		    context->ssl, check_server_name);
		SSL_CTX_set_tlsext_servername_arg(
		    context->ssl, context->server_name);
	}
	if ((e = load_trust(context->ssl, config, why)) != 0 ||
	    (e = load_crls(context->ssl, &config->questions, why)) != 0 ||
	    (e = load_pair(context->ssl, config, why)) != 0) {
		context_free(context);
		return e;
	}
	*out = context;
	return 0;
}

static void
on_info(const SSL *ssl, int where, int value)
{
	struct tls_session *session = SSL_get_app_data(ssl);
	const int alert = value & 0xff;

	if ((where & SSL_CB_ALERT) == 0 || alert == SSL_AD_CLOSE_NOTIFY)
		return;
	if (where & SSL_CB_WRITE)
		session->failure.alert_sent = alert;
	else
		session->failure.alert_received = alert;
}

static void
session_free(struct tls_session *session)
{
	if (session == NULL)
		return;
	SSL_free(session->ssl);
	dt_buffer_clear(&session->output);
	free(session);
}

static int
session_new(struct tls_session **out, struct tls_context *context,
    enum tls_role role, dicomtls_verify_fn verify, void *arg)
{
	struct tls_session *session = calloc(1, sizeof(*session));

	if (session == NULL)
		return DICOMTLS_E_NOMEM;
	session->context = context;
	session->ssl = SSL_new(context->ssl);
	session->in = BIO_new(BIO_s_mem());
	session->out = BIO_new(BIO_s_mem());
	BIO_set_mem_eof_return(session->in, -1);
	SSL_set_bio(session->ssl, session->in, session->out);
	SSL_set_app_data(session->ssl, session);
	SSL_set_info_callback(session->ssl, on_info);
	session->verify = verify;
	session->arg = arg;
	session->failure.alert_sent = -1;
	session->failure.alert_received = -1;
	if (role == TLS_SERVER)
		SSL_set_accept_state(session->ssl);
	else
		SSL_set_connect_state(session->ssl);
	if (role == TLS_CLIENT && context->server_name != NULL)
		SSL_set_tlsext_host_name(session->ssl, context->server_name);
	*out = session;
	return 0;
}

static void
resume(struct tls_session *session, const char *peer)
{
	(void)peer;
	if (session->context->kept != NULL)
		SSL_set_session(session->ssl, session->context->kept);
}

static int
feed(struct tls_session *session, const uint8_t *data, size_t size)
{
	return size == 0 || BIO_write(session->in, data, (int)size) > 0
		   ? 0
		   : DICOMTLS_E_NOMEM;
}

static void
feed_eof(struct tls_session *session)
{
	BIO_set_mem_eof_return(session->in, 0);
}

static void
drain(struct tls_session *session)
{
	char *data;
	long size = BIO_get_mem_data(session->out, &data);

	if (size <= 0)
		return;
	dt_buffer_append(&session->output, data, (size_t)size);
	(void)BIO_reset(session->out);
}

static struct dt_buffer *
output(struct tls_session *session)
{
	drain(session);
	return &session->output;
}

static enum tls_status
fail(struct tls_session *session)
{
	struct tls_failure *f = &session->failure;
	const unsigned long error = ERR_peek_last_error();
	const int reason = ERR_GET_REASON(error);

	session->failed = true;
	if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
		f->verify_error = (int)SSL_get_verify_result(session->ssl);
		f->verify_depth = session->last_depth;
	}
	f->no_certificate = reason == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE;
	dt_message_set(&f->message, "%s",
	    error != 0 ? ERR_reason_error_string(error) : "end of input");
	ERR_clear_error();
	return TLS_FAILED;
}

static enum tls_status
status_of(struct tls_session *session, int result)
{
	switch (SSL_get_error(session->ssl, result)) {
	case SSL_ERROR_NONE:
		return TLS_OK;
	case SSL_ERROR_WANT_READ:
		return TLS_WANT_INPUT;
	case SSL_ERROR_ZERO_RETURN:
		return TLS_CLOSED;
	default:
		return fail(session);
	}
}

static enum tls_status
handshake(struct tls_session *session)
{
	if (session->failed)
		return TLS_FAILED;
	ERR_clear_error();
	return status_of(session, SSL_do_handshake(session->ssl));
}

static enum tls_status
read_data(struct tls_session *session, uint8_t *data, size_t *size)
{
	int n;

	if (session->failed)
		return TLS_FAILED;
	ERR_clear_error();
	n = SSL_read(session->ssl, data, (int)*size);
	if (n > 0)
		*size = (size_t)n;
	return status_of(session, n);
}

static enum tls_status
write_data(struct tls_session *session, const uint8_t *data, size_t size)
{
	if (session->failed)
		return TLS_FAILED;
	ERR_clear_error();
	return status_of(session, SSL_write(session->ssl, data, (int)size));
}

static void
close_session(struct tls_session *session)
{
	if (!session->failed)
		SSL_shutdown(session->ssl);
}

static const struct tls_failure *
failure(const struct tls_session *session)
{
	return &session->failure;
}

static void
info(const struct tls_session *session, struct tls_info *out)
{
	const SSL_CIPHER *cipher = SSL_get_current_cipher(session->ssl);

	out->version = SSL_version(session->ssl);
	out->suite = SSL_CIPHER_get_protocol_id(cipher);
	out->suite_name = SSL_CIPHER_standard_name(cipher);
	out->resumed = SSL_session_reused(session->ssl) != 0;
}

const struct tls_backend openssl_backend = {
	.name = "openssl",
	.context_new = context_new,
	.context_free = context_free,
	.missing = missing,
	.session_new = session_new,
	.session_free = session_free,
	.resume = resume,
	.feed = feed,
	.feed_eof = feed_eof,
	.output = output,
	.handshake = handshake,
	.read = read_data,
	.write = write_data,
	.close = close_session,
	.failure = failure,
	.info = info,
};

/*
 * Judging the peer's certificates inside a GnuTLS handshake.
 *
 * The walk runs in the handshake hook, on the raw Certificate message: before
 * GnuTLS imports the certificates (it cannot import some that OpenSSL
 * accepts), and before CertificateVerify is checked (OpenSSL's order, see
 * tls_process_server_certificate and tls_process_client_certificate). The
 * verify function of the credentials comes later and only hands GnuTLS the
 * decision, after a look whether both saw the same certificates.
 *
 * GnuTLS sends no alert of its own when a verify function or a hook fails;
 * whoever refuses here sends it.
 */
#include "tls/peer_verify.h"

#include "tls/certificate_message.h"
#include "tls/peer_hello.h"
#include "tls/profile_check.h"
#include "verify/event.h"
#include "verify/params.h"
#include "x509/cert.h"

#include <stdlib.h>
#include <time.h>

/* Of the range for private use (RFC 8446 11). Never on the wire: the send
 * function has nothing to send. */
#define EXTENSION_ID 0xffd1

/* RFC 8879 7.2; older GnuTLS has no name for it. */
#define COMPRESSED_CERTIFICATE 25

struct peer {
	struct dicomtls_store *store;
	struct dicomtls_params *params;
	dicomtls_verify_fn fn;
	void *arg;
	bool advisory;
	bool required;
	const struct dt_profile_rules *rules;
	struct dt_peer_hello hello;
	bool heard; /* the hook has seen the Certificate message */
	struct dt_peer_result result;
	struct dt_certificate_list list;
	uint8_t *bytes; /* what the list points into */
};

static void
free_peer(void *data)
{
	struct peer *peer = data;

	if (peer == NULL)
		return;
	dicomtls_store_free(peer->store);
	dicomtls_params_free(peer->params);
	free(peer->bytes);
	free(peer);
}

static struct peer *
find_peer(gnutls_session_t session)
{
	void *data;

	if (gnutls_ext_get_data(session, EXTENSION_ID, &data) != 0)
		return NULL;
	return data;
}

/* GnuTLS does not tell the role; this getter is for servers only. */
static bool
is_client(gnutls_session_t session)
{
	char name[1];
	size_t size = sizeof(name);
	unsigned type;

	return gnutls_server_name_get(session, name, &size, &type, 0) ==
	       GNUTLS_E_INVALID_REQUEST;
}

static bool
is_tls13(gnutls_session_t session)
{
	return gnutls_protocol_get_version(session) >= GNUTLS_TLS1_3;
}

static int
send_alert(gnutls_session_t session, struct dt_peer_result *result, int alert)
{
	if (gnutls_alert_send(session, GNUTLS_AL_FATAL,
		(gnutls_alert_description_t)alert) == 0)
		result->alert_sent = alert;
	result->refused = true;
	return GNUTLS_E_CERTIFICATE_ERROR;
}

/* RFC 8446 4.4.2.4 has an alert of its own for it; before, OpenSSL sends
 * handshake_failure. */
static int
refuse_absence(gnutls_session_t session, struct dt_peer_result *result)
{
	result->no_certificate = true;
	dt_message_set(&result->message, "the peer sent no certificate");
	return send_alert(session, result,
	    is_tls13(session) ? GNUTLS_A_CERTIFICATE_REQUIRED
			      : GNUTLS_A_HANDSHAKE_FAILURE);
}

static int
refuse_encoding(gnutls_session_t session, struct dt_peer_result *result,
    int alert, const char *reason)
{
	dt_message_set(&result->message,
	    "the peer's certificates cannot be decoded: %s", reason);
	return send_alert(session, result, alert);
}

static int
refuse_chain(gnutls_session_t session, struct dt_peer_result *result)
{
	const struct dicomtls_verdict *v = &result->verdict;

	dt_message_set(&result->message,
	    "the peer's certificate at depth %d is refused: %d %s (%s)",
	    v->depth, v->error, dicomtls_code_name(v->error),
	    dicomtls_code_text(v->error));
	return send_alert(session, result, v->alert);
}

/* Every certificate of the path, the anchor too, has an event. */
static int
watch(int ok, const struct dicomtls_event *event, void *arg)
{
	struct peer *peer = arg;
	struct dt_peer_result *result = &peer->result;

	if (peer->rules != NULL && result->weak.text[0] == '\0')
		dt_profile_takes_certificate(
		    peer->rules, event->cert, "the certificate", &result->weak);
	return peer->fn != NULL ? peer->fn(ok, event, peer->arg) : ok;
}

/*
 * The peer's own key is about to be used: on its signature of the handshake, or
 * to encrypt for it. GnuTLS has no limit there, and the largest key that fits
 * in a message keeps it busy for most of a second. OpenSSL refuses to compute
 * when it comes to that signature, with this alert (tls_process_cert_verify,
 * tls_process_key_exchange).
 */
static int
check_cost(gnutls_session_t session, struct peer *peer)
{
	const gnutls_datum_t *leaf = &peer->list.items[0];
	struct dt_cert *cert;
	bool affordable;

	if (dt_cert_parse(&cert, dt_span(leaf->data, leaf->size), NULL, NULL) !=
	    0)
		return GNUTLS_E_MEMORY_ERROR; /* the engine has parsed it */
	affordable = dt_key_is_affordable(&cert->key);
	dt_cert_free(cert);
	if (affordable)
		return 0;
	dt_message_set(&peer->result.message,
	    "the RSA key of the peer's certificate is too large to be used");
	return send_alert(session, &peer->result, GNUTLS_A_DECRYPT_ERROR);
}

/* Runs the engine over peer->list. */
static int
judge(gnutls_session_t session, struct peer *peer)
{
	struct dt_peer_result *result = &peer->result;
	char why[160] = "";
	int e = dicomtls_verify(peer->store, peer->params, peer->list.items,
	    peer->list.count, watch, peer, &result->verdict, why, sizeof(why));

	if (e == DICOMTLS_E_FORMAT || e == DICOMTLS_E_LIMIT)
		return refuse_encoding(
		    session, result, GNUTLS_A_BAD_CERTIFICATE, why);
	result->judged = true;
	if (e == 0 && (result->verdict.result == 1 || peer->advisory))
		return check_cost(session, peer);
	return refuse_chain(session, result);
}

/* Copies a message and lists its certificates. */
static int
keep_message(struct peer *peer, struct dt_span message, bool tls13)
{
	free(peer->bytes);
	peer->list.count = 0;
	peer->bytes = malloc(message.size + 1);
	if (peer->bytes == NULL)
		return DICOMTLS_E_NOMEM;
	if (message.size > 0)
		memcpy(peer->bytes, message.data, message.size);
	return dt_certificate_message_parse(
	    &peer->list, dt_span(peer->bytes, message.size), tls13);
}

static int
judge_message(
    gnutls_session_t session, struct peer *peer, struct dt_span message)
{
	int e;

	peer->result = (struct dt_peer_result){ .alert_sent = -1 };
	peer->heard = true;
	e = keep_message(peer, message, is_tls13(session));
	if (e == DICOMTLS_E_NOMEM)
		return GNUTLS_E_MEMORY_ERROR;
	if (e == DICOMTLS_E_LIMIT)
		return refuse_encoding(session, &peer->result,
		    GNUTLS_A_BAD_CERTIFICATE, "too many of them");
	if (e != 0)
		return refuse_encoding(session, &peer->result,
		    GNUTLS_A_DECODE_ERROR, "malformed Certificate message");
	if (peer->list.count > 0)
		return judge(session, peer);
	if (is_client(session))
		return refuse_encoding(session, &peer->result,
		    GNUTLS_A_DECODE_ERROR, "the list is empty");
	return peer->required ? refuse_absence(session, &peer->result) : 0;
}

/* GnuTLS takes it where it was not offered (RFC 8879 4), and would inflate it
 * to 16 MiB. */
static int
refuse_compressed(gnutls_session_t session, struct peer *peer)
{
	dt_message_set(&peer->result.message,
	    "the peer sent a compressed certificate, which was not offered");
	return send_alert(session, &peer->result, GNUTLS_A_UNEXPECTED_MESSAGE);
}

/* A session has one hook. */
static int
on_message(gnutls_session_t session, unsigned type, unsigned when,
    unsigned incoming, const gnutls_datum_t *data)
{
	struct peer *peer = find_peer(session);
	const struct dt_span message = dt_span(data->data, data->size);
	const bool before = when == GNUTLS_HOOK_PRE;

	if (peer == NULL)
		return 0;
	if (!incoming)
		return before ? dt_peer_hello_sent(&peer->hello, type, message)
			      : 0;
	if (type == COMPRESSED_CERTIFICATE && before)
		return refuse_compressed(session, peer);
	if (type == GNUTLS_HANDSHAKE_CERTIFICATE_PKT && before)
		return judge_message(session, peer, message);
	return dt_peer_hello_heard(&peer->hello, session, type, when, message);
}

/* What GnuTLS took over must be what was judged; an empty list needs no
 * verdict. */
static bool
is_as_judged(
    const struct peer *peer, const gnutls_datum_t *items, unsigned count)
{
	const struct dt_certificate_list *list = &peer->list;

	if (count != list->count || (count > 0 && !peer->result.judged))
		return false;
	for (unsigned i = 0; i < count; i++)
		if (!dt_span_equal(dt_span(items[i].data, items[i].size),
			dt_span(list->items[i].data, list->items[i].size)))
			return false;
	return true;
}

static int
refuse_internally(
    gnutls_session_t session, struct dt_peer_result *result, const char *reason)
{
	dt_message_set(&result->message, "%s", reason);
	return send_alert(session, result, GNUTLS_A_INTERNAL_ERROR);
}

/* The program took the hook for itself: GnuTLS's list is judged, late. */
static int
judge_imported(gnutls_session_t session, struct peer *peer,
    const gnutls_datum_t *items, unsigned count)
{
	peer->result = (struct dt_peer_result){ .alert_sent = -1 };
	if (count == 0 && !is_client(session))
		return 0; /* a server that requires one never gets here */
	if (items == NULL || count == 0 || count > DT_MAX_CHAIN)
		return refuse_internally(session, &peer->result,
		    "GnuTLS holds no certificates of the peer");
	memcpy(peer->list.items, items, count * sizeof(*items));
	peer->list.count = count;
	return judge(session, peer);
}

int
dicomtls_session_verify(gnutls_session_t session)
{
	struct peer *peer = find_peer(session);
	struct dt_peer_result nothing = { .alert_sent = -1 };
	const gnutls_datum_t *items;
	unsigned count = 0;
	int e = 0;

	if (peer == NULL)
		return refuse_internally(
		    session, &nothing, "nothing is attached");
	if (peer->heard && peer->result.refused)
		return GNUTLS_E_CERTIFICATE_ERROR;
	items = gnutls_certificate_get_peers(session, &count);
	if (!peer->heard)
		e = judge_imported(session, peer, items, count);
	else if (!is_as_judged(peer, items, count))
		e = refuse_internally(session, &peer->result,
		    "GnuTLS read other certificates than were judged");
	peer->result.passed = e == 0;
	return e;
}

static int
ignore_extension(
    gnutls_session_t session, const unsigned char *data, size_t size)
{
	(void)session;
	(void)data;
	(void)size;
	return 0;
}

static int
send_nothing(gnutls_session_t session, gnutls_buffer_t buffer)
{
	(void)session;
	(void)buffer;
	return 0;
}

/* As X509_STORE_CTX_set_default: the role asks, unless the program did. And as
 * X509_VERIFY_PARAM_inherit: policies handed on from one set of parameters to
 * another are checked. */
static int
copy_params(struct peer *peer, gnutls_session_t session,
    const struct dicomtls_params *params)
{
	int e = dicomtls_params_copy(
	    &peer->params, params != NULL ? params : &dt_default_params);

	if (e == 0 && peer->params->policies.count > 0)
		e = dicomtls_params_set_flags(
		    peer->params, DICOMTLS_F_POLICY_CHECK);
	if (e != 0 || peer->params->purpose != DICOMTLS_PURPOSE_NONE)
		return e;
	return dicomtls_params_set_purpose(
	    peer->params, is_client(session) ? DICOMTLS_PURPOSE_SSL_SERVER
					     : DICOMTLS_PURPOSE_SSL_CLIENT);
}

static struct peer *
make_peer(gnutls_session_t session, const struct dt_peer_options *options)
{
	struct peer *peer = calloc(1, sizeof(*peer));

	if (peer == NULL)
		return NULL;
	peer->fn = options->fn;
	peer->arg = options->arg;
	peer->advisory = options->advisory;
	peer->required = options->required;
	peer->rules = options->rules;
	peer->result.alert_sent = -1;
	if (options->store != NULL)
		peer->store = dicomtls_store_ref(options->store);
	if (copy_params(peer, session, options->params) != 0) {
		free_peer(peer);
		return NULL;
	}
	return peer;
}

int
dt_peer_attach(gnutls_session_t session, const struct dt_peer_options *options)
{
	struct peer *peer = make_peer(session, options);
	int e;

	if (peer == NULL)
		return DICOMTLS_E_NOMEM;
	/* Refused for a second attachment: the hook is taken. */
	e = gnutls_session_ext_register(session, "dicomtls", EXTENSION_ID,
	    GNUTLS_EXT_TLS, ignore_extension, send_nothing, free_peer, NULL,
	    NULL, GNUTLS_EXT_FLAG_TLS | GNUTLS_EXT_FLAG_CLIENT_HELLO);
	if (e != 0) {
		free_peer(peer);
		return e == GNUTLS_E_MEMORY_ERROR ? DICOMTLS_E_NOMEM
						  : DICOMTLS_E_INVALID;
	}
	gnutls_ext_set_data(session, EXTENSION_ID, peer);
	gnutls_handshake_set_hook_function(
	    session, GNUTLS_HANDSHAKE_ANY, GNUTLS_HOOK_BOTH, on_message);
	return 0;
}

const struct dt_peer_result *
dt_peer_result(gnutls_session_t session)
{
	const struct peer *peer = find_peer(session);

	return peer != NULL ? &peer->result : NULL;
}

int
dicomtls_session_attach(gnutls_session_t session, struct dicomtls_store *store,
    const struct dicomtls_params *params, dicomtls_verify_fn fn, void *arg)
{
	const struct dt_peer_options options = {
		.store = store, .params = params, .fn = fn, .arg = arg
	};

	return dt_peer_attach(session, &options);
}

int
dicomtls_session_verdict(
    gnutls_session_t session, struct dicomtls_verdict *verdict)
{
	const struct dt_peer_result *result = dt_peer_result(session);

	if (result == NULL || !result->judged)
		return DICOMTLS_E_INVALID;
	*verdict = result->verdict;
	return 0;
}

/* When dates do not matter no other time is asked about. */
static int
ask_about(struct dicomtls_params *params, unsigned later)
{
	if (!params->has_time &&
	    dt_params_has(params, DICOMTLS_F_NO_CHECK_TIME))
		return 0;
	return dicomtls_params_set_time(params,
	    (params->has_time ? params->time : (int64_t)time(NULL)) + later);
}

/* By the engine alone. */
static bool
will_be_accepted(const struct peer *peer, unsigned later)
{
	struct dicomtls_params *params = NULL;
	struct dicomtls_verdict verdict = { 0 };
	int e = dicomtls_params_copy(&params, peer->params);

	if (e == 0)
		e = ask_about(params, later);
	if (e == 0)
		e = dicomtls_verify(peer->store, params, peer->list.items,
		    peer->list.count, NULL, NULL, &verdict, NULL, 0);
	dicomtls_params_free(params);
	return e == 0 && verdict.result == 1 && verdict.error == 0;
}

int
dicomtls_session_lasts(gnutls_session_t session, unsigned seconds)
{
	const struct peer *peer = find_peer(session);
	const struct dicomtls_verdict *verdict;

	if (peer == NULL || !peer->result.judged || peer->result.refused)
		return 0;
	verdict = &peer->result.verdict;
	return verdict->result == 1 && verdict->error == 0 &&
	       will_be_accepted(peer, seconds);
}

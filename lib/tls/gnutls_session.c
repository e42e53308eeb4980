/*
 * One TLS connection on GnuTLS over memory. Renegotiation is declined. Why a
 * session failed is found out in gnutls_failure.c, whether one may be
 * resumed is decided in resumption.c.
 */
#include "tls/gnutls_session.h"

#include "base/limits.h"
#include "tls/client_hello.h"
#include "tls/peer_verify.h"
#include "tls/profile_check.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

/* Plaintext of a record, and what comes around it at most (RFC 5246 6.2.3). */
#define RECORD_ROOM 16384
#define RECORD_OVERHEAD (5 + 256)
#define RECORD_CHANGE_CIPHER 20

static void
remember_tail(struct tls_session *session, struct dt_span taken)
{
	uint8_t *tail = session->tail;
	size_t size =
	    taken.size < DT_ALERT_RECORD ? taken.size : DT_ALERT_RECORD;

	if (size == 0)
		return;
	memmove(tail, tail + size, DT_ALERT_RECORD - size);
	memcpy(tail + DT_ALERT_RECORD - size, taken.data + taken.size - size,
	    size);
}

static ssize_t
pull(gnutls_transport_ptr_t arg, void *data, size_t room)
{
	struct tls_session *session = arg;
	struct dt_span held = dt_buffer_span(&session->in);
	size_t size = held.size < room ? held.size : room;

	session->starved = size == 0 && !session->eof;
	if (session->starved) {
		gnutls_transport_set_errno(session->gnutls, EAGAIN);
		return -1;
	}
	if (size > 0)
		memcpy(data, held.data, size);
	remember_tail(session, dt_span(held.data, size));
	dt_record_watch_take(
	    &session->watch, dt_span(held.data, size), session->shaken);
	dt_buffer_consume(&session->in, size);
	return (ssize_t)size;
}

static ssize_t
push(gnutls_transport_ptr_t arg, const void *data, size_t size)
{
	struct tls_session *session = arg;

	if (dt_buffer_append(&session->out, data, size) == 0)
		return (ssize_t)size;
	gnutls_transport_set_errno(session->gnutls, ENOMEM);
	return -1;
}

static void
free_session(struct tls_session *session)
{
	if (session == NULL)
		return;
	if (session->gnutls != NULL)
		gnutls_deinit(session->gnutls);
	dt_resumption_clear(&session->resumption);
	dt_buffer_clear(&session->in);
	dt_buffer_clear(&session->out);
	dt_buffer_clear(&session->first);
	free(session);
}

static gnutls_certificate_request_t
request_for(unsigned verify_mode)
{
	if ((verify_mode & TLS_VERIFY_PEER) == 0)
		return GNUTLS_CERT_IGNORE;
	return verify_mode & TLS_VERIFY_FAIL_IF_NO_PEER_CERT
		   ? GNUTLS_CERT_REQUIRE
		   : GNUTLS_CERT_REQUEST;
}

/* Called when the ClientHello has been read. Who asks for no name is served;
 * names are compared as RFC 6066 3 has them, without regard to case. */
static int
check_server_name(gnutls_session_t gnutls)
{
	const struct tls_session *session = gnutls_transport_get_ptr(gnutls);
	char name[256];
	size_t size = sizeof(name);
	unsigned type;
	int e = gnutls_server_name_get(gnutls, name, &size, &type, 0);

	if (e == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
		return 0;
	return e == 0 && strcasecmp(name, session->context->server_name) == 0
		   ? 0
		   : GNUTLS_E_UNRECOGNIZED_NAME;
}

/* In TLS 1.3 new keys follow a hello, or another hello that was asked for, and
 * no other message may share its record (RFC 8446 5.1): GnuTLS would take it as
 * if it had been encrypted. */
static int
check_boundary(struct tls_session *session)
{
	session->hellos++;
	if (gnutls_protocol_get_version(session->gnutls) < GNUTLS_TLS1_3)
		return session->hellos == 1
			   ? 0
			   : GNUTLS_E_UNSUPPORTED_VERSION_PACKET;
	return session->watch.messages.begun == session->hellos
		   ? 0
		   : GNUTLS_E_UNEXPECTED_HANDSHAKE_PACKET;
}

/* A ClientHello has been read, but not what it wants to resume. */
static int
on_hello(gnutls_session_t gnutls)
{
	struct tls_session *session = gnutls_transport_get_ptr(gnutls);
	int e =
	    session->context->is_server_name ? check_server_name(gnutls) : 0;

	if (e == 0)
		e = check_boundary(session);
	return e != 0 ? e : dt_resumption_hello(&session->resumption);
}

static int
set_role(struct tls_session *session)
{
	const struct tls_context *context = session->context;

	if (session->role == TLS_SERVER) {
		gnutls_certificate_server_set_request(
		    session->gnutls, request_for(context->verify_mode));
		gnutls_handshake_set_post_client_hello_function(
		    session->gnutls, on_hello);
		return 0;
	}
	if (context->server_name == NULL)
		return 0;
	return gnutls_server_name_set(session->gnutls, GNUTLS_NAME_DNS,
	    context->server_name, strlen(context->server_name));
}

static int
set_up(struct tls_session *session)
{
	const struct tls_context *context = session->context;
	gnutls_datum_t alpn = { (unsigned char *)DT_ALPN_NAME,
		sizeof(DT_ALPN_NAME) - 1 };
	int e;

	if ((e = gnutls_priority_set(session->gnutls, context->priority)) ||
	    (e = gnutls_credentials_set(session->gnutls, GNUTLS_CRD_CERTIFICATE,
		 context->credentials)) ||
	    (e = set_role(session)))
		return e;
	/* RFC 7301 3.2: who speaks other protocols only is turned away. Who
	 * names none is not. */
	if (context->alpn)
		e = gnutls_alpn_set_protocols(
		    session->gnutls, &alpn, 1, GNUTLS_ALPN_MANDATORY);
	gnutls_handshake_set_max_packet_length(
	    session->gnutls, DT_MAX_CERTIFICATE_MESSAGE);
	gnutls_transport_set_ptr(session->gnutls, session);
	gnutls_transport_set_pull_function(session->gnutls, pull);
	gnutls_transport_set_push_function(session->gnutls, push);
	dt_resumption_begin(&session->resumption, session->gnutls);
	return e;
}

/* SSL_VERIFY_NONE judges on the client's side and ignores the result; any
 * other bit makes a client enforce it, as OpenSSL does. */
static int
attach(struct tls_session *session, dicomtls_verify_fn verify, void *arg)
{
	const struct tls_context *context = session->context;
	const struct dt_peer_options options = {
		.store = context->store,
		.params = context->params,
		.fn = verify,
		.arg = arg,
		.advisory = session->role == TLS_CLIENT &&
			    context->verify_mode == TLS_VERIFY_NONE,
		.required =
		    request_for(context->verify_mode) == GNUTLS_CERT_REQUIRE,
		.rules = context->profile.named ? context->profile.rules : NULL,
	};

	return dt_peer_attach(session->gnutls, &options);
}

static int
session_new(struct tls_session **out, struct tls_context *context,
    enum tls_role role, dicomtls_verify_fn verify, void *arg)
{
	/* FORCE_CLIENT_CERT: otherwise a certificate whose issuer the server
	 * did not list is kept back, and the server reports its absence.
	 * KEY_SHARE_TOP: one, as OpenSSL does; a second would be computed in
	 * vain but for servers that then ask for it (RFC 8446 4.1.4). */
	const unsigned flags =
	    GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL | GNUTLS_KEY_SHARE_TOP |
	    dt_resumption_flags(context->sessions) |
	    (role == TLS_CLIENT ? GNUTLS_CLIENT | GNUTLS_FORCE_CLIENT_CERT
				: GNUTLS_SERVER);
	struct tls_session *session = calloc(1, sizeof(*session));
	int e;

	if (session == NULL)
		return DICOMTLS_E_NOMEM;
	session->context = context;
	session->role = role;
	session->resumption.cache = context->sessions;
	session->resumption.role = role;
	session->resumption.unasked =
	    role == TLS_SERVER &&
	    request_for(context->verify_mode) == GNUTLS_CERT_IGNORE;
	session->failure.alert_sent = -1;
	session->failure.alert_received = -1;
	if (gnutls_init(&session->gnutls, flags) != 0) {
		session->gnutls = NULL;
		e = DICOMTLS_E_NOMEM;
	} else {
		e = set_up(session) == 0 ? attach(session, verify, arg)
					 : DICOMTLS_E_TLS;
	}
	if (e != 0) {
		free_session(session);
		return e;
	}
	*out = session;
	return 0;
}

static void
resume(struct tls_session *session, const char *peer)
{
	dt_resumption_offer(&session->resumption, peer);
}

/* Until the handshake is over, to say why it failed. */
static void
keep_first(struct tls_session *session, const uint8_t *data, size_t size)
{
	size_t room = DT_MAX_FIRST_FLIGHT - dt_buffer_size(&session->first);

	if (!session->shaken)
		dt_buffer_append(
		    &session->first, data, size < room ? size : room);
}

static int
feed(struct tls_session *session, const uint8_t *data, size_t size)
{
	keep_first(session, data, size);
	if (!session->shaken)
		session->taken += size;
	return dt_buffer_append(&session->in, data, size);
}

static void
feed_eof(struct tls_session *session)
{
	session->eof = true;
}

static struct dt_buffer *
output(struct tls_session *session)
{
	return &session->out;
}

/* True where the call is to be made again without new input. */
static bool
may_go_on(struct tls_session *session, int e)
{
	if (e == GNUTLS_E_WARNING_ALERT_RECEIVED)
		dt_record_watch_warned(&session->watch);
	if (e == GNUTLS_E_INTERRUPTED || e == GNUTLS_E_WARNING_ALERT_RECEIVED)
		return true;
	if (e != GNUTLS_E_REHANDSHAKE)
		return false;
	return gnutls_alert_send(session->gnutls, GNUTLS_AL_WARNING,
		   GNUTLS_A_NO_RENEGOTIATION) == 0;
}

static bool
is_flooded(const struct tls_session *session)
{
	return dt_record_watch_flood(&session->watch) != NULL;
}

static enum tls_status
refuse_flood(struct tls_session *session)
{
	struct dt_outside why = { .alert = GNUTLS_A_UNEXPECTED_MESSAGE };

	dt_message_set(&why.message, "the peer sends too many %s",
	    dt_record_watch_flood(&session->watch));
	return dt_session_refuse(session, &why);
}

/* GnuTLS also answers "again" when it took a message that is not for us (a
 * session ticket) or a piece of a handshake message (RFC 8446 5.1 lets a peer
 * cut one anywhere): there may be more to read then. */
static bool
is_worth_another_try(struct tls_session *session, int e)
{
	if (e == GNUTLS_E_AGAIN)
		return !session->starved && !is_flooded(session);
	return may_go_on(session, e) && !is_flooded(session);
}

/* GnuTLS passes over a ChangeCipherSpec before the first ClientHello, where it
 * is unexpected (RFC 8446 5). */
static bool
begins_out_of_order(const struct tls_session *session)
{
	struct dt_span first = dt_buffer_span(&session->first);

	return session->role == TLS_SERVER && first.size > 0 &&
	       first.data[0] == RECORD_CHANGE_CIPHER;
}

static enum tls_status
handshake(struct tls_session *session)
{
	struct dt_outside why;
	int e;

	if (session->failed)
		return TLS_FAILED;
	if (session->shaken)
		return TLS_OK;
	if (begins_out_of_order(session))
		return dt_session_fail(
		    session, GNUTLS_E_UNEXPECTED_PACKET, "handshake");
	do {
		session->starved = false;
		e = gnutls_handshake(session->gnutls);
	} while (is_worth_another_try(session, e));
	if (is_flooded(session) && e != GNUTLS_E_FATAL_ALERT_RECEIVED)
		return refuse_flood(session);
	if (e == GNUTLS_E_AGAIN && session->taken > DT_MAX_HANDSHAKE)
		e = GNUTLS_E_HANDSHAKE_TOO_LARGE;
	if (e == GNUTLS_E_AGAIN)
		return TLS_WANT_INPUT;
	if (e != 0)
		return dt_session_fail(session, e, "handshake");
	if (!dt_profile_holds(
		&session->context->profile, session->gnutls, &why))
		return dt_session_refuse(session, &why);
	session->shaken = true;
	/* A Certificate that comes later is not judged but unexpected. */
	gnutls_handshake_set_hook_function(
	    session->gnutls, GNUTLS_HANDSHAKE_ANY, GNUTLS_HOOK_BOTH, NULL);
	dt_record_watch_rest(&session->watch);
	dt_buffer_clear(&session->first);
	dt_resumption_shaken(&session->resumption);
	return TLS_OK;
}

static enum tls_status
read_data(struct tls_session *session, uint8_t *data, size_t *size)
{
	ssize_t n;

	if (session->failed)
		return TLS_FAILED;
	do {
		session->starved = false;
		n = gnutls_record_recv(session->gnutls, data, *size);
	} while (n < 0 && is_worth_another_try(session, (int)n));
	dt_resumption_heard(&session->resumption);
	if (n > 0)
		dt_record_watch_rest(&session->watch);
	if (n != GNUTLS_E_FATAL_ALERT_RECEIVED && n != 0 && is_flooded(session))
		return refuse_flood(session);
	if (n == GNUTLS_E_AGAIN)
		return TLS_WANT_INPUT;
	if (n < 0)
		return dt_session_fail(session, (int)n, "transfer");
	*size = (size_t)n;
	return n == 0 ? TLS_CLOSED : TLS_OK;
}

static enum tls_status
write_data(struct tls_session *session, const uint8_t *data, size_t size)
{
	/* Room for all records at once; without it they ask for their own. */
	dt_buffer_reserve(
	    &session->out, size + (size / RECORD_ROOM + 1) * RECORD_OVERHEAD);
	while (size > 0) {
		ssize_t n;

		if (session->failed)
			return TLS_FAILED;
		n = gnutls_record_send(session->gnutls, data, size);
		if (n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n < 0)
			return dt_session_fail(session, (int)n, "transfer");
		data += n;
		size -= (size_t)n;
	}
	return TLS_OK;
}

static void
close_session(struct tls_session *session)
{
	if (!session->failed)
		gnutls_bye(session->gnutls, GNUTLS_SHUT_WR);
}

static const struct tls_failure *
failure(const struct tls_session *session)
{
	return &session->failure;
}

static void
info(const struct tls_session *session, struct tls_info *out)
{
	const struct dt_suite *suite = dt_negotiated_suite(session->gnutls);

	out->version = dt_negotiated_version(session->gnutls);
	out->suite = suite != NULL ? suite->number : 0;
	out->suite_name = suite != NULL ? suite->name : "";
	out->resumed = gnutls_session_is_resumed(session->gnutls) != 0;
}

const struct tls_backend dt_gnutls_backend = {
	.name = "gnutls",
	.context_new = dt_gnutls_context_new,
	.context_free = dt_gnutls_context_free,
	.missing = dt_gnutls_missing,
	.session_new = session_new,
	.session_free = free_session,
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

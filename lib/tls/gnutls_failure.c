/*
 * Why a session failed, and the alert that tells the peer; see
 * gnutls_session.h.
 *
 * GnuTLS sends hardly any alert by itself; every fatal error is answered here
 * with one, unless peer_verify.c has sent it already.
 */
#include "tls/gnutls_session.h"

#include "tls/client_hello.h"
#include "tls/explain.h"
#include "tls/peer_verify.h"

/* PDU types of PS3.8 9.3 are 1 to 7; no TLS record starts so. */
static bool
peer_speaks_dicom(const struct tls_session *session)
{
	struct dt_span first = dt_buffer_span(&session->first);

	return first.size > 0 && first.data[0] >= 1 && first.data[0] <= 7;
}

static void
send_alert(struct tls_session *session, int alert)
{
	if (gnutls_alert_send(session->gnutls, GNUTLS_AL_FATAL,
		(gnutls_alert_description_t)alert) == 0)
		session->failure.alert_sent = alert;
}

static enum tls_status
note_received_alert(struct tls_session *session, int alert)
{
	struct tls_failure *f = &session->failure;
	const char *name =
	    gnutls_alert_get_name((gnutls_alert_description_t)alert);

	f->alert_received = alert;
	dt_message_set(&f->message, "the peer sent alert %d (%s)", alert,
	    name != NULL ? name : "unknown");
	return TLS_FAILED;
}

/* An OpenSSL client that refuses a certificate in TLS 1.3 sends its alert
 * before it has turned on encryption; GnuTLS only sees a record that it
 * cannot decrypt. The alert is not authentic, but the handshake is lost
 * either way and it tells why. Any alert in place of a Certificate message is
 * to GnuTLS SSL 3.0's no_certificate. -1: none. */
static int
find_plain_alert(const struct tls_session *session, int e)
{
	static const uint8_t header[] = { 21, 3, 3, 0, 2, GNUTLS_AL_FATAL };

	if ((e != GNUTLS_E_DECRYPTION_FAILED &&
		e != GNUTLS_E_NO_CERTIFICATE_FOUND) ||
	    memcmp(session->tail, header, sizeof(header)) != 0)
		return -1;
	return session->tail[DT_ALERT_RECORD - 1];
}

static enum tls_status
note_refusal(struct tls_session *session, const struct dt_peer_result *result)
{
	struct tls_failure *f = &session->failure;

	f->no_certificate = result->no_certificate;
	f->alert_sent = result->alert_sent;
	f->message = result->message;
	if (result->judged) {
		f->verify_error = result->verdict.error;
		f->verify_depth = result->verdict.depth;
	}
	return TLS_FAILED;
}

static bool
is_end_of_input(int e)
{
	return e == GNUTLS_E_PREMATURE_TERMINATION ||
	       e == GNUTLS_E_PULL_ERROR || e == GNUTLS_E_SESSION_EOF;
}

/* OpenSSL's alerts where GnuTLS has another one. An empty list of certificates
 * is answered in peer_verify.c: where GnuTLS found none, something else was in
 * its place. */
static const struct {
	int error;
	int alert;
} alerts[] = {
	{ GNUTLS_E_HANDSHAKE_TOO_LARGE, GNUTLS_A_ILLEGAL_PARAMETER },
	{ GNUTLS_E_NO_CERTIFICATE_FOUND, GNUTLS_A_UNEXPECTED_MESSAGE },
	{ GNUTLS_E_PARSING_ERROR, GNUTLS_A_ILLEGAL_PARAMETER },
	{ GNUTLS_E_TOO_MANY_HANDSHAKE_PACKETS, GNUTLS_A_UNEXPECTED_MESSAGE },
	{ GNUTLS_E_TOO_MANY_EMPTY_PACKETS, GNUTLS_A_UNEXPECTED_MESSAGE },
};

static int
alert_for(int e)
{
	for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
		if (alerts[i].error == e)
			return alerts[i].alert;
	return gnutls_error_to_alert(e, NULL);
}

/* GnuTLS turns down a certificate or key that engine and program accepted:
 * it cannot import it, or its keyUsage lacks digitalSignature. It answers
 * internal_error to most of that; once it has agreed to the certificate, only
 * the key usage can still be the reason for that alert. */
static bool
is_certificate_trouble(const struct dt_peer_result *result, int e, int alert)
{
	if (result == NULL || !result->judged || result->refused)
		return false;
	return e == GNUTLS_E_KEY_USAGE_VIOLATION ||
	       alert == GNUTLS_A_BAD_CERTIFICATE ||
	       alert == GNUTLS_A_UNSUPPORTED_CERTIFICATE ||
	       (alert == GNUTLS_A_INTERNAL_ERROR && !result->passed);
}

/* A server that does not find what it needs in the ClientHello says no more
 * than that there is no suite. */
static int
explain_offer(struct tls_session *session, int e)
{
	int alert;

	if (session->role == TLS_CLIENT ||
	    (e != GNUTLS_E_NO_CIPHER_SUITES &&
		e != GNUTLS_E_UNSUPPORTED_VERSION_PACKET &&
		e != GNUTLS_E_NO_COMMON_KEY_SHARE &&
		e != GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM))
		return -1;
	alert = dt_client_hello_explain(&session->context->profile,
	    dt_buffer_span(&session->first), &session->failure.message);
	/* A record after the hello may have another version, too. */
	return e != GNUTLS_E_UNSUPPORTED_VERSION_PACKET ||
		       alert == GNUTLS_A_PROTOCOL_VERSION
		   ? alert
		   : -1;
}

/* What was taken away may be what is missing now. */
static void
add_missing(struct tls_session *session)
{
	const char *missing = session->context->missing.text;
	struct dt_message so_far = session->failure.message;

	if (*missing != '\0')
		dt_message_set(
		    &session->failure.message, "%s; %s", so_far.text, missing);
}

static enum tls_status
note_local_error(struct tls_session *session, int e, const char *doing)
{
	struct tls_failure *f = &session->failure;
	int alert = alert_for(e);
	int offer;

	if (peer_speaks_dicom(session)) {
		dt_message_set(
		    &f->message, "the peer speaks plain DICOM, not TLS");
		return TLS_FAILED;
	}
	if (is_end_of_input(e)) {
		dt_message_set(&f->message,
		    "the peer closed the connection during the %s", doing);
		return TLS_FAILED;
	}
	offer = explain_offer(session, e);
	if (offer >= 0) {
		alert = offer;
		add_missing(session);
	} else if (is_certificate_trouble(
		       dt_peer_result(session->gnutls), e, alert)) {
		alert = GNUTLS_A_UNSUPPORTED_CERTIFICATE;
		dt_message_set(&f->message,
		    "GnuTLS cannot use the peer's certificate: %s",
		    gnutls_strerror(e));
	} else {
		dt_message_set(
		    &f->message, "TLS %s: %s", doing, dt_explain_gnutls(e));
	}
	send_alert(session, alert);
	return TLS_FAILED;
}

static enum tls_status
note_failure(struct tls_session *session, int e, const char *doing)
{
	const struct dt_peer_result *result = dt_peer_result(session->gnutls);

	const int plain = find_plain_alert(session, e);

	if (e == GNUTLS_E_FATAL_ALERT_RECEIVED)
		return note_received_alert(
		    session, (int)gnutls_alert_get(session->gnutls));
	if (plain >= 0)
		return note_received_alert(session, plain);
	if (result != NULL && result->refused)
		return note_refusal(session, result);
	return note_local_error(session, e, doing);
}

enum tls_status
dt_session_fail(struct tls_session *session, int e, const char *doing)
{
	session->failed = true;
	note_failure(session, e, doing);
	if (session->failure.alert_received >= 0 ||
	    session->failure.alert_sent >= 0)
		dt_resumption_failed(&session->resumption);
	return TLS_FAILED;
}

enum tls_status
dt_session_refuse(struct tls_session *session, const struct dt_outside *why)
{
	session->failed = true;
	session->failure.message = why->message;
	send_alert(session, why->alert);
	dt_resumption_failed(&session->resumption);
	return TLS_FAILED;
}

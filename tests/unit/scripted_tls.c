/* TLS by script; see scripted_tls.h. */
#include "scripted_tls.h"

#include <stdlib.h>

struct tls_session {
	struct dt_buffer in;
	struct dt_buffer out;
	struct tls_failure failure;
};

static int
context_new(struct tls_context **context, const struct tls_config *config,
    struct dt_message *why)
{
	(void)config;
	(void)why;
	*context = NULL;
	return 0;
}

static void
context_free(struct tls_context *context)
{
	(void)context;
}

static const char *
missing(const struct tls_context *context)
{
	(void)context;
	return "";
}

static int
session_new(struct tls_session **session, struct tls_context *context,
    enum tls_role role, dicomtls_verify_fn verify, void *arg)
{
	struct tls_session *made = calloc(1, sizeof(*made));

	(void)context;
	(void)verify;
	(void)arg;
	if (made == NULL)
		return DICOMTLS_E_NOMEM;
	made->failure.alert_sent = -1;
	made->failure.alert_received = -1;
	if (role == TLS_CLIENT)
		dt_buffer_byte(&made->out, 'h');
	*session = made;
	return 0;
}

static void
session_free(struct tls_session *session)
{
	dt_buffer_clear(&session->in);
	dt_buffer_clear(&session->out);
	free(session);
}

static int
feed(struct tls_session *session, const uint8_t *data, size_t size)
{
	return dt_buffer_append(&session->in, data, size);
}

static void
feed_eof(struct tls_session *session)
{
	(void)session;
}

static struct dt_buffer *
output(struct tls_session *session)
{
	return &session->out;
}

/* The next byte of the peer, which is then gone; 0: none. */
static uint8_t
take(struct tls_session *session)
{
	struct dt_span in = dt_buffer_span(&session->in);
	uint8_t byte = in.size > 0 ? in.data[0] : 0;

	dt_buffer_consume(&session->in, in.size > 0);
	return byte;
}

static enum tls_status
handshake(struct tls_session *session)
{
	uint8_t byte = take(session);

	if (byte == 0)
		return TLS_WANT_INPUT;
	if (byte == 'H')
		return TLS_OK;
	if (byte == 'A') {
		session->failure.alert_received = 48;
	} else {
		session->failure.alert_sent = 42;
		dt_buffer_byte(&session->out, '!');
	}
	return TLS_FAILED;
}

static enum tls_status
read_data(struct tls_session *session, uint8_t *data, size_t *size)
{
	uint8_t byte = take(session);

	if (byte == 0)
		return TLS_WANT_INPUT;
	if (byte == 'C')
		return TLS_CLOSED;
	if (byte == 'A') {
		session->failure.alert_received = 48;
		return TLS_FAILED;
	}
	*data = byte;
	*size = 1;
	return TLS_OK;
}

static enum tls_status
write_data(struct tls_session *session, const uint8_t *data, size_t size)
{
	return dt_buffer_append(&session->out, data, size) == 0 ? TLS_OK
								: TLS_FAILED;
}

static void
close_session(struct tls_session *session)
{
	dt_buffer_byte(&session->out, 'c');
}

static const struct tls_failure *
failure(const struct tls_session *session)
{
	return &session->failure;
}

static void
info(const struct tls_session *session, struct tls_info *out)
{
	(void)session;
	*out = (struct tls_info){ .version = TLS_V1_3, .suite_name = "" };
}

const struct tls_backend scripted_tls = {
	.name = "scripted",
	.context_new = context_new,
	.context_free = context_free,
	.missing = missing,
	.session_new = session_new,
	.session_free = session_free,
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

/*
 * Moving bytes between two sessions until both have an answer.
 */
#include "handshake.h"

#include <stdio.h>
#include <stdlib.h>

/* Far more than a handshake takes. */
#define MAX_ROUNDS 40

struct end {
	struct hs_side *side;
	struct tls_context *context;
	struct tls_session *session;
	bool over;
};

void
hs_require(bool ok, const char *what)
{
	if (ok)
		return;
	printf("# cannot go on: %s\n", what);
	fflush(stdout);
	abort();
}

struct tls_config
hs_config(void)
{
	return (struct tls_config){
		.verify_depth = -1, .auth_level = -1, .file_type = TLS_FILE_PEM
	};
}

static int
record(int ok, const struct dicomtls_event *event, void *arg)
{
	struct hs_side *side = arg;

	hs_require(side->count < HS_MAX_EVENTS, "too many events");
	side->events[side->count++] =
	    (struct hs_event){ dicomtls_event_ok(event),
		    dicomtls_event_depth(event), dicomtls_event_error(event) };
	return side->accept ? 1 : ok;
}

static void
start(struct end *end, enum tls_role role)
{
	struct hs_side *side = end->side;
	struct dt_message why = { "" };

	side->count = 0;
	side->shaken = side->linked = false;
	end->context = side->context;
	hs_require(
	    end->context != NULL || side->backend->context_new(&end->context,
					&side->config, &why) == 0,
	    why.text);
	hs_require(side->backend->session_new(
		       &end->session, end->context, role, record, side) == 0,
	    "session");
	if (role == TLS_CLIENT)
		side->backend->resume(end->session, "peer");
}

static void
step(struct end *end)
{
	struct hs_side *side = end->side;
	enum tls_status status;
	uint8_t byte = 'x';
	size_t size = 1;

	if (end->over)
		return;
	if (!side->shaken) {
		status = side->backend->handshake(end->session);
		end->over = status == TLS_FAILED;
		if (status != TLS_OK)
			return;
		side->shaken = true;
		side->backend->info(end->session, &side->info);
		hs_require(
		    side->backend->write(end->session, &byte, 1) == TLS_OK,
		    "write");
	}
	status = side->backend->read(end->session, &byte, &size);
	end->over = status != TLS_WANT_INPUT;
	side->linked = status == TLS_OK && size == 1 && byte == 'x';
}

static bool
carry(struct end *from, struct end *to)
{
	struct dt_buffer *out = from->side->backend->output(from->session);
	struct dt_span bytes = dt_buffer_span(out);

	if (bytes.size == 0)
		return false;
	hs_require(
	    to->side->backend->feed(to->session, bytes.data, bytes.size) == 0,
	    "feed");
	dt_buffer_consume(out, bytes.size);
	return true;
}

static void
stop(struct end *end)
{
	end->side->failure = *end->side->backend->failure(end->session);
	if (end->side->linked)
		end->side->backend->close(end->session);
	end->side->backend->session_free(end->session);
	if (end->side->context == NULL)
		end->side->backend->context_free(end->context);
}

void
hs_run(struct hs_side *client, struct hs_side *server)
{
	struct end c = { .side = client };
	struct end s = { .side = server };
	bool moved = true;

	start(&c, TLS_CLIENT);
	start(&s, TLS_SERVER);
	for (int round = 0; moved; round++) {
		hs_require(round < MAX_ROUNDS, "no end in sight");
		step(&c);
		moved = carry(&c, &s);
		step(&s);
		moved |= carry(&s, &c);
	}
	stop(&c);
	stop(&s);
}

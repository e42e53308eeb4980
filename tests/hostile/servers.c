/* A client and the servers it meets; see servers.h. */
#include "hostile/servers.h"

#include "backend/raw_tls.h"
#include "load/tell.h"

#include <stdio.h>

/* Far more than a handshake takes. */
enum { ROUNDS = 40, SERVER_HELLO = 2, MESSAGE = 4, ID = MESSAGE + 2 + 32 };

struct meeting {
	const struct server_row *row;
	const struct tls_backend *tls;
	struct tls_session *client;
	struct raw_end server;
	struct dt_buffer out; /* of the server */
	bool served;	      /* its data are on the way */
};

/* RFC 8446 4.1.3. */
static void
set_sentinel(uint8_t *hello, unsigned last)
{
	static const char text[] = "DOWNGRD";

	memcpy(hello + ID - 8, text, 7);
	hello[ID - 1] = (uint8_t)last;
}

/* The octet that tells the length of the session's name comes before it. */
static void
set_field(const struct server_row *row, uint8_t *hello)
{
	uint8_t *suite = hello + ID + 1 + hello[ID];

	if (row->field == SENTINEL)
		set_sentinel(hello, row->value);
	if (row->field == SESSION)
		hello[ID + 1] ^= (uint8_t)row->value;
	if (row->field == COMPRESSION)
		suite[2] = (uint8_t)row->value;
	if (row->field != SUITE)
		return;
	suite[0] = (uint8_t)(row->value >> 8);
	suite[1] = (uint8_t)row->value;
}

static int
on_message(gnutls_session_t session, unsigned type, unsigned when,
    unsigned incoming, const gnutls_datum_t *message)
{
	const struct meeting *meeting = gnutls_session_get_ptr(session);

	(void)when;
	if (incoming)
		return 0;
	message_edit(&meeting->row->edit, type, message);
	if (type == SERVER_HELLO)
		set_field(meeting->row, message->data - MESSAGE);
	return 0;
}

static void
serve(struct meeting *meeting)
{
	if (meeting->served || raw_end_step(&meeting->server) != 1)
		return;
	meeting->served = true;
	if (meeting->row->sealed.count > 0)
		seal(meeting->server.session, &meeting->row->sealed,
		    &meeting->out);
	gnutls_record_send(meeting->server.session, "x", 1);
}

static enum tls_status
ask(struct meeting *meeting)
{
	enum tls_status status = meeting->tls->handshake(meeting->client);
	uint8_t data[16];
	size_t size = sizeof(data);

	return status != TLS_OK
		   ? status
		   : meeting->tls->read(meeting->client, data, &size);
}

static void
carry(struct dt_buffer *from, struct dt_buffer *to)
{
	dt_buffer_append(to, dt_buffer_span(from).data, dt_buffer_size(from));
	dt_buffer_consume(from, dt_buffer_size(from));
}

static int
outcome_of(struct meeting *meeting, enum tls_status status)
{
	const struct tls_failure *failure =
	    meeting->tls->failure(meeting->client);

	if (status == TLS_OK)
		return ENDED_ANSWERED;
	return failure->alert_sent >= 0 ? failure->alert_sent : ENDED_CLOSED;
}

static int
meet(struct meeting *meeting)
{
	enum tls_status status = TLS_WANT_INPUT;

	for (int i = 0; i < ROUNDS && status == TLS_WANT_INPUT; i++) {
		status = ask(meeting);
		carry(
		    meeting->tls->output(meeting->client), &meeting->server.in);
		serve(meeting);
		meeting->tls->feed(meeting->client,
		    dt_buffer_span(&meeting->out).data,
		    dt_buffer_size(&meeting->out));
		dt_buffer_consume(&meeting->out, dt_buffer_size(&meeting->out));
	}
	return outcome_of(meeting, status);
}

static bool
open_server(
    struct meeting *meeting, gnutls_certificate_credentials_t credentials)
{
	const char *priority =
	    meeting->row->old	  ? "NORMAL:-VERS-ALL:+VERS-TLS1.2"
				    ":-CIPHER-ALL:+AES-128-GCM"
	    : meeting->row->again ? "NORMAL:-VERS-ALL:+VERS-TLS1.3"
				    ":-GROUP-ALL:+GROUP-SECP384R1"
				  : raw_priority;

	if (!raw_end_open(
		&meeting->server, GNUTLS_SERVER, credentials, &meeting->out) ||
	    gnutls_priority_set_direct(
		meeting->server.session, priority, NULL) != 0)
		return false;
	gnutls_session_set_ptr(meeting->server.session, meeting);
	gnutls_handshake_set_hook_function(meeting->server.session,
	    GNUTLS_HANDSHAKE_ANY, GNUTLS_HOOK_PRE, on_message);
	return true;
}

static int
play(const struct server_row *row, const struct tls_backend *tls,
    struct tls_context *context, gnutls_certificate_credentials_t credentials)
{
	struct meeting meeting = { .row = row, .tls = tls };
	int outcome = ENDED_BROKEN;

	if (tls->session_new(
		&meeting.client, context, TLS_CLIENT, NULL, NULL) != 0)
		return outcome;
	if (open_server(&meeting, credentials))
		outcome = meet(&meeting);
	tls->session_free(meeting.client);
	raw_end_close(&meeting.server);
	dt_buffer_clear(&meeting.out);
	return outcome;
}

static void
play_all(const struct tls_backend *tls, bool reference,
    struct tls_context *context, gnutls_certificate_credentials_t credentials)
{
	unsigned deviations = 0;

	for (const struct server_row *row = server_rows; row->name != NULL;
	     row++) {
		const int differs = reference ? row->openssl : row->ours;
		const int wanted = differs != 0 ? differs : row->wanted;
		const int outcome = play(row, tls, context, credentials);

		if (outcome != wanted)
			printf(
			    "# ended with %d instead of %d\n", outcome, wanted);
		deviations += differs != 0;
		tell(outcome == wanted, "server: %s: %d, by %s%s", row->name,
		    wanted, row->clause, differs != 0 ? " otherwise" : "");
	}
	printf("# %u rows end otherwise than by their clause\n", deviations);
}

int
servers_main(
    const struct tls_backend *client, bool reference, int argc, char **argv)
{
	struct tls_config config = { .verify_mode = TLS_VERIFY_PEER,
		.verify_depth = -1,
		.auth_level = -1,
		.file_type = TLS_FILE_PEM };
	gnutls_certificate_credentials_t credentials;
	struct tls_context *context;
	struct dt_message why = { "" };

	if (argc != 6 ||
	    gnutls_certificate_allocate_credentials(&credentials) != 0 ||
	    gnutls_certificate_set_x509_key_file(
		credentials, argv[1], argv[2], GNUTLS_X509_FMT_PEM) < 0)
		return 2;
	config.ca_file = argv[3];
	config.certificate_file = argv[4];
	config.key_file = argv[5];
	if (client->context_new(&context, &config, &why) != 0) {
		printf("Bail out! %s\n", why.text);
		return 1;
	}
	play_all(client, reference, context, credentials);
	client->context_free(context);
	gnutls_certificate_free_credentials(credentials);
	return tell_end();
}

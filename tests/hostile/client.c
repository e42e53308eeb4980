/* A real client and what it meets; see client.h. */
#include "hostile/client.h"

#include "load/raw_peer.h"

bool
client_flush(struct client *client)
{
	const struct client_row *row = client->row;
	bool sent;

	if (dt_buffer_size(&client->out) == 0)
		return true;
	if (++client->flight == 2 && row->change != NULL)
		row->change(&client->out, row);
	sent = wire_send(&client->wire, dt_buffer_span(&client->out));
	dt_buffer_consume(&client->out, dt_buffer_size(&client->out));
	return sent;
}

static bool
receive(struct client *client)
{
	struct dt_buffer *in = &client->wire.in;
	bool good = wire_receive(&client->wire);

	dt_buffer_append(
	    &client->end.in, dt_buffer_span(in).data, dt_buffer_size(in));
	dt_buffer_consume(in, dt_buffer_size(in));
	return good;
}

/* Until the end says more than "again": its number, or ENDED_CLOSED. */
static int
drive(struct client *client, int (*step)(struct client *client))
{
	for (;;) {
		int e = step(client);

		/* Where the listener has closed, its reason is still to read.
		 */
		client_flush(client);
		if (e == GNUTLS_E_WARNING_ALERT_RECEIVED)
			client->warning =
			    (int)gnutls_alert_get(client->end.session);
		else if (e == GNUTLS_E_FATAL_ALERT_RECEIVED)
			return (int)gnutls_alert_get(client->end.session);
		else if (e == GNUTLS_E_SESSION_EOF)
			return CLOSE_NOTIFY;
		else if (e != GNUTLS_E_AGAIN && e != GNUTLS_E_INTERRUPTED)
			return e == 0 ? -1 : ENDED_BROKEN;
		else if (e == GNUTLS_E_AGAIN &&
			 dt_buffer_size(&client->end.in) == 0 &&
			 !receive(client))
			return ENDED_CLOSED;
	}
}

static int
shake(struct client *client)
{
	return gnutls_handshake(client->end.session);
}

/* The first octet of an answer tells A-ASSOCIATE-AC. */
static int
hear(struct client *client)
{
	uint8_t octets[4096];
	ssize_t n =
	    gnutls_record_recv(client->end.session, octets, sizeof(octets));

	return n > 0 ? 0 : n == 0 ? GNUTLS_E_SESSION_EOF : (int)n;
}

int
client_hear(struct client *client)
{
	return drive(client, hear);
}

int
client_shake_again(struct client *client)
{
	int e;

	do {
		e = gnutls_handshake(client->end.session);
		client_flush(client);
	} while (e == GNUTLS_E_INTERRUPTED ||
		 (e == GNUTLS_E_AGAIN && receive(client)));
	return e;
}

bool
client_ask(struct client *client)
{
	struct dt_buffer request = { 0 };
	ssize_t n;

	raw_associate_request(&request);
	n = gnutls_record_send(client->end.session,
	    dt_buffer_span(&request).data, dt_buffer_size(&request));
	dt_buffer_clear(&request);
	return n > 0 && client_flush(client);
}

struct identity {
	gnutls_certificate_credentials_t of[3]; /* by enum client_key */
};

static int
on_message(gnutls_session_t session, unsigned type, unsigned when,
    unsigned incoming, const gnutls_datum_t *message)
{
	const struct client *client = gnutls_session_get_ptr(session);

	(void)when;
	if (!incoming)
		message_edit(&client->row->edit, type, message);
	return 0;
}

static bool
hook(struct client *client)
{
	gnutls_session_set_ptr(client->end.session, client);
	gnutls_handshake_set_hook_function(client->end.session,
	    GNUTLS_HANDSHAKE_ANY, GNUTLS_HOOK_PRE, on_message);
	return true;
}

static int
send_nothing(gnutls_session_t session, gnutls_buffer_t extension)
{
	const struct client *client = gnutls_session_get_ptr(session);

	(void)extension;
	/* Empty, and not in a second hello. */
	return client->flight == 0 ? GNUTLS_E_INT_RET_0 : 0;
}

static int
take_nothing(
    gnutls_session_t session, const unsigned char *extension, size_t size)
{
	(void)session;
	(void)extension;
	(void)size;
	return 0;
}

/* GnuTLS announces early data with a session alone. */
static bool
announce_early_data(struct client *client)
{
	return gnutls_session_ext_register(client->end.session, "early_data",
		   42, GNUTLS_EXT_TLS, take_nothing, send_nothing, NULL, NULL,
		   NULL,
		   GNUTLS_EXT_FLAG_OVERRIDE_INTERNAL |
		       GNUTLS_EXT_FLAG_CLIENT_HELLO | GNUTLS_EXT_FLAG_TLS) == 0;
}

static bool
start(struct client *client, const struct client_row *row, unsigned port,
    const struct identity *identity)
{
	const char *priority =
	    row->old ? "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-GCM"
	    : row->again ? "NORMAL:-VERS-ALL:+VERS-TLS1.3"
			   ":-GROUP-ALL:+GROUP-FFDHE8192:+GROUP-SECP256R1"
			 : raw_priority;

	return wire_open(&client->wire, port) &&
	       raw_end_open(&client->end, GNUTLS_CLIENT, identity->of[row->key],
		   &client->out) &&
	       gnutls_priority_set_direct(
		   client->end.session, priority, NULL) == 0 &&
	       (!row->early || announce_early_data(client)) && hook(client);
}

/* The handshake, what comes then, and what the listener says to it. */
static int
talk(struct client *client)
{
	const struct client_row *row = client->row;
	int outcome = drive(client, shake);

	if (outcome >= 0)
		return outcome;
	if (row->then == NULL)
		client_ask(client);
	else if (!row->then(client))
		return ENDED_BROKEN;
	outcome = client_hear(client);
	return outcome == -1 ? ENDED_ANSWERED : outcome;
}

static int
play(unsigned port, const struct client_row *row,
    const struct identity *identity)
{
	struct client client = { .wire.fd = -1, .warning = -1, .row = row };
	int outcome = ENDED_BROKEN;

	if (start(&client, row, port, identity))
		outcome = talk(&client);
	raw_end_close(&client.end);
	wire_close(&client.wire);
	dt_buffer_clear(&client.out);
	return outcome;
}

/* Certificate and key need not belong together; without a certificate, none. */
static gnutls_certificate_credentials_t
load(const char *certificate, const char *key)
{
	gnutls_certificate_credentials_t credentials;

	if (gnutls_certificate_allocate_credentials(&credentials) != 0)
		return NULL;
	gnutls_certificate_set_flags(
	    credentials, GNUTLS_CERTIFICATE_SKIP_KEY_CERT_MATCH);
	if (certificate == NULL ||
	    gnutls_certificate_set_x509_key_file(
		credentials, certificate, key, GNUTLS_X509_FMT_PEM) >= 0)
		return credentials;
	gnutls_certificate_free_credentials(credentials);
	return NULL;
}

void
changed_rows(unsigned port, const struct tls_config *own, row_ended ended)
{
	static const struct client_row *const tables[] = { changed_rows_1_2,
		changed_rows_1_3, after_rows_1_2, after_rows_1_3 };
	struct identity identity = {
		{ load(own->certificate_file, own->key_file),
		    load(own->certificate_file, "other.key"), load(NULL, NULL) }
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (const struct client_row *row = tables[i];
		     row->name != NULL; row++) {
			const struct row_end end = { i < 2 ? "changed"
							   : "after",
				row->name, row->clause, row->wanted,
				row->openssl, row->ours };

			ended(&end, play(port, row, &identity));
		}
	for (size_t i = 0; i < 3; i++)
		gnutls_certificate_free_credentials(identity.of[i]);
}

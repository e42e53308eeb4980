/*
 * A real client, GnuTLS's, with its own certificate, whose octets are changed
 * on the way, or that does after the handshake what no client does. What the
 * listener answers is decrypted, so that TLS 1.3 is seen as well.
 */
#include "hostile/alerts.h"
#include "hostile/rows.h"
#include "hostile/wire.h"

#include "backend/raw_tls.h"
#include "load/raw_peer.h"

#include <stdio.h>

struct client {
	struct wire wire;
	struct raw_end end;
	struct dt_buffer out;
	unsigned flight; /* how many have gone */
	int warning;	 /* last one that came, -1: none */
};

struct row {
	const char *name;
	int wanted;
	bool old; /* TLS 1.2, otherwise 1.3 */
	/* What happens to the second flight: Certificate to Finished. */
	void (*change)(struct dt_buffer *flight, const struct row *row);
	unsigned type; /* of the handshake message or record that is meant */
	/* What is done when the client's handshake is over; NULL: it asks for
	 * an association. */
	bool (*then)(struct client *client);
	bool wrong_key;
};

enum { CERTIFICATE = 11, CERTIFICATE_VERIFY = 15, HEADER = 5, MESSAGE = 4 };

/* -------------------------------------------------------------- changes -- */

/* The offset of the record, the first of its type; for a handshake record in
 * clear, the first that begins with that message. */
static bool
find_record(struct dt_span flight, unsigned type, unsigned message,
    struct dt_span *record)
{
	while (flight.size > HEADER) {
		size_t size =
		    HEADER + (size_t)(flight.data[3] << 8 | flight.data[4]);

		*record = dt_span(flight.data, size);
		if (flight.data[0] == type &&
		    (message == 0 || flight.data[HEADER] == message))
			return true;
		flight = dt_span_tail(flight, size);
	}
	return false;
}

static uint8_t *
octet_of(struct dt_buffer *flight, struct dt_span record, size_t at)
{
	return flight->data + flight->start +
	       (record.data - dt_buffer_span(flight).data) + at;
}

static void
flip_message(struct dt_buffer *flight, const struct row *row)
{
	struct dt_span record;

	if (find_record(
		dt_buffer_span(flight), RECORD_HANDSHAKE, row->type, &record))
		*octet_of(flight, record, record.size - 1) ^= 1;
}

/* rsa_pkcs1_sha256, which a key on P-256 cannot make. */
static void
change_algorithm(struct dt_buffer *flight, const struct row *row)
{
	struct dt_span record;

	if (!find_record(
		dt_buffer_span(flight), RECORD_HANDSHAKE, row->type, &record))
		return;
	*octet_of(flight, record, HEADER + MESSAGE) = 0x04;
	*octet_of(flight, record, HEADER + MESSAGE + 1) = 0x01;
}

static void
leave_out(struct dt_buffer *flight, const struct row *row)
{
	struct dt_buffer kept = { 0 };
	struct dt_span all = dt_buffer_span(flight), record;

	if (!find_record(all, RECORD_HANDSHAKE, row->type, &record))
		return;
	dt_buffer_append(&kept, all.data, (size_t)(record.data - all.data));
	all = dt_span_tail(all, (size_t)(record.data - all.data) + record.size);
	dt_buffer_append(&kept, all.data, all.size);
	dt_buffer_clear(flight);
	*flight = kept;
}

static void
leave_out_cipher_change(struct dt_buffer *flight, const struct row *row)
{
	struct dt_buffer kept = { 0 };
	struct dt_span all = dt_buffer_span(flight), record;

	(void)row;
	if (!find_record(all, RECORD_CHANGE_CIPHER, 0, &record))
		return;
	dt_buffer_append(&kept, all.data, (size_t)(record.data - all.data));
	all = dt_span_tail(all, (size_t)(record.data - all.data) + record.size);
	dt_buffer_append(&kept, all.data, all.size);
	dt_buffer_clear(flight);
	*flight = kept;
}

/* Of the last record, Finished in both versions. */
static void
flip_last(struct dt_buffer *flight, const struct row *row)
{
	(void)row;
	flight->data[flight->end - 1] ^= 1;
}

static void
put_before(struct dt_buffer *flight, const char *octets)
{
	struct dt_buffer all = { 0 };

	hex_append(&all, octets);
	dt_buffer_append(
	    &all, dt_buffer_span(flight).data, dt_buffer_size(flight));
	dt_buffer_clear(flight);
	*flight = all;
}

static void
put_clear_message(struct dt_buffer *flight, const struct row *row)
{
	(void)row;
	put_before(flight, "16 0303 0008 0b 000004 00 000000");
}

static void
put_clear_data(struct dt_buffer *flight, const struct row *row)
{
	(void)row;
	put_before(flight, "17 0303 0020"
			   "00000000000000000000000000000000"
			   "00000000000000000000000000000000");
}

static void
put_long_record(struct dt_buffer *flight, const struct row *row)
{
	struct dt_buffer long_one = { 0 };

	(void)row;
	hex_append(&long_one, "17 0303 4901");
	for (size_t i = 0; i < 0x4901; i++)
		dt_buffer_byte(&long_one, 0);
	dt_buffer_clear(flight);
	*flight = long_one;
}

static void
put_short_record(struct dt_buffer *flight, const struct row *row)
{
	(void)row;
	put_before(flight, "17 0303 0001 00");
}

static void
put_strange_cipher_change(struct dt_buffer *flight, const struct row *row)
{
	(void)row;
	put_before(flight, "14 0303 0001 02");
}

/* --------------------------------------------------------------- client -- */

static bool
flush(struct client *client, const struct row *row)
{
	bool sent;

	if (dt_buffer_size(&client->out) == 0)
		return true;
	if (++client->flight == 2 && row != NULL && row->change != NULL)
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
drive(struct client *client, const struct row *row,
    int (*step)(struct client *client))
{
	for (;;) {
		int e = step(client);

		/* Where the listener has closed, its reason is still to read.
		 */
		flush(client, row);
		if (e == GNUTLS_E_WARNING_ALERT_RECEIVED)
			client->warning =
			    (int)gnutls_alert_get(client->end.session);
		else if (e == GNUTLS_E_FATAL_ALERT_RECEIVED)
			return (int)gnutls_alert_get(client->end.session);
		else if (e == GNUTLS_E_SESSION_EOF)
			return CLOSE_NOTIFY;
		else if (e != GNUTLS_E_AGAIN && e != GNUTLS_E_INTERRUPTED)
			return e == 0 ? -1 : ENDED_BROKEN;
		else if (e == GNUTLS_E_AGAIN && !receive(client))
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

static bool
ask(struct client *client)
{
	struct dt_buffer request = { 0 };
	ssize_t n;

	raw_associate_request(&request);
	n = gnutls_record_send(client->end.session,
	    dt_buffer_span(&request).data, dt_buffer_size(&request));
	dt_buffer_clear(&request);
	return n > 0 && flush(client, NULL);
}

static bool
flip_data(struct client *client)
{
	gnutls_record_send(client->end.session, "data", 4);
	client->out.data[client->out.end - 1] ^= 1;
	return flush(client, NULL);
}

static bool
double_data(struct client *client)
{
	struct dt_buffer twice = { 0 };
	bool sent;

	gnutls_record_send(client->end.session, "\1", 1);
	for (int i = 0; i < 2; i++)
		dt_buffer_append(&twice, dt_buffer_span(&client->out).data,
		    dt_buffer_size(&client->out));
	sent = wire_send(&client->wire, dt_buffer_span(&twice));
	dt_buffer_clear(&twice);
	return sent;
}

/* FIN in the middle of an association, without close_notify. */
static bool
truncate_stream(struct client *client)
{
	if (!ask(client) || drive(client, NULL, hear) != -1)
		return false;
	wire_finish(&client->wire);
	return true;
}

static bool
truncate_record(struct client *client)
{
	gnutls_record_send(client->end.session, "data", 4);
	client->out.end--;
	flush(client, NULL);
	wire_finish(&client->wire);
	return true;
}

static bool
say_goodbye(struct client *client)
{
	gnutls_bye(client->end.session, GNUTLS_SHUT_WR);
	return flush(client, NULL);
}

static bool
send_alert(struct client *client)
{
	gnutls_alert_send(
	    client->end.session, GNUTLS_AL_FATAL, GNUTLS_A_INTERNAL_ERROR);
	return flush(client, NULL);
}

static bool
warn_without_end(struct client *client)
{
	for (int i = 0; i < 10000; i++) {
		gnutls_alert_send(client->end.session, GNUTLS_AL_WARNING,
		    GNUTLS_A_USER_CANCELED);
		if (!flush(client, NULL))
			break;
	}
	ask(client); /* in TLS 1.3 nobody is there any more */
	return true;
}

static bool
send_nothing_without_end(struct client *client)
{
	for (int i = 0; i < 10000; i++) {
		gnutls_record_send(client->end.session, "", 0);
		if (!flush(client, NULL))
			break;
	}
	return ask(client);
}

static bool
renew_keys_without_end(struct client *client)
{
	for (int i = 0; i < 1000; i++) {
		gnutls_session_key_update(client->end.session, 0);
		if (!flush(client, NULL))
			break;
	}
	return true;
}

/* no_renegotiation comes first (RFC 5246 7.2.2); who then goes on with data
 * in the middle of its handshake is sent away. */
static bool
renegotiate(struct client *client)
{
	int e;

	do {
		e = gnutls_handshake(client->end.session);
		flush(client, NULL);
	} while (e == GNUTLS_E_INTERRUPTED ||
		 (e == GNUTLS_E_AGAIN && receive(client)));
	return e == GNUTLS_E_WARNING_ALERT_RECEIVED &&
	       gnutls_alert_get(client->end.session) ==
		   GNUTLS_A_NO_RENEGOTIATION &&
	       ask(client);
}

/* ----------------------------------------------------------------- rows -- */

static const struct row rows[] = {
	{ .name = "1.2: nothing is changed",
	    .wanted = ENDED_ANSWERED,
	    .old = true },
	{ "1.2: CertificateVerify, a bit flipped", DECRYPT_ERROR, .old = true,
	    .change = flip_message, .type = CERTIFICATE_VERIFY },
	{ "1.2: CertificateVerify by another key", DECRYPT_ERROR, .old = true,
	    .wrong_key = true },
	{ "1.2: CertificateVerify by an algorithm of another key",
	    ILLEGAL_PARAMETER, .old = true, .change = change_algorithm,
	    .type = CERTIFICATE_VERIFY },
	{ "1.2: CertificateVerify left out", UNEXPECTED_MESSAGE, .old = true,
	    .change = leave_out, .type = CERTIFICATE_VERIFY },
	{ "1.2: Certificate left out", UNEXPECTED_MESSAGE, .old = true,
	    .change = leave_out, .type = CERTIFICATE },
	{ "1.2: Certificate, a bit of its signature flipped", DECRYPT_ERROR,
	    .old = true, .change = flip_message, .type = CERTIFICATE },
	{ "1.2: ChangeCipherSpec left out", UNEXPECTED_MESSAGE, .old = true,
	    .change = leave_out_cipher_change },
	{ "1.2: Finished, a bit flipped", BAD_RECORD_MAC, .old = true,
	    .change = flip_last },
	{ "1.2: data before Finished", UNEXPECTED_MESSAGE, .old = true,
	    .change = put_clear_data },
	{ "1.2: data, a bit flipped", BAD_RECORD_MAC, .old = true,
	    .then = flip_data },
	{ "1.2: a record twice", BAD_RECORD_MAC, .old = true,
	    .then = double_data },
	{ "1.2: FIN in an association", ENDED_CLOSED, .old = true,
	    .then = truncate_stream },
	{ "1.2: FIN in a record", DECODE_ERROR, .old = true,
	    .then = truncate_record },
	{ "1.2: close_notify at once", ENDED_CLOSED, .old = true,
	    .then = say_goodbye },
	{ "1.2: a fatal alert", ENDED_CLOSED, .old = true, .then = send_alert },
	{ "1.2: warnings without end", UNEXPECTED_MESSAGE, .old = true,
	    .then = warn_without_end },
	{ "1.2: empty records without end", ENDED_ANSWERED, .old = true,
	    .then = send_nothing_without_end },
	{ "1.2: renegotiation", UNEXPECTED_MESSAGE, .old = true,
	    .then = renegotiate },
	{ .name = "1.3: nothing is changed", .wanted = ENDED_ANSWERED },
	{ "1.3: CertificateVerify by another key", DECRYPT_ERROR,
	    .wrong_key = true },
	{ "1.3: Finished, a bit flipped", BAD_RECORD_MAC, .change = flip_last },
	{ "1.3: a message in clear", BAD_RECORD_MAC,
	    .change = put_clear_message },
	{ "1.3: a record nobody has encrypted", BAD_RECORD_MAC,
	    .change = put_clear_data },
	{ "1.3: a record longer than 2^14 + 256", RECORD_OVERFLOW,
	    .change = put_long_record },
	{ "1.3: a record too short for its tag", BAD_RECORD_MAC,
	    .change = put_short_record },
	{ "1.3: ChangeCipherSpec of 2", UNEXPECTED_MESSAGE,
	    .change = put_strange_cipher_change },
	{ "1.3: data, a bit flipped", BAD_RECORD_MAC, .then = flip_data },
	{ "1.3: a record twice", BAD_RECORD_MAC, .then = double_data },
	{ "1.3: FIN in an association", ENDED_CLOSED, .then = truncate_stream },
	{ "1.3: FIN in a record", DECODE_ERROR, .then = truncate_record },
	{ "1.3: close_notify at once", ENDED_CLOSED, .then = say_goodbye },
	{ "1.3: a fatal alert", ENDED_CLOSED, .then = send_alert },
	{ "1.3: warnings without end", ENDED_CLOSED, .then = warn_without_end },
	{ "1.3: empty records without end", ENDED_ANSWERED,
	    .then = send_nothing_without_end },
	{ "1.3: key updates without end", UNEXPECTED_MESSAGE,
	    .then = renew_keys_without_end },
};

struct identity {
	gnutls_certificate_credentials_t right, wrong;
};

static bool
start(struct client *client, const struct row *row, unsigned port,
    const struct identity *identity)
{
	const char *priority =
	    row->old ? "NORMAL:-VERS-ALL:+VERS-TLS1.2" : raw_priority;

	return wire_open(&client->wire, port) &&
	       raw_end_open(&client->end, GNUTLS_CLIENT,
		   row->wrong_key ? identity->wrong : identity->right,
		   &client->out) &&
	       gnutls_priority_set_direct(
		   client->end.session, priority, NULL) == 0;
}

/* The handshake, what comes then, and what the listener says to it. */
static int
talk(struct client *client, const struct row *row)
{
	int outcome = drive(client, row, shake);

	if (outcome >= 0)
		return outcome;
	if (!(row->then != NULL ? row->then : ask)(client) && row->then != NULL)
		return ENDED_BROKEN;
	outcome = drive(client, NULL, hear);
	return outcome == -1 ? ENDED_ANSWERED : outcome;
}

static int
play(unsigned port, const struct row *row, const struct identity *identity)
{
	struct client client = { .wire.fd = -1, .warning = -1 };
	int outcome = ENDED_BROKEN;

	if (start(&client, row, port, identity))
		outcome = talk(&client, row);
	raw_end_close(&client.end);
	wire_close(&client.wire);
	dt_buffer_clear(&client.out);
	return outcome;
}

/* Certificate and key need not belong together. */
static gnutls_certificate_credentials_t
load(const char *certificate, const char *key)
{
	gnutls_certificate_credentials_t credentials;

	if (gnutls_certificate_allocate_credentials(&credentials) != 0)
		return NULL;
	gnutls_certificate_set_flags(
	    credentials, GNUTLS_CERTIFICATE_SKIP_KEY_CERT_MATCH);
	if (gnutls_certificate_set_x509_key_file(
		credentials, certificate, key, GNUTLS_X509_FMT_PEM) >= 0)
		return credentials;
	gnutls_certificate_free_credentials(credentials);
	return NULL;
}

void
changed_rows(unsigned port, const struct tls_config *own, row_ended ended)
{
	struct identity identity = { load(own->certificate_file, own->key_file),
		load(own->certificate_file, "other.key") };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ended("changed", rows[i].name, rows[i].wanted,
		    play(port, &rows[i], &identity));
	gnutls_certificate_free_credentials(identity.right);
	gnutls_certificate_free_credentials(identity.wrong);
}

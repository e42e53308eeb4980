/*
 * What a real client does when its handshake is over, and should not.
 */
#include "hostile/client.h"

static bool
flip_data(struct client *client)
{
	gnutls_record_send(client->end.session, "data", 4);
	client->out.data[client->out.end - 1] ^= 1;
	return client_flush(client);
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
	if (!client_ask(client) || client_hear(client) != -1)
		return false;
	wire_finish(&client->wire);
	return true;
}

static bool
truncate_record(struct client *client)
{
	gnutls_record_send(client->end.session, "data", 4);
	client->out.end--;
	client_flush(client);
	wire_finish(&client->wire);
	return true;
}

static bool
say_goodbye(struct client *client)
{
	gnutls_bye(client->end.session, GNUTLS_SHUT_WR);
	return client_flush(client);
}

static bool
send_alert(struct client *client)
{
	gnutls_alert_send(
	    client->end.session, GNUTLS_AL_FATAL, GNUTLS_A_INTERNAL_ERROR);
	return client_flush(client);
}

static bool
warn_without_end(struct client *client)
{
	for (int i = 0; i < 10000; i++) {
		gnutls_alert_send(client->end.session, GNUTLS_AL_WARNING,
		    GNUTLS_A_USER_CANCELED);
		if (!client_flush(client))
			break;
	}
	client_ask(client); /* in TLS 1.3 nobody is there any more */
	return true;
}

static bool
renew_keys_without_end(struct client *client)
{
	for (int i = 0; i < 1000; i++) {
		gnutls_session_key_update(client->end.session, 0);
		if (!client_flush(client))
			break;
	}
	client_ask(client); /* who may be gone */
	return true;
}

/* no_renegotiation comes first (RFC 5246 7.2.2); who then goes on with data
 * in the middle of its handshake is sent away. */
static bool
renegotiate(struct client *client)
{
	const int e = client_shake_again(client);

	return e == GNUTLS_E_WARNING_ALERT_RECEIVED &&
	       gnutls_alert_get(client->end.session) ==
		   GNUTLS_A_NO_RENEGOTIATION &&
	       client_ask(client);
}

static bool
send_all(struct client *client, const struct sealed *sealed)
{
	struct dt_buffer out = { 0 };
	const bool made = seal(client->end.session, sealed, &out);

	wire_send(&client->wire, dt_buffer_span(&out));
	dt_buffer_clear(&out);
	return made;
}

/* A listener that has had enough of it may be gone. */
static bool
send_sealed(struct client *client)
{
	return send_all(client, &client->row->sealed);
}

static bool
send_sealed_and_ask(struct client *client)
{
	return send_sealed(client) && client_ask(client);
}

static bool
send_long_record(struct client *client)
{
	static const struct sealed record = { RECORD_DATA, NULL, 1, 16384 + 1 };

	return send_all(client, &record);
}

const struct client_row after_rows_1_2[] = {
	{ "1.2: data, a bit flipped", "RFC 5246 7.2.2", BAD_RECORD_MAC,
	    .old = true, .then = flip_data },
	{ "1.2: a record twice", "RFC 5246 6.2.3.1", BAD_RECORD_MAC,
	    .old = true, .then = double_data },
	{ "1.2: FIN in an association", "RFC 5246 7.2.1", ENDED_CLOSED,
	    .old = true, .then = truncate_stream, .openssl = DECODE_ERROR },
	{ "1.2: FIN in a record", "RFC 5246 7.2.1", DECODE_ERROR, .old = true,
	    .then = truncate_record },
	{ "1.2: close_notify at once", "RFC 5246 7.2.1", ENDED_CLOSED,
	    .old = true, .then = say_goodbye },
	{ "1.2: a fatal alert", "RFC 5246 7.2", ENDED_CLOSED, .old = true,
	    .then = send_alert },
	{ "1.2: warnings without end", "DT_MAX_WARNINGS", UNEXPECTED_MESSAGE,
	    .old = true, .then = warn_without_end },
	{ "1.2: renegotiation", "RFC 5246 7.2.2", ENDED_ANSWERED, .old = true,
	    .then = renegotiate, .ours = UNEXPECTED_MESSAGE },
	{ "1.2: four warnings", "DT_MAX_WARNINGS", ENDED_ANSWERED, .old = true,
	    .then = send_sealed_and_ask, .sealed = { 21, "01 5a", 4, 0 } },
	{ "1.2: five warnings", "DT_MAX_WARNINGS", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed, .sealed = { 21, "01 5a", 5, 0 } },
	{ "1.2: HelloRequest of a client", "RFC 5246 7.4.1.1",
	    UNEXPECTED_MESSAGE, .old = true, .then = send_sealed,
	    .sealed = { 22, "00 000000", 1, 0 } },
	{ "1.2: 33 hellos", "DT_MAX_IDLE_RECORDS", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed_and_ask,
	    .sealed = { 22, "01 000000", 33, 0 }, .openssl = ENDED_ANSWERED },
	{ "1.2: ChangeCipherSpec again", "RFC 5246 7.1", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed, .sealed = { 20, "01", 1, 0 } },
	{ "1.2: Finished again", "RFC 5246 7.4.9", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed,
	    .sealed = { 22, "14 00000c 000000000000000000000000", 1, 0 } },
	{ "1.2: two alerts in one record", "RFC 8446 5.1", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed_and_ask,
	    .sealed = { 21, "01 5a 02 28", 1, 0 }, .ours = ENDED_ANSWERED },
	{ "1.2: 32 empty records", "DT_MAX_IDLE_RECORDS", ENDED_ANSWERED,
	    .old = true, .then = send_sealed_and_ask,
	    .sealed = { 23, "", 32, 0 } },
	{ "1.2: 33 empty records", "DT_MAX_IDLE_RECORDS", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed, .sealed = { 23, "", 33, 0 } },
	{ "1.2: a heartbeat", "RFC 6520 3", UNEXPECTED_MESSAGE, .old = true,
	    .then = send_sealed, .sealed = { 24, "01 4000", 1, 0 } },
	{ "1.2: a type nobody knows", "RFC 8446 5", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed, .sealed = { 99, "00", 1, 0 } },
	{ "1.2: data of 2^14 + 1 octets", "RFC 8446 5.2", RECORD_OVERFLOW,
	    .old = true, .then = send_long_record, .sealed = { 23, "", 1, 0 } },
	{ "1.2: half an alert", "RFC 8446 5.1", UNEXPECTED_MESSAGE, .old = true,
	    .then = send_sealed, .sealed = { 21, "02", 1, 0 } },
	{ "1.2: an empty alert", "RFC 8446 5.4", UNEXPECTED_MESSAGE,
	    .old = true, .then = send_sealed_and_ask,
	    .sealed = { 21, "", 1, 0 }, .ours = ENDED_ANSWERED },
	{ .name = NULL },
};

const struct client_row after_rows_1_3[] = {
	{ "1.3: data, a bit flipped", "RFC 8446 5.2", BAD_RECORD_MAC,
	    .then = flip_data },
	{ "1.3: a record twice", "RFC 8446 5.3", BAD_RECORD_MAC,
	    .then = double_data },
	{ "1.3: FIN in an association", "RFC 8446 6.1", ENDED_CLOSED,
	    .then = truncate_stream, .openssl = DECODE_ERROR },
	{ "1.3: FIN in a record", "RFC 8446 6.1", DECODE_ERROR,
	    .then = truncate_record },
	{ "1.3: close_notify at once", "RFC 8446 6.1", ENDED_CLOSED,
	    .then = say_goodbye },
	{ "1.3: a fatal alert", "RFC 8446 6.2", ENDED_CLOSED,
	    .then = send_alert },
	{ "1.3: warnings without end", "RFC 8446 6", ENDED_CLOSED,
	    .then = warn_without_end, .openssl = UNEXPECTED_MESSAGE },
	{ "1.3: key updates without end", "DT_MAX_IDLE_RECORDS",
	    UNEXPECTED_MESSAGE, .then = renew_keys_without_end,
	    .openssl = ENDED_ANSWERED },
	{ "1.3: a warning nobody knows", "RFC 8446 6", ENDED_CLOSED,
	    .then = send_sealed, .sealed = { 21, "01 fe", 1, 0 } },
	{ "1.3: NewSessionTicket of a client", "RFC 8446 4.6.1",
	    UNEXPECTED_MESSAGE, .then = send_sealed,
	    .sealed = { 22, "04 000000", 1, 0 } },
	{ "1.3: CertificateRequest of a client", "RFC 8446 4.6.2",
	    UNEXPECTED_MESSAGE, .then = send_sealed,
	    .sealed = { 22, "0d 000003 00 0000", 1, 0 } },
	{ "1.3: a ClientHello", "RFC 8446 4.1.2", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 22, "01 000000", 1, 0 } },
	{ "1.3: Certificate nobody asked for", "RFC 8446 4.6.2",
	    UNEXPECTED_MESSAGE, .then = send_sealed,
	    .sealed = { 22, "0b 000004 00 000000", 1, 0 } },
	{ "1.3: Finished again", "RFC 8446 4", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 22, "14 000000", 1, 0 } },
	{ "1.3: KeyUpdate of 2", "RFC 8446 4.6.3", ILLEGAL_PARAMETER,
	    .then = send_sealed, .sealed = { 22, "18 000001 02", 1, 0 } },
	{ "1.3: KeyUpdate of two octets", "RFC 8446 6.2", DECODE_ERROR,
	    .then = send_sealed, .sealed = { 22, "18 000002 0000", 1, 0 },
	    .openssl = ILLEGAL_PARAMETER },
	{ "1.3: a message after KeyUpdate in its record", "RFC 8446 5.1",
	    UNEXPECTED_MESSAGE, .then = send_sealed_and_ask,
	    .sealed = { 22, "18 000001 00 18 000001 00", 1, 0 },
	    .ours = BAD_RECORD_MAC },
	{ "1.3: ChangeCipherSpec, encrypted", "RFC 8446 5", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 20, "01", 1, 0 } },
	{ "1.3: a record without a type", "RFC 8446 5.4", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 0, "000000", 1, 0 },
	    .ours = BAD_RECORD_MAC },
	{ "1.3: an empty handshake record", "RFC 8446 5.4", UNEXPECTED_MESSAGE,
	    .then = send_sealed_and_ask, .sealed = { 22, "", 1, 0 } },
	{ "1.3: 32 empty records", "DT_MAX_IDLE_RECORDS", ENDED_ANSWERED,
	    .then = send_sealed_and_ask, .sealed = { 23, "", 32, 0 } },
	{ "1.3: 33 empty records", "DT_MAX_IDLE_RECORDS", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 23, "", 33, 0 } },
	{ "1.3: a heartbeat", "RFC 6520 3", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 24, "01 4000", 1, 0 } },
	{ "1.3: a type nobody knows", "RFC 8446 5", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 99, "00", 1, 0 } },
	{ "1.3: data of 2^14 + 1 octets", "RFC 8446 5.2", RECORD_OVERFLOW,
	    .then = send_long_record, .sealed = { 23, "", 1, 0 } },
	{ "1.3: half an alert", "RFC 8446 5.1", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 21, "02", 1, 0 } },
	{ "1.3: an empty alert", "RFC 8446 5.4", UNEXPECTED_MESSAGE,
	    .then = send_sealed, .sealed = { 21, "", 1, 0 } },
	{ .name = NULL },
};

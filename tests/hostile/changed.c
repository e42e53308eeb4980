/*
 * What is changed in the second flight of a real client: octets on the way,
 * and messages before they are encrypted.
 */
#include "hostile/client.h"

enum {
	CERTIFICATE = 11,
	CERTIFICATE_VERIFY = 15,
	FINISHED = 20,
	HEADER = 5,
	MESSAGE = 4,
	EARLY_RECORD = 1024
};

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
flip_message(struct dt_buffer *flight, const struct client_row *row)
{
	struct dt_span record;

	if (find_record(
		dt_buffer_span(flight), RECORD_HANDSHAKE, row->type, &record))
		*octet_of(flight, record, record.size - 1) ^= 1;
}

/* rsa_pkcs1_sha256, which a key on P-256 cannot make. */
static void
change_algorithm(struct dt_buffer *flight, const struct client_row *row)
{
	struct dt_span record;

	if (!find_record(
		dt_buffer_span(flight), RECORD_HANDSHAKE, row->type, &record))
		return;
	*octet_of(flight, record, HEADER + MESSAGE) = 0x04;
	*octet_of(flight, record, HEADER + MESSAGE + 1) = 0x01;
}

static void
leave_out(struct dt_buffer *flight, const struct client_row *row)
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
leave_out_cipher_change(struct dt_buffer *flight, const struct client_row *row)
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
flip_last(struct dt_buffer *flight, const struct client_row *row)
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
put_clear_message(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_before(flight, "16 0303 0008 0b 000004 00 000000");
}

static void
put_clear_data(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_before(flight, "17 0303 0020"
			   "00000000000000000000000000000000"
			   "00000000000000000000000000000000");
}

static void
put_long_record(struct dt_buffer *flight, const struct client_row *row)
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
put_short_record(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_before(flight, "17 0303 0001 00");
}

static void
put_times(struct dt_buffer *flight, const char *octets, unsigned times)
{
	while (times-- > 0)
		put_before(flight, octets);
}

static void
put_four_warnings(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_times(flight, "15 0303 0002 01 5a", 4);
}

static void
put_five_warnings(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_times(flight, "15 0303 0002 01 5a", 5);
}

static void
put_31_cipher_changes(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_times(flight, "14 0303 0001 01", 31);
}

static void
put_32_cipher_changes(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_times(flight, "14 0303 0001 01", 32);
}

static void
put_strange_cipher_change(
    struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_before(flight, "14 0303 0001 02");
}

static void
put_early_data(struct dt_buffer *flight, size_t size)
{
	struct dt_buffer all = { 0 };

	for (; size > 0; size -= EARLY_RECORD) {
		hex_append(&all, "17 0303 0400");
		for (size_t i = 0; i < EARLY_RECORD; i++)
			dt_buffer_byte(&all, 0);
	}
	dt_buffer_append(
	    &all, dt_buffer_span(flight).data, dt_buffer_size(flight));
	dt_buffer_clear(flight);
	*flight = all;
}

static void
put_16k_of_early_data(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_early_data(flight, 16 * EARLY_RECORD);
}

static void
put_17k_of_early_data(struct dt_buffer *flight, const struct client_row *row)
{
	(void)row;
	put_early_data(flight, 17 * EARLY_RECORD);
}

const struct client_row changed_rows_1_2[] = {
	{ .name = "1.2: nothing is changed",
	    .clause = "RFC 5246 7.3",
	    .wanted = ENDED_ANSWERED,
	    .old = true },
	{ "1.2: CertificateVerify, a bit flipped", "RFC 5246 7.4.8",
	    DECRYPT_ERROR, .old = true, .change = flip_message,
	    .type = CERTIFICATE_VERIFY },
	{ "1.2: CertificateVerify by another key", "RFC 5246 7.4.8",
	    DECRYPT_ERROR, .old = true, .key = WRONG_KEY },
	{ "1.2: CertificateVerify by an algorithm of another key",
	    "RFC 5246 7.4.8", ILLEGAL_PARAMETER, .old = true,
	    .change = change_algorithm, .type = CERTIFICATE_VERIFY },
	{ "1.2: CertificateVerify left out", "RFC 5246 7.4.8",
	    UNEXPECTED_MESSAGE, .old = true, .change = leave_out,
	    .type = CERTIFICATE_VERIFY },
	{ "1.2: Certificate left out", "RFC 5246 7.4.6", UNEXPECTED_MESSAGE,
	    .old = true, .change = leave_out, .type = CERTIFICATE },
	{ "1.2: Certificate, a bit of its signature flipped", "RFC 5246 7.2.2",
	    DECRYPT_ERROR, .old = true, .change = flip_message,
	    .type = CERTIFICATE },
	{ "1.2: ChangeCipherSpec left out", "RFC 5246 7.4.9",
	    UNEXPECTED_MESSAGE, .old = true,
	    .change = leave_out_cipher_change },
	{ "1.2: Finished, a bit flipped", "RFC 5246 7.2.2", BAD_RECORD_MAC,
	    .old = true, .change = flip_last },
	{ "1.2: data before Finished", "RFC 5246 7.4.9", UNEXPECTED_MESSAGE,
	    .old = true, .change = put_clear_data },
	{ "1.2: Finished, wrong verify_data", "RFC 5246 7.4.9", DECRYPT_ERROR,
	    .old = true, .edit = { FINISHED, 4, 0x0100 } },
	{ "1.2: Finished, the last octet of verify_data", "RFC 5246 7.4.9",
	    DECRYPT_ERROR, .old = true, .edit = { FINISHED, 14, 0x0001 } },
	{ "1.2: Finished that is none", "RFC 5246 7.3", UNEXPECTED_MESSAGE,
	    .old = true, .edit = { FINISHED, 0, (20 ^ 99) << 8 } },
	{ "1.2: no certificate", "RFC 5246 7.4.6", HANDSHAKE_FAILURE,
	    .old = true, .key = NO_KEY },
	{ "1.2: four warnings in the handshake", "DT_MAX_WARNINGS",
	    ENDED_ANSWERED, .old = true, .change = put_four_warnings,
	    .ours = UNEXPECTED_MESSAGE },
	{ "1.2: five warnings in the handshake", "DT_MAX_WARNINGS",
	    UNEXPECTED_MESSAGE, .old = true, .change = put_five_warnings },
	{ .name = NULL },
};

const struct client_row changed_rows_1_3[] = {
	{ .name = "1.3: nothing is changed",
	    .clause = "RFC 8446 2",
	    .wanted = ENDED_ANSWERED },
	{ "1.3: CertificateVerify by another key", "RFC 8446 4.4.3",
	    DECRYPT_ERROR, .key = WRONG_KEY },
	{ "1.3: Finished, a bit flipped", "RFC 8446 5.2", BAD_RECORD_MAC,
	    .change = flip_last },
	{ "1.3: a message in clear", "RFC 8446 5.2", UNEXPECTED_MESSAGE,
	    .change = put_clear_message, .ours = BAD_RECORD_MAC },
	{ "1.3: a record nobody has encrypted", "RFC 8446 5.2", BAD_RECORD_MAC,
	    .change = put_clear_data },
	{ "1.3: a record longer than 2^14 + 256", "RFC 8446 5.2",
	    RECORD_OVERFLOW, .change = put_long_record },
	{ "1.3: a record too short for its tag", "RFC 8446 5.2", BAD_RECORD_MAC,
	    .change = put_short_record },
	{ "1.3: ChangeCipherSpec of 2", "RFC 8446 5", UNEXPECTED_MESSAGE,
	    .change = put_strange_cipher_change, .openssl = ILLEGAL_PARAMETER },
	{ "1.3: Finished, wrong verify_data", "RFC 8446 4.4.4", DECRYPT_ERROR,
	    .edit = { FINISHED, 4, 0x0100 } },
	{ "1.3: Finished, the last octet of verify_data", "RFC 8446 4.4.4",
	    DECRYPT_ERROR, .edit = { FINISHED, 34, 0x0001 } },
	{ "1.3: CertificateVerify, a bit flipped", "RFC 8446 4.4.3",
	    DECRYPT_ERROR, .edit = { CERTIFICATE_VERIFY, 40, 0x0100 } },
	{ "1.3: CertificateVerify by a scheme that was not offered",
	    "RFC 8446 4.4.3", ILLEGAL_PARAMETER,
	    .edit = { CERTIFICATE_VERIFY, 4, 0x0403 ^ 0x0203 } },
	{ "1.3: CertificateVerify by a scheme of another key", "RFC 8446 4.4.3",
	    ILLEGAL_PARAMETER,
	    .edit = { CERTIFICATE_VERIFY, 4, 0x0403 ^ 0x0804 } },
	{ "1.3: CertificateVerify by a scheme of TLS 1.2", "RFC 8446 4.4.3",
	    ILLEGAL_PARAMETER,
	    .edit = { CERTIFICATE_VERIFY, 4, 0x0403 ^ 0x0401 } },
	{ "1.3: Finished in place of CertificateVerify", "RFC 8446 4",
	    UNEXPECTED_MESSAGE,
	    .edit = { CERTIFICATE_VERIFY, 0, (15 ^ 20) << 8 } },
	{ "1.3: CertificateVerify in place of Certificate", "RFC 8446 4",
	    UNEXPECTED_MESSAGE, .edit = { CERTIFICATE, 0, (11 ^ 15) << 8 } },
	{ "1.3: a compressed Certificate", "RFC 8879 4", UNEXPECTED_MESSAGE,
	    .edit = { CERTIFICATE, 0, (11 ^ 25) << 8 } },
	{ "1.3: Certificate of another request", "RFC 8446 4.4.2", DECODE_ERROR,
	    .edit = { CERTIFICATE, 4, 0x0100 } },
	{ "1.3: no certificate", "RFC 8446 4.4.2.4", CERTIFICATE_REQUIRED,
	    .key = NO_KEY },
	{ "1.3: EndOfEarlyData without early data", "RFC 8446 4.5",
	    UNEXPECTED_MESSAGE, .edit = { CERTIFICATE, 0, (11 ^ 5) << 8 } },
	{ "1.3: 31 times ChangeCipherSpec and its own", "DT_MAX_IDLE_RECORDS",
	    ENDED_ANSWERED, .change = put_31_cipher_changes },
	{ "1.3: 32 times ChangeCipherSpec and its own", "DT_MAX_IDLE_RECORDS",
	    UNEXPECTED_MESSAGE, .change = put_32_cipher_changes },
	{ "1.3: early_data announced, none sent", "RFC 8446 4.2.10",
	    ENDED_ANSWERED, .early = true },
	{ "1.3: early data that is not taken", "RFC 8446 4.2.10",
	    ENDED_ANSWERED, .early = true, .change = put_16k_of_early_data },
	{ "1.3: more than 16 KiB of early data", "RFC 8446 4.2.10",
	    UNEXPECTED_MESSAGE, .early = true,
	    .change = put_17k_of_early_data },
	{ "1.3: a second hello", "RFC 8446 4.1.2", ENDED_ANSWERED,
	    .again = true },
	{ "1.3: early data before a second hello", "RFC 8446 4.2.10",
	    ENDED_ANSWERED, .early = true, .again = true,
	    .change = put_16k_of_early_data },
	{ "1.3: data before a second hello", "RFC 8446 5.2", UNEXPECTED_MESSAGE,
	    .again = true, .change = put_clear_data },
	{ .name = NULL },
};

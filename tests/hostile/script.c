/* What a peer without a TLS library does, step by step; see script.h. */
#include "hostile/script.h"

#include "hostile/rows.h"

#include <stdlib.h>

static const struct hello usual = { 0 };

bool
send_octets(struct wire *wire, const struct step *step)
{
	struct dt_buffer out = { 0 };
	size_t times = step->count > 0 ? step->count : 1;

	hex_append(&out, step->text);
	while (times-- > 0 && wire_send(wire, dt_buffer_span(&out)))
		;
	dt_buffer_clear(&out);
	return true;
}

/* Records of so many octets each, with these octets between them. */
static bool
send_pieces(struct wire *wire, const struct step *step, unsigned version)
{
	struct dt_buffer message = { 0 }, out = { 0 };
	struct dt_span rest;

	hello_append(&message, step->hello != NULL ? step->hello : &usual);
	rest = dt_buffer_span(&message);
	while (rest.size > 0) {
		size_t size = rest.size < step->count ? rest.size : step->count;

		record_append(
		    &out, RECORD_HANDSHAKE, version, dt_span(rest.data, size));
		rest = dt_span_tail(rest, size);
		if (rest.size > 0)
			hex_append(&out, step->text);
	}
	wire_send(wire, dt_buffer_span(&out));
	dt_buffer_clear(&message);
	dt_buffer_clear(&out);
	return true;
}

bool
send_hello_in_pieces(struct wire *wire, const struct step *step)
{
	return send_pieces(wire, step, 0x0301);
}

bool
send_hello(struct wire *wire, const struct step *step)
{
	const struct step whole = { .hello = step->hello, .count = 16384 };

	return send_pieces(wire, &whole, 0x0301);
}

bool
send_hello_again(struct wire *wire, const struct step *step)
{
	const struct step whole = { .hello = step->hello, .count = 16384 };

	return send_pieces(wire, &whole, 0x0303);
}

/* Two messages in one record: the hello, and these octets. */
bool
send_hello_and(struct wire *wire, const struct step *step)
{
	struct dt_buffer message = { 0 }, out = { 0 };

	hello_append(&message, step->hello != NULL ? step->hello : &usual);
	hex_append(&message, step->text);
	record_append(&out, RECORD_HANDSHAKE, 0x0301, dt_buffer_span(&message));
	wire_send(wire, dt_buffer_span(&out));
	dt_buffer_clear(&message);
	dt_buffer_clear(&out);
	return true;
}

bool
send_octets_and_zeros(struct wire *wire, const struct step *step)
{
	struct dt_buffer out = { 0 };
	uint8_t *zeros = calloc(1, step->count);

	hex_append(&out, step->text);
	if (zeros != NULL)
		dt_buffer_append(&out, zeros, step->count);
	free(zeros);
	wire_send(wire, dt_buffer_span(&out));
	dt_buffer_clear(&out);
	return true;
}

bool
await_flight(struct wire *wire, const struct step *step)
{
	(void)step;
	return wire_await_flight(wire);
}

bool
await_retry(struct wire *wire, const struct step *step)
{
	(void)step;
	return wire_await_retry(wire);
}

bool
send_zero_records(struct wire *wire, const struct step *step)
{
	static const uint8_t zeros[16384];
	struct dt_buffer out = { 0 };

	for (size_t i = 0; i < step->count; i++)
		record_append(&out, RECORD_HANDSHAKE, 0x0303,
		    dt_span(zeros, sizeof(zeros)));
	wire_send(wire, dt_buffer_span(&out));
	dt_buffer_clear(&out);
	return true;
}

bool
send_finish(struct wire *wire, const struct step *step)
{
	(void)step;
	wire_finish(wire);
	return true;
}

static const struct {
	const char *name;
	const struct row *rows;
} tables[] = {
	{ "record", record_rows },
	{ "order", order_rows },
	{ "alert", alert_rows },
	{ "hello", hello_rows },
	{ "version", version_rows },
	{ "extension", extension_rows },
	{ "form", form_rows },
	{ "retry", retry_rows },
};

static int
play(unsigned port, const struct row *row)
{
	const size_t most = sizeof(row->steps) / sizeof(row->steps[0]);
	struct wire wire;
	bool done = wire_open(&wire, port);
	int outcome = ENDED_BROKEN;

	for (size_t i = 0; done && i < most && row->steps[i].act != NULL; i++)
		done = row->steps[i].act(&wire, &row->steps[i]);
	if (done)
		outcome = wire_outcome(&wire);
	wire_close(&wire);
	return outcome;
}

void
scripted_rows(unsigned port, row_ended ended)
{
	for (size_t g = 0; g < sizeof(tables) / sizeof(tables[0]); g++)
		for (const struct row *row = tables[g].rows; row->name != NULL;
		     row++) {
			const struct row_end end = { tables[g].name, row->name,
				row->clause, row->wanted, row->openssl,
				row->ours };

			ended(&end, play(port, row));
		}
}

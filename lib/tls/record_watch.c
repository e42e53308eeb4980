/* Records that bring nothing, counted; see record_watch.h. */
#include "tls/record_watch.h"

#include "base/limits.h"

enum { RECORD_HANDSHAKE = 22, RECORD_DATA = 23 };

/* In a handshake messages come in records of these two types; a message may be
 * cut into any number of them (DT_MAX_HANDSHAKE bounds their octets). */
static bool
may_bring_something(const struct dt_record_watch *watch, bool shaken)
{
	const unsigned type = watch->header[0];
	const bool empty = watch->header[3] == 0 && watch->header[4] == 0;

	return !shaken && !empty &&
	       (type == RECORD_HANDSHAKE || type == RECORD_DATA);
}

static void
end_record(struct dt_record_watch *watch, bool shaken)
{
	if (!may_bring_something(watch, shaken))
		watch->idle++;
	watch->held = 0;
}

/* A message has a header of its own (RFC 8446 4), wherever records end. */
static void
count_messages(struct dt_record_watch *watch, struct dt_span octets)
{
	const size_t header = sizeof(watch->messages.header);

	while (octets.size > 0) {
		const uint8_t *h = watch->messages.header;
		size_t taken = 1;

		if (watch->messages.held < header) {
			watch->messages.begun += watch->messages.held == 0;
			watch->messages.header[watch->messages.held++] =
			    octets.data[0];
			watch->messages.left =
			    (size_t)h[1] << 16 | (size_t)h[2] << 8 | h[3];
		} else {
			taken = octets.size < watch->messages.left
				    ? octets.size
				    : watch->messages.left;
			watch->messages.left -= taken;
		}
		octets = dt_span_tail(octets, taken);
		if (watch->messages.held == header && watch->messages.left == 0)
			watch->messages.held = 0;
	}
}

void
dt_record_watch_take(
    struct dt_record_watch *watch, struct dt_span octets, bool shaken)
{
	const size_t header = sizeof(watch->header);

	while (octets.size > 0) {
		size_t taken = 1;

		if (watch->held < header) {
			/* GnuTLS may pass over many in one call. */
			watch->over |= watch->idle > DT_MAX_IDLE_RECORDS;
			watch->header[watch->held++] = octets.data[0];
			watch->left =
			    (size_t)(watch->header[3] << 8 | watch->header[4]);
		} else {
			taken = octets.size < watch->left ? octets.size
							  : watch->left;
			watch->left -= taken;
			if (watch->header[0] == RECORD_HANDSHAKE && !shaken)
				count_messages(
				    watch, dt_span(octets.data, taken));
		}
		octets = dt_span_tail(octets, taken);
		if (watch->held == header && watch->left == 0)
			end_record(watch, shaken);
	}
}

void
dt_record_watch_warned(struct dt_record_watch *watch)
{
	watch->warnings++;
}

void
dt_record_watch_rest(struct dt_record_watch *watch)
{
	watch->idle = 0;
	watch->warnings = 0;
}

const char *
dt_record_watch_flood(const struct dt_record_watch *watch)
{
	if (watch->warnings >= DT_MAX_WARNINGS)
		return "warnings";
	return watch->over || watch->idle > DT_MAX_IDLE_RECORDS
		   ? "records without data"
		   : NULL;
}

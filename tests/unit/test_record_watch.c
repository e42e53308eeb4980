/* Records that bring nothing are counted, whatever pieces they come in. */
#include "base/limits.h"
#include "tls/record_watch.h"

#include <criterion/criterion.h>

static const uint8_t empty[] = { 23, 3, 3, 0, 0 };
static const uint8_t cipher_change[] = { 20, 3, 3, 0, 1, 1 };
static const uint8_t warning[] = { 21, 3, 3, 0, 2, 1, 90 };
static const uint8_t message[] = { 22, 3, 3, 0, 4, 0, 0, 0, 0 };

#define SPAN(octets) dt_span(octets, sizeof(octets))

static void
take(struct dt_record_watch *watch, struct dt_span octets, unsigned times,
    bool shaken)
{
	while (times-- > 0)
		dt_record_watch_take(watch, octets, shaken);
}

Test(record_watch, counts_what_brings_nothing_in_a_handshake)
{
	const struct dt_span idle[] = { SPAN(empty), SPAN(cipher_change),
		SPAN(warning) };

	for (size_t i = 0; i < sizeof(idle) / sizeof(idle[0]); i++) {
		struct dt_record_watch watch = { 0 };

		take(&watch, idle[i], DT_MAX_IDLE_RECORDS, false);
		take(&watch, SPAN(message), 1, false);
		cr_expect_null(dt_record_watch_flood(&watch));
		take(&watch, idle[i], 1, false);
		cr_expect_not_null(dt_record_watch_flood(&watch));
	}
}

Test(record_watch, messages_of_a_handshake_do_not_count)
{
	struct dt_record_watch watch = { 0 };

	take(&watch, SPAN(message), 10 * DT_MAX_IDLE_RECORDS, false);
	cr_expect_null(dt_record_watch_flood(&watch));
}

Test(record_watch, after_the_handshake_all_count_until_data_come)
{
	struct dt_record_watch watch = { 0 };

	take(&watch, SPAN(message), DT_MAX_IDLE_RECORDS, true);
	cr_expect_null(dt_record_watch_flood(&watch));
	dt_record_watch_rest(&watch);
	take(&watch, SPAN(message), DT_MAX_IDLE_RECORDS, true);
	cr_expect_null(dt_record_watch_flood(&watch));
	take(&watch, SPAN(message), 1, true);
	cr_expect_str_eq(dt_record_watch_flood(&watch), "records without data");
}

/* GnuTLS passed over them in the call that came to the data. */
Test(record_watch, data_behind_too_many_do_not_make_them_good)
{
	struct dt_record_watch watch = { 0 };

	take(&watch, SPAN(empty), DT_MAX_IDLE_RECORDS, true);
	take(&watch, SPAN(message), 1, true);
	dt_record_watch_rest(&watch);
	cr_expect_null(dt_record_watch_flood(&watch));
	take(&watch, SPAN(empty), DT_MAX_IDLE_RECORDS + 1, true);
	take(&watch, SPAN(message), 1, true);
	dt_record_watch_rest(&watch);
	cr_expect_not_null(dt_record_watch_flood(&watch));
}

Test(record_watch, messages_are_counted_across_records)
{
	/* One of 3 octets in two records, then two in one. */
	static const uint8_t octets[] = { 22, 3, 3, 0, 5, 1, 0, 0, 3, 9, 23, 3,
		3, 0, 0, 22, 3, 3, 0, 2, 9, 9, 22, 3, 3, 0, 8, 14, 0, 0, 0, 2,
		0, 0, 0 };
	static const unsigned begun[] = { [5] = 1, [27] = 2, [31] = 3 };
	struct dt_record_watch watch = { 0 };
	unsigned wanted = 0;

	for (size_t i = 0; i < sizeof(octets); i++) {
		dt_record_watch_take(&watch, dt_span(octets + i, 1), false);
		if (i < sizeof(begun) / sizeof(begun[0]) && begun[i] > 0)
			wanted = begun[i];
		cr_expect_eq(watch.messages.begun, wanted, "at %zu", i);
	}
	take(&watch, SPAN(message), 1, true);
	cr_expect_eq(watch.messages.begun, 3);
}

Test(record_watch, a_record_counts_when_its_last_octet_is_there)
{
	struct dt_record_watch watch = { 0 };

	take(&watch, SPAN(message), DT_MAX_IDLE_RECORDS, true);
	for (size_t i = 0; i + 1 < sizeof(message); i++)
		take(&watch, dt_span(message + i, 1), 1, true);
	cr_expect_null(dt_record_watch_flood(&watch));
	take(&watch, dt_span(message + sizeof(message) - 1, 1), 1, true);
	cr_expect_not_null(dt_record_watch_flood(&watch));
}

Test(record_watch, many_in_one_piece_count_each)
{
	uint8_t octets[(DT_MAX_IDLE_RECORDS + 1) * sizeof(empty)];
	struct dt_record_watch watch = { 0 };

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = empty[i % sizeof(empty)];
	dt_record_watch_take(
	    &watch, dt_span(octets, sizeof(octets) - sizeof(empty)), false);
	cr_expect_null(dt_record_watch_flood(&watch));
	dt_record_watch_take(&watch, SPAN(empty), false);
	cr_expect_not_null(dt_record_watch_flood(&watch));
}

/* OpenSSL's MAX_WARN_ALERT_COUNT is the number that is too many. */
Test(record_watch, four_warnings_are_borne_and_the_fifth_is_not)
{
	struct dt_record_watch watch = { 0 };

	for (int i = 0; i < 4; i++)
		dt_record_watch_warned(&watch);
	cr_expect_null(dt_record_watch_flood(&watch));
	dt_record_watch_rest(&watch);
	for (int i = 0; i < 4; i++)
		dt_record_watch_warned(&watch);
	cr_expect_null(dt_record_watch_flood(&watch));
	dt_record_watch_warned(&watch);
	cr_expect_str_eq(dt_record_watch_flood(&watch), "warnings");
}

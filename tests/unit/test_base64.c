/* What is base64 and what is not (RFC 4648 4, 10). */
#include "base/base64.h"

#include <criterion/criterion.h>

#define ROOM 256

/* The decoded text with a NUL behind it, or NULL; in pieces of this size. */
static const char *
decode(struct dt_span text, size_t piece)
{
	static uint8_t out[ROOM + 4];
	struct dt_base64 state = { 0 };
	size_t at = 0;

	cr_assert_leq(dt_base64_room(text.size), ROOM);
	while (text.size > 0) {
		size_t size = text.size < piece ? text.size : piece;
		size_t written;

		if (!dt_base64_decode(
			&state, dt_span(text.data, size), out + at, &written))
			return NULL;
		at += written;
		text = dt_span_tail(text, size);
	}
	out[at] = '\0';
	return dt_base64_is_complete(&state) ? (const char *)out : NULL;
}

static void
expect(const char *text, const char *bytes)
{
	for (size_t piece = 1; piece <= 9; piece++) {
		const char *got = decode(dt_span(text, strlen(text)), piece);

		cr_assert_not_null(got, "%s by %zu", text, piece);
		cr_expect_str_eq(got, bytes, "%s by %zu", text, piece);
	}
}

static void
expect_refusal(struct dt_span text)
{
	for (size_t piece = 1; piece <= 9; piece++)
		cr_expect_null(decode(text, piece), "%.*s by %zu",
		    (int)text.size, (const char *)text.data, piece);
}

Test(base64, vectors_of_the_standard_are_decoded)
{
	expect("", "");
	expect("Zg==", "f");
	expect("Zm8=", "fo");
	expect("Zm9v", "foo");
	expect("Zm9vYg==", "foob");
	expect("Zm9vYmE=", "fooba");
	expect("Zm9vYmFy", "foobar");
}

Test(base64, every_letter_has_its_value)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789+/";
	struct dt_base64 state = { 0 };
	uint8_t out[48];
	size_t size;
	unsigned bit = 0;

	cr_assert(dt_base64_decode(&state, dt_span(letters, 64), out, &size));
	cr_assert_eq(size, 48);
	for (unsigned i = 0; i < 64; i++) {
		unsigned value = 0;

		for (unsigned j = 0; j < 6; j++, bit++)
			value =
			    value << 1 | (out[bit / 8] >> (7 - bit % 8) & 1);
		cr_expect_eq(value, i, "%c", letters[i]);
	}
}

Test(base64, blanks_and_line_ends_are_passed_over)
{
	expect("Zm9v\r\nYmFy\n", "foobar");
	expect(" Z m\t9 vY g=\n = ", "foob");
	expect("\n\n", "");
}

Test(base64, other_octets_are_refused)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789+/= \t\r\n";

	for (unsigned octet = 0; octet < 256; octet++) {
		uint8_t text[] = { 'Z', 'm', '9', 'v', 'Y', 'm', (uint8_t)octet,
			'F', 'y' };

		if (octet != 0 && strchr(letters, (int)octet) != NULL)
			continue;
		expect_refusal(dt_span(text, sizeof(text)));
	}
}

Test(base64, a_group_that_is_cut_off_is_refused)
{
	static const char *const texts[] = { "Z", "Zm", "Zm8", "Zm9vY",
		"Zm9vYm", "Zm9vYmF", "Zg=", "Zm9vYg=" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect_refusal(dt_span(texts[i], strlen(texts[i])));
}

Test(base64, padding_in_the_wrong_place_is_refused)
{
	static const char *const texts[] = { "=", "====", "Z===", "Zm9v=",
		"Zm9v====", "Zg===", "Zm8==", "Zg==Zm9v", "Zg=Z", "Zm=8",
		"Zm8=Z" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		expect_refusal(dt_span(texts[i], strlen(texts[i])));
}

/* RFC 4648 3.5. */
Test(base64, bits_left_over_must_be_zero)
{
	expect_refusal(dt_span("Zh==", 4));
	expect_refusal(dt_span("Zk==", 4));
	expect_refusal(dt_span("Zm9=", 4));
	expect_refusal(dt_span("Zm+=", 4));
}

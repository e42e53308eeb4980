/* Any octets as a name, a time or a serial number that is printed. */
#include "target.h"

#include "base/der.h"
#include "compat/name_print.h"
#include "compat/serial_print.h"
#include "compat/time_print.h"
#include "x509/name.h"

static void
print_name(struct dt_span der)
{
	uint8_t *canonical = malloc(dt_name_canonical_room(der.size) + 1);
	struct dt_buffer text = { 0 };
	struct dt_name name;

	REQUIRE(canonical != NULL);
	if (dt_name_parse(&name, der, canonical) == 0) {
		REQUIRE(
		    name.canonical.size <= dt_name_canonical_room(der.size));
		REQUIRE(dt_name_compare(&name, &name) == 0);
		REQUIRE(dt_name_print(&name, &text) == 0);
	}
	dt_buffer_clear(&text);
	free(canonical);
}

static void
print_time(struct dt_span input)
{
	struct dt_time time = { DT_DER_UTC_TIME, input };
	struct dt_buffer text = { 0 };
	struct dt_utc strict, lax;
	int64_t seconds;

	if (fuzz_octet(&input) % 2 == 1)
		time.tag = DT_DER_GENERALIZED_TIME;
	time.text = input;
	/* Whatever is legal by RFC 5280 is legal in the wider form. */
	if (dt_time_parse_rfc5280(time, &strict)) {
		REQUIRE(dt_time_parse(time, &lax));
		REQUIRE(dt_utc_seconds(&strict) == dt_utc_seconds(&lax));
		REQUIRE(dt_time_seconds(time, &seconds));
		REQUIRE(seconds == dt_utc_seconds(&strict));
	}
	REQUIRE(dt_time_print(time, &text) == 0);
	dt_buffer_clear(&text);
}

static void
print_serial(struct dt_span serial)
{
	struct dt_buffer text = { 0 };

	/* The contents of an INTEGER are never empty. */
	if (serial.size == 0)
		return;
	REQUIRE(dt_serial_print(serial, &text) == 0);
	REQUIRE(dt_buffer_size(&text) > 0);
	dt_buffer_clear(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_span input = dt_span(copy, size);

	switch (fuzz_octet(&input) % 3) {
	case 0:
		print_name(input);
		break;
	case 1:
		print_time(input);
		break;
	default:
		print_serial(input);
		break;
	}
	free(copy);
	return 0;
}

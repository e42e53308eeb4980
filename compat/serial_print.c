/*
 * Serial numbers as OpenSSL prints them (X509_print): what fits a long in
 * decimal and hexadecimal, all else as octets of the magnitude. Minus one
 * counts as not fitting.
 */
#include "compat/serial_print.h"

#include "base/buffer.h"
#include "base/der.h"
#include "dicomtls.h"

/* Octet i of the magnitude of a negative number in two's complement, whose
 * last octet that is not zero is at index last. */
static uint8_t
negated(struct dt_span serial, size_t i, size_t last)
{
	if (i > last)
		return 0;
	return (uint8_t)(i == last ? 0x100 - serial.data[i]
				   : 0xff - serial.data[i]);
}

static const char digits[] = "0123456789abcdef";

/* Minimal encodings have at most one octet too many in front. */
static void
print_octets(struct dt_span serial, struct dt_buffer *out)
{
	bool negative = (serial.data[0] & 0x80) != 0;
	size_t last = serial.size - 1;
	uint8_t *start, *at;

	while (last > 0 && serial.data[last] == 0)
		last--;
	if (negative)
		dt_buffer_text(out, " (Negative)");
	start = dt_buffer_reserve(out, 3 * serial.size);
	if (start == NULL)
		return;
	at = start;
	for (size_t i = 0; i < serial.size; i++) {
		uint8_t octet =
		    negative ? negated(serial, i, last) : serial.data[i];

		if (i == 0 && octet == 0 && serial.size > 1)
			continue;
		*at++ = (uint8_t)digits[octet >> 4];
		*at++ = (uint8_t)digits[octet & 0xf];
		*at++ = ':';
	}
	dt_buffer_commit(out, (size_t)(at - start) - 1);
}

static void
print_number(unsigned long number, unsigned base, struct dt_buffer *out)
{
	char text[3 * sizeof(number)];
	size_t at = sizeof(text);

	do
		text[--at] = digits[number % base];
	while ((number /= base) != 0);
	dt_buffer_append(out, text + at, sizeof(text) - at);
}

int
dt_serial_print(struct dt_span serial, struct dt_buffer *out)
{
	long value;

	if (dt_der_long(serial, &value) && value != -1) {
		bool negative = value < 0;
		/* In two steps, for LONG_MIN. */
		unsigned long magnitude = negative
					      ? (unsigned long)-(value + 1) + 1
					      : (unsigned long)value;

		dt_buffer_text(out, negative ? "-" : "");
		print_number(magnitude, 10, out);
		dt_buffer_text(out, negative ? " (-0x" : " (0x");
		print_number(magnitude, 16, out);
		dt_buffer_byte(out, ')');
	} else if (serial.size > 0) {
		print_octets(serial, out);
	}
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}

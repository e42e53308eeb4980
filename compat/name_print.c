/*
 * Names as OpenSSL prints them on one line (X509_NAME_print_ex with
 * XN_FLAG_ONELINE): encoded order, short attribute names, RFC 2253 escapes
 * with quotation marks where they do, everything beyond printable ASCII as
 * UTF-8 octets in hexadecimal, so that a name cannot forge a line of a log.
 */
#include "compat/name_print.h"

#include "base/buffer.h"
#include "base/der.h"
#include "base/limits.h"
#include "compat/attribute_names.h"
#include "dicomtls.h"
#include "x509/name.h"
#include "x509/text.h"

/* do_name_ex shows this much of an OID's text. */
#define OID_TEXT_SHOWN 79

static void
print_type(struct dt_span oid, struct dt_buffer *out)
{
	char text[DT_MAX_OID_SIZE * 4 + 1];
	struct dt_span name;

	if (dt_attribute_name_usual(oid, &name)) {
		dt_buffer_append(out, name.data, name.size);
		return;
	}
	if (!dt_der_oid_text(oid, text, sizeof(text)))
		return;
	if (!dt_attribute_name(text, &name))
		name = dt_span(text, strnlen(text, OID_TEXT_SHOWN));
	dt_buffer_append(out, name.data, name.size);
}

static void
put_hex(struct dt_buffer *out, uint8_t octet)
{
	static const char digits[] = "0123456789ABCDEF";
	const char pair[] = { digits[octet >> 4], digits[octet & 0xf] };

	dt_buffer_append(out, pair, sizeof(pair));
}

/* Most of what is in names. */
static bool
is_plain(uint8_t octet)
{
	uint8_t lower = octet | 0x20;

	return (lower >= 'a' && lower <= 'z') ||
	       (octet >= '0' && octet <= '9') || octet == '.' || octet == '-';
}

static bool
is_special(uint8_t octet)
{
	return octet == ',' || octet == '+' || octet == ';' || octet == '<' ||
	       octet == '>';
}

/* Octets at the front that are characters and stand as they are, wherever they
 * stand. */
static size_t
plain_run(struct dt_span text, enum dt_text_form form)
{
	size_t size = 0;

	while (form <= DT_TEXT_UTF8 && size < text.size &&
	       is_plain(text.data[size]))
		size++;
	return size;
}

/* Appends one octet; true if the string needs quotation marks for it. A
 * single '#' is the last character before it is the first. */
static bool
print_octet(uint8_t octet, bool first, bool last, struct dt_buffer *out)
{
	if (octet < 0x20 || octet > 0x7e) {
		dt_buffer_byte(out, '\\');
		put_hex(out, octet);
		return false;
	}
	if (octet == '"' || octet == '\\')
		dt_buffer_byte(out, '\\');
	dt_buffer_byte(out, octet);
	return is_special(octet) || (octet == '#' && first && !last) ||
	       (octet == ' ' && (first || last));
}

/* Puts quotation marks around what was appended from start on. */
static void
quote(struct dt_buffer *out, size_t start)
{
	size_t size = dt_buffer_size(out) - start;
	uint8_t *end = dt_buffer_reserve(out, 2);

	if (end == NULL)
		return;
	memmove(end - size + 1, end - size, size);
	end[-(ptrdiff_t)size] = '"';
	end[1] = '"';
	dt_buffer_commit(out, 2);
}

/* Takes one character off the front of text; false where there is none. */
static bool
print_character(struct dt_span *text, enum dt_text_form form, bool first,
    bool *quoted, struct dt_buffer *out)
{
	uint8_t utf8[4];
	const uint8_t *end;
	uint32_t character;

	if (!dt_text_next(text, form, &character))
		return false;
	end = dt_text_put_utf8(utf8, character);
	for (const uint8_t *at = utf8; at < end; at++)
		if (print_octet(*at, first, text->size == 0, out))
			*quoted = true;
	return true;
}

static void
print_string(struct dt_span text, enum dt_text_form form, struct dt_buffer *out)
{
	size_t size = text.size, start = dt_buffer_size(out);
	bool quoted = false;

	do {
		size_t run = plain_run(text, form);

		dt_buffer_append(out, text.data, run);
		text = dt_span_tail(text, run);
	} while (print_character(&text, form, text.size == size, &quoted, out));
	if (quoted && !dt_buffer_failed(out))
		quote(out, start);
}

static void
print_hex(struct dt_span bytes, struct dt_buffer *out)
{
	for (size_t i = 0; i < bytes.size; i++)
		put_hex(out, bytes.data[i]);
}

static void
print_header(uint8_t tag, size_t size, struct dt_buffer *out)
{
	int octets = 0;

	dt_buffer_printf(out, "%02X", tag);
	if (size >= 0x80) {
		for (size_t rest = size; rest != 0; rest >>= 8)
			octets++;
		dt_buffer_printf(out, "%02X", 0x80 | octets);
	}
	dt_buffer_printf(out, "%0*zX", octets > 0 ? octets * 2 : 2, size);
}

/* X.690 11.2: unused bits are zero, and there are none without octets. */
static void
print_bits(struct dt_span content, struct dt_buffer *out)
{
	struct dt_span bits;
	unsigned unused;

	if (!dt_der_bit_string(content, &bits, &unused))
		return;
	if (bits.size == 0) {
		dt_buffer_text(out, "00");
		return;
	}
	dt_buffer_printf(out, "%02X", unused);
	print_hex(dt_span(bits.data, bits.size - 1), out);
	dt_buffer_printf(
	    out, "%02X", bits.data[bits.size - 1] & (0xffu << unused & 0xffu));
}

/* RFC 2253 2.4: '#' and the encoding. */
static void
print_encoding(const struct dt_name_entry *entry, struct dt_buffer *out)
{
	dt_buffer_byte(out, '#');
	if (entry->tag != DT_DER_SEQUENCE)
		print_header(entry->tag, entry->value.size, out);
	if (entry->tag == DT_DER_BIT_STRING)
		print_bits(entry->value, out);
	else
		print_hex(entry->value, out);
}

int
dt_name_print(const struct dt_name *name, struct dt_buffer *out)
{
	struct dt_name_iter iter = dt_name_iter(name);
	struct dt_name_entry entry;
	size_t set = SIZE_MAX;

	while (dt_name_next(&iter, &entry)) {
		enum dt_text_form form = dt_text_form(entry.tag);

		if (set != SIZE_MAX)
			dt_buffer_text(out, entry.set == set ? " + " : ", ");
		set = entry.set;
		print_type(entry.oid, out);
		dt_buffer_text(out, " = ");
		if (form == DT_TEXT_OPAQUE || form == DT_TEXT_BITS)
			print_encoding(&entry, out);
		else
			print_string(entry.value, form, out);
	}
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}

/* Bounded DER reading; see der.h. */
#include "base/der.h"

#include "base/limits.h"

#include <libtasn1.h>

#include <limits.h>

/* The front of an element. */
struct header {
	uint8_t tag;
	bool indefinite;
	size_t size;
	size_t length; /* 0 if indefinite */
};

/* Nearly every element has a tag of one octet and a length of up to three, and
 * is there with all its contents; the rest is for libtasn1 to read, or to
 * refuse. */
static bool
read_short_header(struct dt_span in, struct header *h)
{
	const uint8_t *at = in.data;
	size_t size = 2, length;

	if (in.size < size || (at[0] & 0x1f) == 0x1f)
		return false;
	length = at[1];
	if (length >= 0x80) {
		size += length & 0x7f;
		if (size == 2 || size > 4 || in.size < size)
			return false;
		length = size == 3 ? at[2] : (size_t)(at[2] << 8 | at[3]);
	}
	if (length > in.size - size)
		return false;
	*h = (struct header){ at[0], false, size, length };
	return true;
}

/*
 * Tag numbers above 30 take more octets; nothing we decode uses them, but
 * they may stand where an unknown element is passed over. Numbers up to 30 may
 * be written that way too (X.690 8.1.2.4.1 notwithstanding), and OpenSSL reads
 * them.
 */
static bool
read_tag(struct dt_span in, uint8_t *tag, size_t *size)
{
	unsigned char class;
	unsigned long number;
	int used;

	if (asn1_get_tag_der(in.data, (int)in.size, &class, &used, &number) !=
		ASN1_SUCCESS ||
	    number > INT_MAX)
		return false;
	*tag = number <= 30 ? (uint8_t)((in.data[0] & 0xe0) | number) : 0;
	*size = (size_t)used;
	return true;
}

/* libtasn1 takes a length whose octets end too early for the number read so
 * far. */
static bool
read_length(struct dt_span in, size_t *length, size_t *size)
{
	int used;
	long value = asn1_get_length_der(in.data, (int)in.size, &used);

	if (value < 0)
		return false;
	if ((in.data[0] & 0x80) != 0 && used != 1 + (in.data[0] & 0x7f))
		return false;
	*length = (size_t)value;
	*size = (size_t)used;
	return true;
}

/* Only a constructed element may leave its length open (X.690 8.1.3.2). */
static bool
read_header(struct dt_span in, struct header *h)
{
	size_t used;

	if (in.size == 0 || in.size > INT_MAX ||
	    !read_tag(in, &h->tag, &h->size) || h->size >= in.size)
		return false;
	h->length = 0;
	h->indefinite = in.data[h->size] == 0x80;
	if (h->indefinite) {
		h->size++;
		return (in.data[0] & 0x20) != 0;
	}
	if (!read_length(dt_span(in.data + h->size, in.size - h->size),
		&h->length, &used))
		return false;
	h->size += used;
	return h->size <= in.size && h->length <= in.size - h->size;
}

/* X.690 8.1.5: what closes an element of indefinite length. */
static bool
is_end_of_contents(struct dt_span in)
{
	return in.size >= 2 && in.data[0] == 0 && in.data[1] == 0;
}

/* Length of contents that go on up to the end-of-contents octets. */
static bool
find_end(struct dt_span in, size_t *length)
{
	size_t open = 1;
	struct header h;

	for (size_t at = 0; at < in.size;) {
		struct dt_span rest = dt_span(in.data + at, in.size - at);

		if (is_end_of_contents(rest)) {
			if (--open == 0) {
				*length = at;
				return true;
			}
			at += 2;
			continue;
		}
		if (!read_header(rest, &h))
			return false;
		open += h.indefinite;
		at += h.size + h.length;
	}
	return false;
}

bool
dt_der_next(struct dt_span *in, struct dt_der *out)
{
	struct header h;
	size_t end = 0;

	if (is_end_of_contents(*in) ||
	    (!read_short_header(*in, &h) && !read_header(*in, &h)))
		return false;
	if (h.indefinite) {
		if (!find_end(dt_span(in->data + h.size, in->size - h.size),
			&h.length))
			return false;
		end = 2;
	}
	out->tag = h.tag;
	out->content = dt_span(in->data + h.size, h.length);
	out->whole = dt_span(in->data, h.size + h.length + end);
	in->data += out->whole.size;
	in->size -= out->whole.size;
	return true;
}

bool
dt_der_take_list(struct dt_span *in, uint8_t tag, struct dt_der *out)
{
	struct dt_span rest = *in;
	struct dt_der element;

	if (!dt_der_next(&rest, &element) || (element.tag | 0x20) != tag)
		return false;
	*in = rest;
	*out = element;
	return true;
}

bool
dt_der_peek(struct dt_span in, uint8_t tag)
{
	uint8_t found;
	size_t size;

	if (in.size == 0 || in.size > INT_MAX)
		return false;
	if ((in.data[0] & 0x1f) != 0x1f)
		return in.data[0] == tag;
	return read_tag(in, &found, &size) && found == tag;
}

bool
dt_der_take(struct dt_span *in, uint8_t tag, struct dt_der *out)
{
	return dt_der_peek(*in, tag) && dt_der_next(in, out);
}

/* X.690 8.3.2: the first nine bits are not all equal. */
bool
dt_der_is_integer(struct dt_span content)
{
	if (content.size == 0)
		return false;
	if (content.size == 1)
		return true;
	if (content.data[0] == 0x00)
		return (content.data[1] & 0x80) != 0;
	if (content.data[0] == 0xff)
		return (content.data[1] & 0x80) == 0;
	return true;
}

/* X.690 8.19.2: a subidentifier does not start with 0x80, the last one
 * ends. */
bool
dt_der_is_oid(struct dt_span content)
{
	bool first = true;

	if (content.size == 0 || (content.data[content.size - 1] & 0x80) != 0)
		return false;
	for (size_t i = 0; i < content.size; i++) {
		if (first && content.data[i] == 0x80)
			return false;
		first = (content.data[i] & 0x80) == 0;
	}
	return true;
}

bool
dt_der_bit_string(
    struct dt_span content, struct dt_span *bits, unsigned *unused)
{
	if (content.size == 0 || content.data[0] > 7)
		return false;
	*unused = content.data[0];
	*bits = dt_span(content.data + 1, content.size - 1);
	return true;
}

unsigned
dt_der_flags(struct dt_span content)
{
	struct dt_span bits;
	unsigned unused;
	unsigned value = 0;

	if (!dt_der_bit_string(content, &bits, &unused))
		return 0;
	for (size_t i = 0; i < bits.size && i < 2; i++) {
		unsigned octet = bits.data[i];

		if (i + 1 == bits.size)
			octet &= 0xffu << unused;
		value |= (octet & 0xff) << (8 * i);
	}
	return value;
}

/* Both are in the shortest form: of two numbers with one sign the longer one
 * is farther from zero, and of one length the octets decide. */
int
dt_der_integer_compare(struct dt_span a, struct dt_span b)
{
	bool negative = (a.data[0] & 0x80) != 0;

	if (negative != ((b.data[0] & 0x80) != 0))
		return negative ? -1 : 1;
	if (a.size != b.size)
		return (a.size < b.size) != negative ? -1 : 1;
	return memcmp(a.data, b.data, a.size);
}

/* Of the universal types, SEQUENCE and SET are constructed and strings may be
 * (left out here). */
static bool
is_well_constructed(uint8_t tag)
{
	bool constructed = (tag & 0x20) != 0;
	uint8_t primitive = tag & 0xdf;

	if (primitive > 30)
		return true;
	return constructed == (primitive == (DT_DER_SEQUENCE & 0xdf) ||
				  primitive == (DT_DER_SET & 0xdf));
}

bool
dt_der_is_any(const struct dt_der *element)
{
	struct dt_span content = element->content, bits;
	unsigned unused;

	if (!is_well_constructed(element->tag))
		return false;
	switch (element->tag) {
	case DT_DER_BOOLEAN:
		return content.size == 1;
	case DT_DER_INTEGER:
	case DT_DER_ENUMERATED:
		return dt_der_is_integer(content);
	case DT_DER_BIT_STRING:
		return dt_der_bit_string(content, &bits, &unused);
	case DT_DER_NULL:
		return content.size == 0;
	case DT_DER_OID:
		return dt_der_is_oid(content);
	case DT_DER_BMP_STRING:
		return content.size % 2 == 0;
	case DT_DER_UNIVERSAL_STRING:
		return content.size % 4 == 0;
	default:
		return true;
	}
}

bool
dt_der_long(struct dt_span content, long *value)
{
	int64_t number;

	if (!dt_der_is_integer(content) || content.size > sizeof(number))
		return false;
	number = (content.data[0] & 0x80) != 0 ? -1 : 0;
	for (size_t i = 0; i < content.size; i++)
		number = number * 256 + content.data[i];
	*value = (long)number;
	return true;
}

bool
dt_der_int32(struct dt_span content, int32_t *value)
{
	long full = 0;

	if (content.size > 0 && !dt_der_long(content, &full))
		return false;
	if (full < INT32_MIN || full > INT32_MAX)
		return false;
	*value = (int32_t)full;
	return true;
}

/* An arc of any size in base 10^9, lowest word first. */
#define ARC_BASE 1000000000u
#define ARC_WORDS (DT_MAX_OID_SIZE * 7 / 29 + 1)

struct arc {
	uint32_t words[ARC_WORDS];
	size_t count;
};

/* Appends seven bits. */
static void
extend_arc(struct arc *arc, unsigned bits)
{
	uint64_t carry = bits;

	for (size_t i = 0; i < arc->count; i++) {
		carry += (uint64_t)arc->words[i] << 7;
		arc->words[i] = (uint32_t)(carry % ARC_BASE);
		carry /= ARC_BASE;
	}
	if (carry != 0)
		arc->words[arc->count++] = (uint32_t)carry;
}

/* X.690 8.19.4: the first subidentifier stands for two arcs. Leaves the
 * second. */
static unsigned
split_first_arc(struct arc *arc)
{
	bool small = arc->count < 2 && arc->words[0] < 80;
	unsigned top = small ? arc->words[0] / 40 : 2;
	unsigned rest = top * 40;
	size_t i = 0;

	while (arc->words[i] < rest) {
		arc->words[i++] += ARC_BASE - rest;
		rest = 1;
	}
	arc->words[i] -= rest;
	return top;
}

/* Writes one word with so many digits at least and a NUL behind it; false if
 * they do not fit. */
static bool
put_word(uint32_t word, size_t digits, char *text, size_t room, size_t *at)
{
	char reversed[10];
	size_t size = 0;

	for (; word != 0 || size < digits; word /= 10)
		reversed[size++] = (char)('0' + word % 10);
	if (size >= room - *at)
		return false;
	while (size > 0)
		text[(*at)++] = reversed[--size];
	text[*at] = '\0';
	return true;
}

/* Writes a number, zero if there are no words, behind a dot. There is room for
 * the dot. */
static bool
put_arc_text(const struct arc *arc, char *text, size_t room, size_t *at)
{
	size_t top = arc->count;

	while (top > 1 && arc->words[top - 1] == 0)
		top--;
	text[(*at)++] = '.';
	if (!put_word(top > 0 ? arc->words[top - 1] : 0, 1, text, room, at))
		return false;
	while (top > 1)
		if (!put_word(arc->words[--top - 1], 9, text, room, at))
			return false;
	return true;
}

bool
dt_der_oid_text(struct dt_span content, char *text, size_t room)
{
	struct arc arc = { .count = 0 };
	size_t at = 0;

	if (!dt_der_is_oid(content) || content.size > DT_MAX_OID_SIZE ||
	    room < 2)
		return false;
	for (size_t i = 0; i < content.size; i++) {
		extend_arc(&arc, content.data[i] & 0x7f);
		if ((content.data[i] & 0x80) != 0)
			continue;
		if (at == 0) {
			text[at++] = (char)('0' + split_first_arc(&arc));
			text[at] = '\0';
		}
		if (!put_arc_text(&arc, text, room, &at))
			return false;
		arc.words[0] = 0;
		arc.count = 0;
	}
	return true;
}

/* One arc in base 128, most significant group first. */
static size_t
put_arc(uint64_t arc, uint8_t *at, size_t room)
{
	size_t size = 1;

	for (uint64_t rest = arc >> 7; rest != 0; rest >>= 7)
		size++;
	if (size > room)
		return 0;
	for (size_t i = size; i > 0; i--, arc >>= 7)
		at[i - 1] = (uint8_t)((arc & 0x7f) | (i < size ? 0x80 : 0));
	return size;
}

/* Decimal digits up to the next dot; at least one, no overflow. */
static bool
read_arc(const char **text, uint64_t *arc)
{
	const char *start = *text;

	for (*arc = 0; **text >= '0' && **text <= '9'; (*text)++) {
		if (*arc > (UINT64_MAX - 9) / 10)
			return false;
		*arc = *arc * 10 + (uint64_t)(**text - '0');
	}
	return *text != start;
}

size_t
dt_der_oid_from_text(const char *text, uint8_t *content, size_t room)
{
	uint64_t top, arc;
	size_t at;

	if (!read_arc(&text, &top) || top > 2 || *text++ != '.' ||
	    !read_arc(&text, &arc) || (top < 2 && arc > 39) ||
	    arc > UINT64_MAX - 80)
		return 0;
	at = put_arc(top * 40 + arc, content, room);
	while (at > 0 && *text == '.') {
		size_t size;

		text++;
		if (!read_arc(&text, &arc))
			return 0;
		size = put_arc(arc, content + at, room - at);
		if (size == 0)
			return 0;
		at += size;
	}
	return *text == '\0' ? at : 0;
}

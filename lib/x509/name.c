/*
 * Distinguished names (RFC 5280 4.1.2.4): which encodings are a Name and what
 * their comparison form is. Both answers are OpenSSL's (X509_NAME decoding,
 * x509_name_canon): the comparison form is the contents of the Name with all
 * character strings as UTF8String, in lower case, without blanks at the ends,
 * runs of blanks as one, and the members of each SET in DER order.
 *
 * Left out: character strings in constructed encoding (BER), which OpenSSL
 * would put together; such a name is refused.
 */
#include "x509/name.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"
#include "x509/text.h"

#include <stdlib.h>

/* 2.5.4.3; 1.2.840.113549.1.9.1 */
static const uint8_t common_name[] = { 0x55, 0x04, 0x03 };
static const uint8_t email_address[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
	0x01, 0x09, 0x01 };
const struct dt_span dt_oid_common_name = { common_name, sizeof(common_name) };
const struct dt_span dt_oid_email_address = { email_address,
	sizeof(email_address) };

static bool
take_entry(struct dt_span *set, struct dt_name_entry *entry)
{
	struct dt_span in = *set;
	struct dt_der pair, oid, value;

	if (!dt_der_take(&in, DT_DER_SEQUENCE, &pair) ||
	    !dt_der_take(&pair.content, DT_DER_OID, &oid) ||
	    !dt_der_is_oid(oid.content) ||
	    !dt_der_next(&pair.content, &value) || pair.content.size != 0 ||
	    dt_text_form(value.tag) == DT_TEXT_REFUSED)
		return false;
	entry->oid = oid.content;
	entry->tag = value.tag;
	entry->value =
	    value.tag == DT_DER_SEQUENCE ? value.whole : value.content;
	*set = in;
	return true;
}

/*
 * Puts a header in front of the bytes from start to end, which move; returns
 * the new end.
 */
static uint8_t *
wrap(uint8_t *start, uint8_t *end, uint8_t tag)
{
	size_t size = (size_t)(end - start);
	size_t octets = 0;

	if (size >= 0x80)
		for (size_t rest = size; rest != 0; rest >>= 8)
			octets++;
	memmove(start + 2 + octets, start, size);
	start[0] = tag;
	start[1] = (uint8_t)(octets == 0 ? size : 0x80 | octets);
	for (size_t i = octets, rest = size; i > 0; i--, rest >>= 8)
		start[1 + i] = (uint8_t)rest;
	return end + 2 + octets;
}

static uint8_t *
put_bytes(uint8_t *at, struct dt_span bytes)
{
	if (bytes.size > 0)
		memcpy(at, bytes.data, bytes.size);
	return at + bytes.size;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Writes the comparison form of a character string; NULL if it is malformed.
 * A run of blanks is written when something follows it. */
static uint8_t *
put_text(uint8_t *at, struct dt_span text, enum dt_text_form form)
{
	bool blank = false;
	bool begun = false;

	while (text.size > 0) {
		uint32_t c;

		if (!dt_text_next(&text, form, &c))
			return NULL;
		if (is_blank(c)) {
			blank = begun;
			continue;
		}
		if (blank)
			*at++ = ' ';
		blank = false;
		begun = true;
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		at = dt_text_put_utf8(at, c);
	}
	return at;
}

/* X.690 11.2.1: unused bits are zero in the form OpenSSL keeps. */
static uint8_t *
put_bits(uint8_t *at, struct dt_span content)
{
	struct dt_span bits;
	unsigned unused;

	if (!dt_der_bit_string(content, &bits, &unused))
		return NULL;
	*at++ = (uint8_t)(bits.size > 0 ? unused : 0);
	at = put_bytes(at, bits);
	if (bits.size > 0)
		at[-1] &= (uint8_t)(0xff << unused);
	return at;
}

/* Writes the comparison form of a value, header included; NULL if it is
 * malformed. */
static uint8_t *
put_value(uint8_t *start, const struct dt_name_entry *entry)
{
	enum dt_text_form form = dt_text_form(entry->tag);
	uint8_t tag = entry->tag;
	uint8_t *end;

	if (form == DT_TEXT_OPAQUE || form == DT_TEXT_NUMERIC) {
		end = put_bytes(start, entry->value);
	} else if (form == DT_TEXT_BITS) {
		end = put_bits(start, entry->value);
	} else {
		end = put_text(start, entry->value, form);
		tag = DT_DER_UTF8_STRING;
	}
	if (end == NULL || tag == DT_DER_SEQUENCE)
		return end;
	return wrap(start, end, tag);
}

static uint8_t *
put_entry(uint8_t *start, const struct dt_name_entry *entry)
{
	uint8_t *value = wrap(start, put_bytes(start, entry->oid), DT_DER_OID);
	uint8_t *end = put_value(value, entry);

	return end == NULL ? NULL : wrap(start, end, DT_DER_SEQUENCE);
}

/* X.690 11.6. */
static int
compare_members(const void *a, const void *b)
{
	const struct dt_span *x = a, *y = b;
	int order =
	    memcmp(x->data, y->data, x->size < y->size ? x->size : y->size);

	if (order != 0)
		return order;
	return x->size < y->size ? -1 : x->size > y->size;
}

/* Puts the count elements from start to end into DER order. */
static int
sort_members(uint8_t *start, uint8_t *end, size_t count)
{
	size_t size = (size_t)(end - start);
	struct dt_span in;
	struct dt_span *members;
	uint8_t *copy;

	members = malloc(count * sizeof(*members) + size);
	if (members == NULL)
		return DICOMTLS_E_NOMEM;
	copy = (uint8_t *)(members + count);
	memcpy(copy, start, size);
	in = dt_span(copy, size);
	for (size_t i = 0; i < count; i++) {
		struct dt_der member;

		/* Cannot fail: put_entry wrote it. */
		(void)dt_der_next(&in, &member);
		members[i] = member.whole;
	}
	qsort(members, count, sizeof(*members), compare_members);
	for (size_t i = 0; i < count; i++)
		start = put_bytes(start, members[i]);
	free(members);
	return 0;
}

/* Writes one SET. An empty one, which OpenSSL takes, leaves no trace. */
static int
put_set(uint8_t **at, struct dt_span set, size_t *entry_count)
{
	uint8_t *end = *at;
	size_t count = 0;

	while (set.size > 0) {
		struct dt_name_entry entry;

		if (!take_entry(&set, &entry))
			return DICOMTLS_E_FORMAT;
		end = put_entry(end, &entry);
		if (end == NULL)
			return DICOMTLS_E_FORMAT;
		count++;
	}
	if (count == 0)
		return 0;
	if (count > 1) {
		int error = sort_members(*at, end, count);

		if (error != 0)
			return error;
	}
	*at = wrap(*at, end, DT_DER_SET);
	*entry_count += count;
	return 0;
}

struct dt_name_iter
dt_name_iter(const struct dt_name *name)
{
	struct dt_span in = name->der;
	struct dt_name_iter iter = { .sets = 0 };
	struct dt_der list;

	if (dt_der_take_list(&in, DT_DER_SEQUENCE, &list))
		iter.rdns = list.content;
	return iter;
}

bool
dt_name_next(struct dt_name_iter *iter, struct dt_name_entry *entry)
{
	while (iter->set.size == 0) {
		struct dt_der set;

		if (!dt_der_take_list(&iter->rdns, DT_DER_SET, &set))
			return false;
		iter->set = set.content;
		iter->sets++;
	}
	entry->set = iter->sets - 1;
	return take_entry(&iter->set, entry);
}

/* A Latin-1 octet may become two; the headers of a value, its pair and its
 * SET may grow from two octets to five. */
size_t
dt_name_canonical_room(size_t der_size)
{
	return der_size > DT_MAX_NAME_SIZE ? 0 : der_size * 3;
}

int
dt_name_parse(struct dt_name *name, struct dt_span der, uint8_t *canonical)
{
	struct dt_span in = der;
	struct dt_der list, set;
	uint8_t *end = canonical;
	size_t entry_count = 0;

	if (der.size > DT_MAX_NAME_SIZE ||
	    !dt_der_take_list(&in, DT_DER_SEQUENCE, &list) || in.size != 0)
		return DICOMTLS_E_FORMAT;
	while (list.content.size > 0) {
		int error;

		if (!dt_der_take_list(&list.content, DT_DER_SET, &set))
			return DICOMTLS_E_FORMAT;
		error = put_set(&end, set.content, &entry_count);
		if (error != 0)
			return error;
	}
	name->der = der;
	name->canonical = dt_span(canonical, (size_t)(end - canonical));
	name->entry_count = entry_count;
	return 0;
}

/* Room that is enough for nearly every name at its worst. */
#define USUAL_ROOM 1024

/* The octets are counted before they are taken, for names are kept as long as
 * anchors are, and mostly need a third of the room. */
int
dt_name_take(struct dt_arena *arena, struct dt_name *name, struct dt_span der)
{
	size_t room = dt_name_canonical_room(der.size), size;
	uint8_t usual[USUAL_ROOM], *canonical = usual;
	int rc;

	if (room > sizeof(usual))
		canonical = dt_arena_octets(arena, room);
	if (canonical == NULL)
		return DICOMTLS_E_NOMEM;
	rc = dt_name_parse(name, der, canonical);
	if (rc < 0)
		return rc;
	size = name->canonical.size;
	if (canonical != usual) {
		dt_arena_cut(arena, canonical, room, size);
		return 0;
	}
	canonical = dt_arena_octets(arena, size);
	if (canonical == NULL)
		return DICOMTLS_E_NOMEM;
	put_bytes(canonical, name->canonical);
	name->canonical.data = canonical;
	return 0;
}

bool
dt_name_extend(struct dt_arena *arena, struct dt_name *name,
    const struct dt_name *base, struct dt_span set)
{
	size_t room = base->canonical.size + dt_name_canonical_room(set.size);
	uint8_t *canonical = dt_arena_octets(arena, room);
	size_t entry_count = base->entry_count;
	uint8_t *at;

	if (canonical == NULL || set.size > DT_MAX_NAME_SIZE)
		return false;
	at = put_bytes(canonical, base->canonical);
	while (set.size > 0) {
		struct dt_name_entry entry;
		uint8_t *end = NULL;

		if (take_entry(&set, &entry))
			end = put_entry(at, &entry);
		if (end == NULL)
			return false;
		at = wrap(at, end, DT_DER_SET);
		entry_count++;
	}
	*name = (struct dt_name){ .entry_count = entry_count };
	name->canonical = dt_span(canonical, (size_t)(at - canonical));
	dt_arena_cut(arena, canonical, room, name->canonical.size);
	return true;
}

int
dt_name_compare(const struct dt_name *a, const struct dt_name *b)
{
	if (a->canonical.size != b->canonical.size)
		return a->canonical.size < b->canonical.size ? -1 : 1;
	if (a->canonical.size == 0)
		return 0;
	return memcmp(a->canonical.data, b->canonical.data, a->canonical.size);
}

bool
dt_name_value_utf8(const struct dt_name_entry *entry, struct dt_buffer *out)
{
	enum dt_text_form form = dt_text_form(entry->tag);
	struct dt_span text = entry->value;

	if (form < DT_TEXT_NUMERIC)
		return false;
	while (text.size > 0) {
		uint8_t bytes[4];
		uint32_t c;

		if (!dt_text_next(&text, form, &c) ||
		    dt_buffer_append(out, bytes,
			(size_t)(dt_text_put_utf8(bytes, c) - bytes)) < 0)
			return false;
	}
	return true;
}

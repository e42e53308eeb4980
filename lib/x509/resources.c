/*
 * RFC 3779 resources as ordered lists of ranges; see resources.h.
 *
 * An address is compared as the INTEGER it spells: its octets behind a zero.
 * So one set of rules serves addresses and AS numbers, which OpenSSL takes in
 * any size and with either sign.
 */
#include "x509/resources.h"

#include "base/der.h"

enum { MAX_ADDRESS_SIZE = 16 };

/* One element of a set. The bounds of addresses point into octets: a range
 * must not be copied. */
struct range {
	struct dt_span min, max; /* contents of INTEGERs */
	bool spelled;		 /* minimum and maximum given, no prefix */
	bool readable;		 /* no longer than an address */
	uint8_t octets[2][1 + MAX_ADDRESS_SIZE];
};

/* RFC 3779 2.1.1: the bits left out of a bound are 0 in the lower and 1 in
 * the upper one. */
static bool
expand(uint8_t *octets, struct dt_span content, size_t size, uint8_t fill)
{
	struct dt_span bits;
	unsigned unused;

	if (!dt_der_bit_string(content, &bits, &unused) || bits.size > size)
		return false;
	octets[0] = 0;
	memset(octets + 1, fill, size);
	if (bits.size > 0) {
		uint8_t mask = (uint8_t)(0xff >> (8 - unused));

		memcpy(octets + 1, bits.data, bits.size);
		octets[bits.size] =
		    (uint8_t)((octets[bits.size] & ~mask) | (fill & mask));
	}
	return true;
}

static bool
read_range(struct range *r, const struct dt_resource_set *set,
    struct dt_span min, struct dt_span max)
{
	size_t size = (size_t)set->address_size;

	if (set->address_size == DT_AS_NUMBERS) {
		r->min = min;
		r->max = max;
		return true;
	}
	r->min = dt_span(r->octets[0], 1 + size);
	r->max = dt_span(r->octets[1], 1 + size);
	return expand(r->octets[0], min, size, 0x00) &&
	       expand(r->octets[1], max, size, 0xff);
}

static bool
next_range(
    struct range *r, const struct dt_resource_set *set, struct dt_span *list)
{
	struct dt_der element, min, max;

	if (!dt_der_next(list, &element))
		return false;
	min = max = element;
	r->spelled = element.tag == DT_DER_SEQUENCE;
	if (r->spelled && (!dt_der_next(&element.content, &min) ||
			      !dt_der_next(&element.content, &max)))
		return false;
	r->readable = read_range(r, set, min.content, max.content);
	return true;
}

/* Octet i of the number written in width octets. */
static unsigned
octet(struct dt_span number, size_t width, size_t i)
{
	size_t lead = width - number.size;

	if (i >= lead)
		return number.data[i - lead];
	return (number.data[0] & 0x80) != 0 ? 0xff : 0x00;
}

static size_t
wider(struct dt_span a, struct dt_span b)
{
	return a.size > b.size ? a.size : b.size;
}

static int
compare(struct dt_span a, struct dt_span b)
{
	size_t width = wider(a, b);

	for (size_t i = 0; i < width; i++) {
		unsigned sign = i == 0 ? 0x80 : 0;
		unsigned x = octet(a, width, i) ^ sign;
		unsigned y = octet(b, width, i) ^ sign;

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/* b is a + 1. */
static bool
follows(struct dt_span a, struct dt_span b)
{
	size_t width = wider(a, b) + 1;
	unsigned carry = 1;

	for (size_t i = width; i > 0; i--, carry >>= 8) {
		carry += octet(a, width, i - 1);
		if ((carry & 0xff) != octet(b, width, i - 1))
			return false;
	}
	return true;
}

/* RFC 3779 2.2.3.7: a range that is a prefix is written as one. Here the
 * bounds agree up to some bit, behind which stand 0s and 1s. */
static bool
is_prefix(const struct range *r)
{
	bool split = false;

	for (size_t i = 1; i < r->min.size; i++) {
		unsigned min = r->min.data[i], max = r->max.data[i];
		unsigned differing = min ^ max;

		if (split && differing != 0xff)
			return false;
		if ((differing & (differing + 1)) != 0 ||
		    (min & differing) != 0)
			return false;
		split = differing != 0;
	}
	return true;
}

static bool
is_well_written(const struct dt_resource_set *set, const struct range *r)
{
	return compare(r->min, r->max) <= 0 &&
	       (set->address_size == DT_AS_NUMBERS || !r->spelled ||
		   !is_prefix(r));
}

bool
dt_resource_set_is_canonical(const struct dt_resource_set *set)
{
	struct dt_span list = set->list;
	struct range pair[2];
	size_t count;

	for (count = 0; next_range(&pair[count % 2], set, &list); count++) {
		const struct range *here = &pair[count % 2];
		const struct range *before = &pair[(count + 1) % 2];

		/* OpenSSL never reads a prefix that stands alone. */
		if (count == 0 && list.size == 0 && !here->spelled)
			return true;
		if (!here->readable || !is_well_written(set, here))
			return false;
		if (count > 0 && (compare(here->min, before->max) <= 0 ||
				     follows(before->max, here->min)))
			return false;
	}
	return count > 0;
}

bool
dt_resource_set_contains(
    const struct dt_resource_set *parent, const struct dt_resource_set *child)
{
	struct dt_span parents = parent->list, children = child->list;
	struct range p = { .readable = false }, c;
	bool started = false;

	while (next_range(&c, child, &children)) {
		if (!c.readable)
			return false;
		while (!started || compare(p.max, c.max) < 0) {
			if (!next_range(&p, parent, &parents) || !p.readable)
				return false;
			started = true;
		}
		if (compare(p.min, c.min) > 0)
			return false;
	}
	return true;
}

/* NULL or a list. */
static void
read_resources(struct dt_resources *out, struct dt_span in, int address_size)
{
	struct dt_der choice;

	*out = (struct dt_resources){ .set.address_size = address_size };
	if (!dt_der_next(&in, &choice))
		return;
	out->inherits = choice.tag == DT_DER_NULL;
	if (!out->inherits)
		out->set.list = choice.content;
}

static bool
are_canonical(const struct dt_resources *resources)
{
	return !dt_span_is_set(resources->set.list) ||
	       dt_resource_set_is_canonical(&resources->set);
}

/* Address family numbers of IANA: 1 is IPv4, 2 is IPv6. */
static int
address_size(struct dt_span key)
{
	static const int sizes[] = { 0, 4, 16 };

	if (key.size < 2 || key.data[0] != 0 || key.data[1] > 2)
		return 0;
	return sizes[key.data[1]];
}

bool
dt_address_family_next(struct dt_span *blocks, struct dt_address_family *family)
{
	struct dt_der element, key;

	if (!dt_der_next(blocks, &element) ||
	    !dt_der_next(&element.content, &key))
		return false;
	family->key = key.content;
	read_resources(
	    &family->addresses, element.content, address_size(key.content));
	return true;
}

bool
dt_address_family_is_sound(const struct dt_address_family *family)
{
	return family->key.size == 2 || family->key.size == 3;
}

static bool
is_ordered(const struct dt_address_family *a, const struct dt_address_family *b)
{
	size_t common = a->key.size < b->key.size ? a->key.size : b->key.size;
	int order = memcmp(a->key.data, b->key.data, common);

	return order < 0 || (order == 0 && a->key.size < b->key.size);
}

/* OpenSSL looks at the key of a family that inherits only if there are
 * several. */
bool
dt_address_blocks_are_canonical(struct dt_span blocks)
{
	struct dt_address_family here, before = { .key = { NULL, 0 } };
	bool several = false;

	while (dt_address_family_next(&blocks, &here)) {
		bool sound;

		if (several && !is_ordered(&before, &here))
			return false;
		several = several || blocks.size > 0;
		sound = dt_address_family_is_sound(&here);
		if ((several || !here.addresses.inherits) && !sound)
			return false;
		if (!are_canonical(&here.addresses))
			return false;
		before = here;
	}
	return true;
}

void
dt_as_ids_read(struct dt_as_ids *ids, struct dt_span content)
{
	struct dt_der part;

	*ids = (struct dt_as_ids){ .numbers.inherits = false };
	if (dt_der_take(&content, DT_DER_CONTEXT_CONSTRUCTED, &part))
		read_resources(&ids->numbers, part.content, DT_AS_NUMBERS);
	if (dt_der_take(&content, DT_DER_CONTEXT_CONSTRUCTED | 1, &part))
		read_resources(&ids->domains, part.content, DT_AS_NUMBERS);
}

bool
dt_as_ids_are_canonical(const struct dt_as_ids *ids)
{
	return are_canonical(&ids->numbers) && are_canonical(&ids->domains);
}

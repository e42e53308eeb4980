/*
 * Revoked entries (RFC 5280 5.1.2.6); see crl_entries.h. The index is a table
 * of places, sorted by counting into buckets by the hash of the serial number:
 * within a bucket the order is that of the encoding, so that of equal numbers
 * the first one is met first, as in OpenSSL's stable sort.
 */
#include "x509/crl_entries.h"

#include "base/der.h"
#include "base/hash.h"
#include "base/limits.h"
#include "x509/field.h"

#include "dicomtls.h"

#include <stdlib.h>

_Static_assert(
    DT_MAX_FILE_SIZE < DT_CRL_PLACE_REMOVED, "a place has a bit to spare");

bool
dt_crl_take_item(struct dt_span *list, struct dt_crl_item *item)
{
	struct dt_der entry, part;
	struct dt_time date;

	if (!dt_der_take(list, DT_DER_SEQUENCE, &entry) ||
	    !dt_der_take(&entry.content, DT_DER_INTEGER, &part) ||
	    !dt_der_is_integer(part.content) ||
	    !dt_field_time(&entry.content, &date))
		return false;
	*item = (struct dt_crl_item){ .serial = part.content };
	if (entry.content.size > 0 &&
	    dt_der_take_list(&entry.content, DT_DER_SEQUENCE, &part))
		item->extensions = part.content;
	return entry.content.size == 0;
}

/* ---- building the index ---- */

int
dt_crl_draft_add(
    struct dt_crl_draft *draft, struct dt_span serial, uint32_t place)
{
	if (draft->count == draft->room) {
		size_t room = draft->room == 0 ? 16 : 2 * draft->room;
		struct dt_crl_drafted *items =
		    realloc(draft->items, room * sizeof(*items));

		if (items == NULL)
			return DICOMTLS_E_NOMEM;
		draft->items = items;
		draft->room = room;
	}
	draft->items[draft->count++] =
	    (struct dt_crl_drafted){ dt_hash(serial), place };
	return 0;
}

void
dt_crl_draft_clear(struct dt_crl_draft *draft)
{
	free(draft->items);
	*draft = (struct dt_crl_draft){ 0 };
}

static size_t
bucket_of(const struct dt_crl_index *index, uint32_t hash)
{
	return hash >> index->shift;
}

/* Two entries or fewer in a bucket, on average. */
int
dt_crl_draft_finish(
    const struct dt_crl_draft *draft, struct dt_crl_index *index)
{
	size_t buckets = 2;
	uint32_t before = 0;

	index->shift = 31;
	for (; 2 * buckets < draft->count; buckets *= 2)
		index->shift--;
	index->ends = calloc(buckets + draft->count, sizeof(*index->ends));
	if (index->ends == NULL)
		return DICOMTLS_E_NOMEM;
	index->places = index->ends + buckets;
	for (size_t i = 0; i < draft->count; i++)
		index->ends[bucket_of(index, draft->items[i].hash)]++;
	for (size_t i = 0; i < buckets; i++) {
		uint32_t size = index->ends[i];

		index->ends[i] = before;
		before += size;
	}
	/* Each end starts where its bucket does and moves behind it. */
	for (size_t i = 0; i < draft->count; i++) {
		const struct dt_crl_drafted *item = &draft->items[i];

		index->places[index->ends[bucket_of(index, item->hash)]++] =
		    item->place;
	}
	return 0;
}

/* ---- asking it ---- */

/* The places of the entries that may have this serial number. */
static const uint32_t *
find_bucket(
    const struct dt_crl_index *index, struct dt_span serial, size_t *count)
{
	size_t bucket;
	uint32_t start;

	*count = 0;
	if (index->ends == NULL)
		return NULL;
	bucket = bucket_of(index, dt_hash(serial));
	start = bucket == 0 ? 0 : index->ends[bucket - 1];
	*count = index->ends[bucket] - start;
	return index->places + start;
}

/* RFC 5280 5.3.3: the last issuer that was named up to the entry. */
static bool
is_of_issuer(
    const struct dt_crl *crl, uint32_t place, const struct dt_name *issuer)
{
	size_t low = 0, high = crl->issuers.count;
	const struct dt_crl_issuer *found;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		found = crl->issuers.items[middle];
		if (found->from <= place)
			low = middle + 1;
		else
			high = middle;
	}
	found = low == 0 ? NULL : crl->issuers.items[low - 1];
	return found == NULL || found->is_own
		   ? dt_name_compare(issuer, &crl->issuer) == 0
		   : dt_name_list_has(&found->names, issuer);
}

enum dt_crl_answer
dt_crl_find(const struct dt_crl *crl, struct dt_span serial,
    const struct dt_name *issuer)
{
	size_t count;
	const uint32_t *places = find_bucket(&crl->index, serial, &count);

	for (size_t i = 0; i < count; i++) {
		uint32_t place = places[i] & ~DT_CRL_PLACE_REMOVED;
		struct dt_span rest = dt_span_tail(crl->der, place);
		struct dt_crl_item item;

		if (dt_crl_take_item(&rest, &item) &&
		    dt_span_equal(item.serial, serial) &&
		    is_of_issuer(crl, place, issuer))
			return places[i] != place ? DT_CRL_REMOVED
						  : DT_CRL_REVOKED;
	}
	return DT_CRL_ABSENT;
}

/* Whether the entry at a place is removed. Within a bucket places ascend, and
 * there may be a million of one serial number. */
static bool
is_removed(const uint32_t *places, size_t count, uint32_t place)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((places[middle] & ~DT_CRL_PLACE_REMOVED) < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && places[low] == (place | DT_CRL_PLACE_REMOVED);
}

bool
dt_crl_next(const struct dt_crl *crl, struct dt_span *revoked,
    struct dt_crl_entry *entry)
{
	uint32_t place = (uint32_t)(revoked->data - crl->der.data);
	struct dt_crl_item item;
	const uint32_t *places;
	size_t count;

	if (revoked->size == 0 || !dt_crl_take_item(revoked, &item))
		return false;
	places = find_bucket(&crl->index, item.serial, &count);
	*entry = (struct dt_crl_entry){ item.serial,
		is_removed(places, count, place) };
	return true;
}

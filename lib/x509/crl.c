/*
 * Certificate revocation list (RFC 5280 5.1) from DER to spans, and its life.
 * Which fields are checked while parsing follows OpenSSL's templates; what the
 * extensions mean is decoded in crl_extension.c.
 */
#include "x509/crl.h"

#include "base/der.h"
#include "base/limits.h"
#include "x509/crl_extension.h"
#include "x509/field.h"

#include "dicomtls.h"

#include <stdlib.h>

/* State of one parse: what is left of the element being read. */
struct parser {
	struct dt_crl *crl;
	struct dt_span in;
	struct dt_message *message;
};

static int
malformed(struct parser *p, const char *field)
{
	dt_message_set(p->message, "CRL: %s is malformed", field);
	return DICOMTLS_E_FORMAT;
}

/* The number is not looked at: OpenSSL reads entries and extensions of a CRL
 * that calls itself v1. */
static bool
take_version(struct parser *p)
{
	struct dt_der number;

	return !dt_der_peek(p->in, DT_DER_INTEGER) ||
	       (dt_der_take(&p->in, DT_DER_INTEGER, &number) &&
		   dt_der_is_integer(number.content));
}

static int
take_issuer(struct parser *p)
{
	struct dt_crl *crl = p->crl;
	struct dt_der name;

	if (!dt_der_take_list(&p->in, DT_DER_SEQUENCE, &name))
		return malformed(p, "issuer");
	crl->canonical = malloc(dt_name_canonical_room(name.whole.size) + 1);
	if (crl->canonical == NULL)
		return DICOMTLS_E_NOMEM;
	return dt_name_parse(&crl->issuer, name.whole, crl->canonical) < 0
		   ? malformed(p, "issuer")
		   : 0;
}

static bool
take_times(struct parser *p)
{
	struct dt_crl *crl = p->crl;

	if (!dt_field_time(&p->in, &crl->this_update))
		return false;
	crl->has_next_update = dt_der_peek(p->in, DT_DER_UTC_TIME) ||
			       dt_der_peek(p->in, DT_DER_GENERALIZED_TIME);
	return !crl->has_next_update ||
	       dt_field_time(&p->in, &crl->next_update);
}

/* One revoked certificate; extensions receives the contents of its list, if
 * it has one. */
static bool
take_entry(struct dt_span *list, struct dt_crl_entry *entry,
    struct dt_span *extensions)
{
	struct dt_der item, part;
	struct dt_time date;

	if (!dt_der_take(list, DT_DER_SEQUENCE, &item) ||
	    !dt_der_take(&item.content, DT_DER_INTEGER, &part) ||
	    !dt_der_is_integer(part.content) ||
	    !dt_field_time(&item.content, &date))
		return false;
	*entry = (struct dt_crl_entry){ .serial = part.content };
	*extensions = dt_span(NULL, 0);
	if (dt_der_take_list(&item.content, DT_DER_SEQUENCE, &part))
		*extensions = part.content;
	return item.content.size == 0;
}

static int
read_entries(struct parser *p, struct dt_span list)
{
	struct dt_crl *crl = p->crl;
	struct dt_crl_decoder decoder = { .crl = crl };
	struct dt_span extensions;

	for (size_t i = 0; i < crl->entry_count; i++) {
		struct dt_crl_entry *entry = &crl->entries[i];
		int rc = DICOMTLS_E_FORMAT;

		if (take_entry(&list, entry, &extensions))
			rc = dt_crl_decode_entry(&decoder, entry, extensions);
		if (rc < 0)
			return rc == DICOMTLS_E_FORMAT
				   ? malformed(p, "a revoked entry")
				   : rc;
	}
	return 0;
}

static int
take_entries(struct parser *p)
{
	struct dt_crl *crl = p->crl;
	struct dt_der list, element;
	struct dt_span rest;

	if (!dt_der_take_list(&p->in, DT_DER_SEQUENCE, &list))
		return 0;
	rest = list.content;
	while (dt_der_next(&rest, &element))
		crl->entry_count++;
	if (rest.size > 0)
		return malformed(p, "list of revoked certificates");
	if (crl->entry_count == 0)
		return 0;
	crl->entries = calloc(crl->entry_count, sizeof(*crl->entries));
	if (crl->entries == NULL)
		return DICOMTLS_E_NOMEM;
	return read_entries(p, list.content);
}

static int
take_extensions(struct parser *p)
{
	struct dt_crl *crl = p->crl;
	struct dt_der outer, list;
	int rc;

	if (!dt_der_peek(p->in, DT_DER_CONTEXT_CONSTRUCTED))
		return 0;
	if (!dt_der_take(&p->in, DT_DER_CONTEXT_CONSTRUCTED, &outer) ||
	    !dt_der_take_list(&outer.content, DT_DER_SEQUENCE, &list) ||
	    outer.content.size > 0)
		return malformed(p, "extensions");
	rc = dt_field_extensions(
	    list.content, &crl->extensions, &crl->extension_count);
	return rc == DICOMTLS_E_FORMAT ? malformed(p, "extensions") : rc;
}

static int
parse_tbs(struct parser *p)
{
	int rc;

	if (!take_version(p))
		return malformed(p, "version");
	if (!dt_field_algorithm(&p->in, &p->crl->signature_algorithm_tbs))
		return malformed(p, "signature algorithm");
	rc = take_issuer(p);
	if (rc < 0)
		return rc;
	if (!take_times(p))
		return malformed(p, "time of an update");
	rc = take_entries(p);
	if (rc == 0)
		rc = take_extensions(p);
	if (rc < 0)
		return rc;
	return p->in.size == 0 ? 0 : malformed(p, "end of the signed part");
}

/* By serial number in no particular order, but those that are equal stay as
 * they were encoded. */
static int
compare_entries(const void *a, const void *b)
{
	const struct dt_crl_entry *x = a, *y = b;
	int order;

	if (x->serial.size != y->serial.size)
		return x->serial.size < y->serial.size ? -1 : 1;
	order = memcmp(x->serial.data, y->serial.data, x->serial.size);
	if (order != 0)
		return order;
	return x->serial.data < y->serial.data ? -1 : 1;
}

static int
parse(struct dt_crl *crl, struct dt_span der, struct dt_message *message)
{
	struct parser outer = { crl, der, message };
	struct parser tbs = outer;
	struct dt_der whole, part;
	int rc;

	if (!dt_der_take(&outer.in, DT_DER_SEQUENCE, &whole))
		return malformed(&outer, "frame");
	crl->der = whole.whole;
	outer.in = whole.content;
	if (!dt_der_take(&outer.in, DT_DER_SEQUENCE, &part))
		return malformed(&outer, "signed part");
	crl->tbs = part.whole;
	tbs.in = part.content;
	rc = parse_tbs(&tbs);
	if (rc < 0)
		return rc;
	if (!dt_field_algorithm(&outer.in, &crl->signature_algorithm) ||
	    !dt_field_bit_string(&outer.in, DT_DER_BIT_STRING, &crl->signature,
		&crl->signature_unused_bits) ||
	    outer.in.size > 0)
		return malformed(&outer, "signature");
	if (crl->entry_count > 0)
		qsort(crl->entries, crl->entry_count, sizeof(*crl->entries),
		    compare_entries);
	rc = dt_crl_decode_extensions(crl);
	return rc == DICOMTLS_E_FORMAT ? malformed(&tbs, "an extension") : rc;
}

/* Copies the bytes first: the spans must outlive the caller's buffer. */
static int
new_crl(struct dt_crl **crl, struct dt_span der, struct dt_message *message)
{
	struct dt_crl *c = calloc(1, sizeof(*c));
	int rc = DICOMTLS_E_NOMEM;

	if (c == NULL)
		return rc;
	c->refs = 1;
	c->bytes = malloc(der.size + 1);
	if (c->bytes == NULL)
		goto out;
	if (der.size > 0)
		memcpy(c->bytes, der.data, der.size);
	rc = parse(c, dt_span(c->bytes, der.size), message);
	if (rc < 0)
		goto out;
	*crl = c;
	c = NULL;
out:
	dt_crl_free(c);
	return rc;
}

int
dt_crl_parse(struct dt_crl **crl, struct dt_span der, size_t *consumed,
    struct dt_message *message)
{
	struct dt_crl *c;
	int rc;

	if (der.size > DT_MAX_FILE_SIZE) {
		dt_message_set(
		    message, "CRL: larger than %u bytes", DT_MAX_FILE_SIZE);
		return DICOMTLS_E_LIMIT;
	}
	rc = new_crl(&c, der, message);
	if (rc < 0)
		return rc;
	if (consumed == NULL && c->der.size != der.size) {
		dt_message_set(message, "CRL: data follows its end");
		dt_crl_free(c);
		return DICOMTLS_E_FORMAT;
	}
	if (consumed != NULL)
		*consumed = c->der.size;
	*crl = c;
	return 0;
}

struct dt_crl *
dt_crl_ref(struct dt_crl *crl)
{
	__atomic_add_fetch(&crl->refs, 1, __ATOMIC_RELAXED);
	return crl;
}

static void
free_issuers(struct dt_array *issuers)
{
	for (size_t i = 0; i < issuers->count; i++) {
		dt_name_list_clear(issuers->items[i]);
		free(issuers->items[i]);
	}
	dt_array_clear(issuers);
}

void
dt_crl_free(struct dt_crl *crl)
{
	if (crl == NULL ||
	    __atomic_sub_fetch(&crl->refs, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	free_issuers(&crl->issuers);
	dt_akid_clear(&crl->akid);
	dt_point_name_clear(&crl->point);
	free(crl->entries);
	free(crl->extensions);
	free(crl->canonical);
	free(crl->bytes);
	free(crl);
}

bool
dt_crl_equal(const struct dt_crl *a, const struct dt_crl *b)
{
	return dt_span_equal(a->der, b->der);
}

/* First entry with this serial number: the key stands before all of them. */
static size_t
lower_bound(const struct dt_crl *crl, struct dt_span serial)
{
	size_t low = 0, high = crl->entry_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct dt_span at = crl->entries[middle].serial;
		bool below = at.size != serial.size
				 ? at.size < serial.size
				 : memcmp(at.data, serial.data, at.size) < 0;

		if (below)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct dt_crl_entry *
dt_crl_find(const struct dt_crl *crl, struct dt_span serial,
    const struct dt_name *issuer)
{
	for (size_t i = lower_bound(crl, serial); i < crl->entry_count; i++) {
		const struct dt_crl_entry *entry = &crl->entries[i];

		if (!dt_span_equal(entry->serial, serial))
			return NULL;
		if (entry->issuer == NULL
			? dt_name_compare(issuer, &crl->issuer) == 0
			: dt_name_list_has(entry->issuer, issuer))
			return entry;
	}
	return NULL;
}

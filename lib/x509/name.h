/*
 * Distinguished names (RFC 5280 4.1.2.4), their parts and the form in which
 * OpenSSL compares them.
 */
#ifndef DICOMTLS_X509_NAME_H
#define DICOMTLS_X509_NAME_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/span.h"

/* Contents octets of attribute types that the engine knows. */
extern const struct dt_span dt_oid_common_name, dt_oid_email_address;

struct dt_name {
	struct dt_span der;	  /* whole Name element */
	struct dt_span canonical; /* equal bytes = equal names */
	size_t entry_count;	  /* attributes in all RDNs */
};

/* One AttributeTypeAndValue. */
struct dt_name_entry {
	struct dt_span oid;   /* contents octets */
	uint8_t tag;	      /* identifier octet of the value */
	struct dt_span value; /* contents; the whole element of a SEQUENCE */
	size_t set;	      /* index of its RDN */
};

struct dt_name_iter {
	struct dt_span rdns; /* what is left of the SEQUENCE */
	struct dt_span set;  /* what is left of the current SET */
	size_t sets;	     /* begun so far */
};

/* Walks the entries in the order of the encoding. The name must have been
 * accepted by dt_name_parse, so the walk cannot fail. */
struct dt_name_iter dt_name_iter(const struct dt_name *name);
bool dt_name_next(struct dt_name_iter *iter, struct dt_name_entry *entry);

/* Appends the value as UTF-8 (ASN1_STRING_to_UTF8). False for a type that
 * has no characters, a malformed value or want of memory. */
bool dt_name_value_utf8(
    const struct dt_name_entry *entry, struct dt_buffer *out);

/* Upper bound for the comparison form of a Name element of this size. */
size_t dt_name_canonical_room(size_t der_size);

/*
 * Checks the Name element der and writes its comparison form to canonical,
 * which has dt_name_canonical_room(der.size) bytes and must live as long as
 * the name. 0, DICOMTLS_E_FORMAT or DICOMTLS_E_NOMEM.
 */
int dt_name_parse(struct dt_name *name, struct dt_span der, uint8_t *canonical);

/* The same with room taken from the arena. */
int dt_name_take(
    struct dt_arena *arena, struct dt_name *name, struct dt_span der);

/*
 * Makes the name that nameRelativeToCRLIssuer stands for (RFC 5280 4.2.1.13):
 * base and, behind it, the attributes in set (contents of the SET), each as an
 * RDN of its own, which is how OpenSSL adds them. It can be compared, not
 * printed. Its room is taken from the arena; false if there is none or a value
 * is malformed.
 */
bool dt_name_extend(struct dt_arena *arena, struct dt_name *name,
    const struct dt_name *base, struct dt_span set);

/* As X509_NAME_cmp: shorter encodings first, then bytes; 0 = equal. */
int dt_name_compare(const struct dt_name *a, const struct dt_name *b);

#endif

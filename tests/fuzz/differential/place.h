/*
 * Which field of a certificate or CRL an octet belongs to (RFC 5280 4.1,
 * 5.1).
 */
#ifndef DICOMTLS_FUZZ_PLACE_H
#define DICOMTLS_FUZZ_PLACE_H

#include "parts.h"

enum field {
	FIELD_FRAME, /* tags and lengths around the fields */
	FIELD_VERSION,
	FIELD_SERIAL,
	FIELD_ALGORITHM, /* inner */
	FIELD_ISSUER,
	FIELD_TIME, /* validity; thisUpdate and nextUpdate */
	FIELD_SUBJECT,
	FIELD_KEY,
	FIELD_REVOKED,
	FIELD_EXTENSIONS,
	FIELD_OUTER_ALGORITHM,
	FIELD_SIGNATURE, /* header and unused-bits octet too */
	FIELD_BEHIND,	 /* X509_CERT_AUX */
	FIELD_UNREAD,	 /* an object without the usual fields */
	FIELDS
};

/* The octets of one field. */
struct place {
	size_t begin;
	size_t end;
	enum field field;
};

enum { PLACES = 24 };

/* The places of an object, from its first octet to its last without a gap;
 * returns their number. */
size_t places_find(
    struct draw *d, const struct case_object *object, struct place *places);
/* The first place of a field; NULL if there is none. */
const struct place *places_of(
    const struct place *places, size_t count, enum field field);
enum field places_at(const struct place *places, size_t count, size_t at);

/* As reports name it. */
const char *field_name(enum field field);

#endif

/*
 * Fields that certificates and CRLs have in common (RFC 5280 4.1.1.2, 4.1.2.5,
 * 4.2): each function takes one off the front of in and is false, with in
 * possibly moved, where OpenSSL's templates do not accept it.
 */
#ifndef DICOMTLS_X509_FIELD_H
#define DICOMTLS_X509_FIELD_H

#include "base/arena.h"
#include "base/span.h"
#include "x509/extension.h"
#include "x509/time.h"

/* AlgorithmIdentifier: an OID and at most one parameter. */
bool dt_field_algorithm(struct dt_span *in, struct dt_span *whole);

/* UTCTime or GeneralizedTime; its text is not looked at. */
bool dt_field_time(struct dt_span *in, struct dt_time *time);

/* BIT STRING under this tag. */
bool dt_field_bit_string(
    struct dt_span *in, uint8_t tag, struct dt_span *bits, unsigned *unused);

/* One extension; what its value holds is not looked at. */
bool dt_field_extension(struct dt_span *list, struct dt_extension *extension);

/* Reads the contents of an extension list into an array of the arena. 0,
 * DICOMTLS_E_FORMAT or DICOMTLS_E_NOMEM. */
int dt_field_extensions(struct dt_arena *arena, struct dt_span list,
    struct dt_extension **extensions, size_t *count);

#endif

/* Whether two values of open types are the same (OpenSSL's ASN1_TYPE_cmp). */
#ifndef DICOMTLS_X509_ANY_H
#define DICOMTLS_X509_ANY_H

#include "base/der.h"

/* Structures and what is not of the universal class are compared as they are
 * encoded, all else by contents. In a BIT STRING bits that are not used do not
 * count, nor does their number; one without the octet for that number equals
 * nothing. */
bool dt_any_equal(const struct dt_der *a, const struct dt_der *b);

#endif

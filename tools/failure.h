/*
 * What usually lies behind a link that broke, and what mends it: by the number
 * that the library gives (DICOM_ERROR_*), and by the fields of A-ASSOCIATE-RJ
 * and A-ABORT. Verification numbers and alerts are advice.h's. doc/failures.md
 * has a row for each.
 */
#ifndef DICOMTLS_TOOLS_FAILURE_H
#define DICOMTLS_TOOLS_FAILURE_H

#include "ltdic.h"

#include <stddef.h>

/* What mends it, as an imperative without a full stop; NULL: nothing is known
 * that would not be plain from the message. */
const char *failure_advice(L_INT code);

/* Writes one sentence about a rejection (PS3.8 9.3.4, table 9-21). */
void failure_of_rejection(
    L_UCHAR outcome, L_UCHAR source, L_UCHAR reason, char *text, size_t room);

/* Writes one sentence about an abort (PS3.8 9.3.8, table 9-26). */
void failure_of_abort(L_UCHAR source, L_UCHAR reason, char *text, size_t room);

/* Behind what failed with a code and no sentence: ": no memory", or nothing. */
const char *failure_reason(L_INT code);

#endif

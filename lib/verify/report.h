/*
 * The one funnel through which findings reach the verify function, with the
 * reference's sticky error: a failure sets the number, an ok leaves it.
 */
#ifndef DICOMTLS_VERIFY_REPORT_H
#define DICOMTLS_VERIFY_REPORT_H

#include "verify/verify.h"

/* Reports a failure about cert. The outcome says whether to go on. */
enum dt_outcome dt_report(
    struct dt_verify *v, const struct dt_cert *cert, size_t depth, int error);

/* The same about the certificate of the path at this depth. */
enum dt_outcome dt_report_at(struct dt_verify *v, size_t depth, int error);

/* Reports that the certificate of the path at this depth passed. */
enum dt_outcome dt_report_ok(struct dt_verify *v, size_t depth);

/* What came of the policies: a failure, or without an error the notice that
 * they were judged (ok = 2). The path as a whole is meant, for which the leaf
 * stands, and the depth remains the last event's, as in the reference. */
enum dt_outcome dt_report_policies(struct dt_verify *v, int error);

#endif

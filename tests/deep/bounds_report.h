/* What is printed of the rows: a table for people, objects for programs, or
 * TAP. */
#ifndef DICOMTLS_TESTS_DEEP_BOUNDS_REPORT_H
#define DICOMTLS_TESTS_DEEP_BOUNDS_REPORT_H

#include "deep/bounds_measure.h"

enum bounds_form { BOUNDS_TABLE, BOUNDS_JSON, BOUNDS_TAP };

void bounds_report_begin(enum bounds_form form);
/* wrong: what is not as it has to be; NULL: nothing. */
void bounds_report(enum bounds_form form, const struct bounds_row *row,
    const struct bounds_result *result, const char *wrong);
/* The last line. */
void bounds_report_end(enum bounds_form form, unsigned passed, unsigned failed);

/* The row under way, on standard error, where that is a terminal; NULL takes
 * it away. */
void bounds_progress(const char *attack, unsigned number, unsigned of);

#define BOUNDS_TEXT 64
void bounds_outcome_text(
    const struct bounds_outcome *outcome, char text[BOUNDS_TEXT]);

#endif

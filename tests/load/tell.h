/* What a plain program claims, and how far it is. */
#ifndef DICOMTLS_TESTS_LOAD_TELL_H
#define DICOMTLS_TESTS_LOAD_TELL_H

#include <stdbool.h>

/* One TAP line each; the plan and the exit status at the end. */
void tell(bool good, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int tell_end(void);
/* What is under way, where somebody watches. */
void progress(const char *what, unsigned long count, unsigned long of);

#endif

/* Times as text: "Jun  1 21:31:35 2020 GMT". */
#ifndef DICOMTLS_COMPAT_TIME_PRINT_H
#define DICOMTLS_COMPAT_TIME_PRINT_H

#include "x509/time.h"

struct dt_buffer;

/* Appends the text. 0 or DICOMTLS_E_NOMEM. */
int dt_time_print(struct dt_time time, struct dt_buffer *out);

#endif

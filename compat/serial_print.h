/* Serial numbers as text: "4660 (0x1234)", "ae:8a:75:37:56:03:c4:45". */
#ifndef DICOMTLS_COMPAT_SERIAL_PRINT_H
#define DICOMTLS_COMPAT_SERIAL_PRINT_H

#include "base/span.h"

struct dt_buffer;

/* Appends the text of a serial number, contents of an INTEGER. 0 or
 * DICOMTLS_E_NOMEM. */
int dt_serial_print(struct dt_span serial, struct dt_buffer *out);

#endif

/* Names as one line of text: "CN = Test Client, C = US". */
#ifndef DICOMTLS_COMPAT_NAME_PRINT_H
#define DICOMTLS_COMPAT_NAME_PRINT_H

struct dt_buffer;
struct dt_name;

/* Appends the line without a line feed. 0 or DICOMTLS_E_NOMEM. */
int dt_name_print(const struct dt_name *name, struct dt_buffer *out);

#endif

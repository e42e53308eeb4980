/* One JSON object per line (RFC 8259), flat: all that the command prints. */
#ifndef DICOMTLS_TOOLS_JSON_H
#define DICOMTLS_TOOLS_JSON_H

#include "base/buffer.h"

#include <stdio.h>

struct json {
	struct dt_buffer text;
};

/* event is the value of the first member. */
void json_begin(struct json *json, const char *event);
/* value NULL is null. What is not UTF-8 becomes U+FFFD. */
void json_text(struct json *json, const char *name, const char *value);
void json_number(struct json *json, const char *name, long value);
void json_bool(struct json *json, const char *name, bool value);
/* Writes the line in one piece, so that lines of two threads never mix. */
void json_end(struct json *json, FILE *out);

#endif

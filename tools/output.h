/*
 * What the subcommands say on standard output. Text that there is no memory for
 * is lost: this is said at once on standard error, and main makes a failure of
 * it, as of a full disk.
 */
#ifndef DICOMTLS_TOOLS_OUTPUT_H
#define DICOMTLS_TOOLS_OUTPUT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdio.h>

/* Writes the text to out, which is standard output, at once, so that lines of
 * several threads stay whole, and clears it. */
void output_put(struct dt_buffer *text, FILE *out);

/* Some of what there was to say could not be put together. */
void output_lose(void);
bool output_is_lost(void);

/* The text, or without memory for it an empty one and output_lose. */
const char *output_text(const char *text);

#endif

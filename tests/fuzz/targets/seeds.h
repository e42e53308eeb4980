/* What targets start from whose inputs have a form of their own. */
#ifndef DICOMTLS_FUZZ_SEEDS_TARGETS_H
#define DICOMTLS_FUZZ_SEEDS_TARGETS_H

#include "base/span.h"

typedef void (*seeds_write_fn)(const char *target, struct dt_span content);

void seeds_arguments(seeds_write_fn write);
void seeds_tls(seeds_write_fn write);

#endif

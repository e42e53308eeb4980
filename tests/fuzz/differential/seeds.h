/*
 * The cases that generation starts from. Most get keys of the pool, so that
 * what is changed can be signed again.
 */
#ifndef DICOMTLS_FUZZ_SEEDS_H
#define DICOMTLS_FUZZ_SEEDS_H

#include "conformance/source.h"
#include "parts.h"

struct seeds {
	struct draw memory;
	struct sample **samples;
	size_t count;
	size_t room;
};

/* Reads all cases of a source, most of them with other keys if exchange is
 * set. 0, or -1 with source->message. */
int seeds_load(struct seeds *seeds, struct case_source *source, bool exchange);
void seeds_clear(struct seeds *seeds);

/* One of them, borrowed. There must be one. */
const struct sample *seeds_draw(struct draw *d, const struct seeds *seeds);
/* Fields of any certificate or CRL; false if it cannot be read. */
bool seeds_draw_parts(
    struct draw *d, const struct seeds *seeds, struct parts *parts);

#endif

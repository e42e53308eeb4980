/*
 * What is behind an HDICOMDS: encoded bytes that the library lends to a
 * callback, and which the callback may replace where its answer counts.
 */
#ifndef DICOMTLS_LTDIC_DATASET_H
#define DICOMTLS_LTDIC_DATASET_H

#include "base/buffer.h"

#include "ltdic.h"

struct dt_dataset {
	uint32_t kind; /* first: tells this handle from others */
	bool fixed;
	bool changed;
	struct dt_span bytes; /* borrowed, or those of own */
	struct dt_buffer own;
};

/* For the time of a callback: hDS points at this struct. fixed: the program
 * may only look. */
struct dt_dataset dt_dataset_lend(struct dt_span bytes, bool fixed);
void dt_dataset_take_back(struct dt_dataset *dataset);

#endif

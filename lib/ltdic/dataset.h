/*
 * What is behind an HDICOMDS: encoded bytes, and the unique identifiers that
 * say what they are. Either the program's own, or one that the library lends
 * to a callback, and which the callback may replace where its answer counts.
 */
#ifndef DICOMTLS_LTDIC_DATASET_H
#define DICOMTLS_LTDIC_DATASET_H

#include "dicom/part10.h"
#include "ltdic/content.h"

#include "ltdic.h"

struct dt_dataset {
	uint32_t kind; /* first: tells this handle from others */
	bool lent;     /* not the program's to free or fill */
	bool fixed;    /* lent, and only to look at */
	bool changed;
	struct dt_part10 meta;	    /* empty text: not known */
	struct dt_content *content; /* NULL: nothing, or bytes that are lent */
	struct dt_span bytes;	    /* lent, or those of content or own */
	struct dt_buffer own;	    /* of a file, once somebody asked */
};

/* For the time of a callback: hDS points at this struct. fixed: the program
 * may only look. */
struct dt_dataset dt_dataset_lend(struct dt_span bytes, bool fixed);
struct dt_dataset dt_dataset_lend_content(
    struct dt_content *content, const struct dt_part10 *meta);
void dt_dataset_take_back(struct dt_dataset *dataset);

/* The object of a handle, or NULL and NULL_PTR or PARAMETER in *error. */
struct dt_dataset *dt_dataset_get(HDICOMDS handle, L_INT *error);

/* The same if the program may fill it; else NULL, and LOCKED too. */
struct dt_dataset *dt_dataset_get_own(HDICOMDS handle, L_INT *error);

/* Gives it other octets, whose reference it takes; NULL: none. */
void dt_dataset_set_content(
    struct dt_dataset *dataset, struct dt_content *content);

#endif

/*
 * A case that can be changed: the case model of the conformance tests in
 * memory that lasts as long as the draw, and for each object the key that
 * signs it.
 */
#ifndef DICOMTLS_FUZZ_SAMPLE_H
#define DICOMTLS_FUZZ_SAMPLE_H

#include "conformance/case.h"
#include "draw.h"

enum { SAMPLE_OBJECTS = 128, SAMPLE_TEXTS = 8 };

struct sample {
	struct case_data data;
	int signers[SAMPLE_OBJECTS]; /* KEY_NONE: keeps its signature */
};

/* An empty case at this time. */
struct sample *sample_new(struct draw *d, int64_t time);
/* Copies a case; NULL if it has too many objects. The DER is shared. */
struct sample *sample_copy(struct draw *d, const struct case_data *data);
struct sample *sample_clone(struct draw *d, const struct sample *sample);

/* Inserts before index, if there is room. */
void sample_insert(
    struct sample *sample, size_t index, struct case_object object, int signer);
void sample_append(
    struct sample *sample, struct case_object object, int signer);
void sample_remove(struct sample *sample, size_t index);
void sample_move(struct sample *sample, size_t from, size_t to);

/* Adds a host or policy, if there is room. text is borrowed. */
void sample_add_text(struct dt_array *texts, const char *text);
void sample_remove_text(struct dt_array *texts, size_t index);

/* Exactly one leaf, and the objects of a section in one run, leaf first, as
 * the text of a case has them. False if the case has no object. */
bool sample_arrange(struct sample *sample);

#endif

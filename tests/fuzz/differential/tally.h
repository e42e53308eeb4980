/*
 * What became of changed cases, by what was changed and how, in the memory
 * that the workers share.
 */
#ifndef DICOMTLS_FUZZ_TALLY_H
#define DICOMTLS_FUZZ_TALLY_H

#include "judge.h"
#include "place.h"

#include <stdatomic.h>

enum { MAX_CHANGES = 64 };

/* What was done to a case: to which object, where, by which change. */
struct change {
	int object; /* enum case_section, or one of these */
	int field;  /* enum field, or this */
	unsigned kind;
	bool strict;   /* nobody may accept the case any more, ... */
	bool optional; /* ... as long as the object can be read */
};
enum { CHANGED_CLOCK = CASE_SECTIONS, CHANGED_OBJECTS };
enum { FIELD_ALL = FIELDS, CHANGED_FIELDS };

struct tally {
	atomic_ulong places[CHANGED_OBJECTS][CHANGED_FIELDS][OUTCOMES];
	atomic_ulong changes[MAX_CHANGES][OUTCOMES];
	atomic_ulong modes[OVERRIDES][OUTCOMES];
	atomic_ulong all[OUTCOMES];
};

void tally_count(struct tally *tally, const struct change *change,
    const struct judgement *judgement);
/* What was done by name: NULL behind the last. */
typedef const char *(*tally_name_fn)(unsigned kind);
void tally_print(const struct tally *tally, tally_name_fn name_of, FILE *out);
/* "leaf, signature" */
void tally_describe(const struct change *change, char *text, size_t size);

#endif

/*
 * Counts and prints. A case counts by its worst mode: acceptance by us alone
 * in any, else what became of it where nothing is overridden.
 */
#include "tally.h"

static const char *const objects[CHANGED_OBJECTS] = {
	[CASE_LEAF] = "leaf",
	[CASE_UNTRUSTED] = "peer certificate",
	[CASE_TRUSTED] = "anchor",
	[CASE_CRL] = "CRL",
	[CHANGED_CLOCK] = "time of verification",
};

void
tally_count(struct tally *tally, const struct change *change,
    const struct judgement *judgement)
{
	enum outcome outcome = judgement->accepted_alone
				   ? ACCEPTED_ALONE
				   : judgement->outcomes[OVERRIDE_NONE];
	atomic_fetch_add(
	    &tally->places[change->object][change->field][outcome], 1);
	atomic_fetch_add(&tally->changes[change->kind][outcome], 1);
	atomic_fetch_add(&tally->all[outcome], 1);
	for (int i = 0; i < OVERRIDES; i++)
		atomic_fetch_add(&tally->modes[i][judgement->outcomes[i]], 1);
}

/* A row that holds nothing is left out. */
static void
print_row(FILE *out, const char *name, const atomic_ulong *counts)
{
	unsigned long sum = 0;
	for (int i = OUTCOME_NONE + 1; i < OUTCOMES; i++)
		sum += counts[i];
	if (sum == 0)
		return;
	fprintf(out, "%-40s%9lu", name, sum);
	for (int i = OUTCOME_NONE + 1; i < OUTCOMES; i++)
		fprintf(out, "%9lu", counts[i]);
	fputc('\n', out);
}

static void
print_head(FILE *out, const char *name)
{
	fprintf(out, "\n%-40s%9s%9s%9s%9s%9s\n", name, "cases", "both", "both",
	    "we alone", "we alone");
	fprintf(out, "%-40s%9s%9s%9s%9s%9s\n", "", "", "accept", "refuse",
	    "refuse", "accept");
}

void
tally_describe(const struct change *change, char *text, size_t size)
{
	bool whole = change->field == FIELD_ALL;
	snprintf(text, size, "%s%s%s", objects[change->object],
	    whole ? "" : ", ",
	    whole ? "" : field_name((enum field)change->field));
}

static void
print_places(const struct tally *tally, FILE *out)
{
	char text[64];
	struct change change = { 0 };
	for (int i = 0; i < CHANGED_OBJECTS * CHANGED_FIELDS; i++) {
		change.object = i / CHANGED_FIELDS;
		change.field = i % CHANGED_FIELDS;
		tally_describe(&change, text, sizeof(text));
		print_row(
		    out, text, tally->places[change.object][change.field]);
	}
}

void
tally_print(const struct tally *tally, tally_name_fn name_of, FILE *out)
{
	print_head(out, "what was changed");
	print_places(tally, out);
	print_head(out, "how");
	for (unsigned i = 0; i < MAX_CHANGES && name_of(i); i++)
		print_row(out, name_of(i), tally->changes[i]);
	print_head(out, "where the callback overrides");
	for (int i = 0; i < OVERRIDES; i++)
		print_row(
		    out, override_name((enum override)i), tally->modes[i]);
	print_head(out, "");
	print_row(out, "changed cases", tally->all);
}

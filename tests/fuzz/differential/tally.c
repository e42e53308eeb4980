/*
 * Counts and prints. A case counts by its worst mode: acceptance by us alone
 * in any, else what became of it where nothing is overridden.
 */
#include "tally.h"

#include "flips.h"

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
print_row(
    FILE *out, const char *name, const char *part, const atomic_ulong *counts)
{
	unsigned long sum = 0;
	for (int i = OUTCOME_NONE + 1; i < OUTCOMES; i++)
		sum += counts[i];
	if (sum == 0)
		return;
	int used = fprintf(out, "%s%s%s", name, *part ? ", " : "", part);
	fprintf(out, "%*s%9lu", used < 40 ? 40 - used : 1, "", sum);
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
tally_print(const struct tally *tally, FILE *out)
{
	print_head(out, "what was changed");
	for (int i = 0; i < CHANGED_OBJECTS; i++)
		for (int j = 0; j < CHANGED_FIELDS; j++)
			print_row(out, objects[i],
			    j == FIELD_ALL ? "" : field_name((enum field)j),
			    tally->places[i][j]);
	print_head(out, "how");
	for (unsigned i = 0; i < MAX_CHANGES && flips_name(i); i++)
		print_row(out, flips_name(i), "", tally->changes[i]);
	print_head(out, "where the callback overrides");
	for (int i = 0; i < OVERRIDES; i++)
		print_row(
		    out, override_name((enum override)i), "", tally->modes[i]);
	print_head(out, "");
	print_row(out, "changed cases", "", tally->all);
}

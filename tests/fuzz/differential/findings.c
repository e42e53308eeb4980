/*
 * Counting in shared memory.
 */
#include "findings.h"

#include "closed.h"

#include <sys/mman.h>

struct findings *
findings_new(void)
{
	void *memory = mmap(NULL, sizeof(struct findings),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return memory == MAP_FAILED ? NULL : memory;
}

static unsigned long long
hash_of(const char *text)
{
	unsigned long long hash = 14695981039346656037u; /* FNV-1a */
	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 1099511628211u;
	return hash | 1;
}

unsigned long
findings_count(struct findings *findings, const char *text, struct kind **kind)
{
	unsigned long long hash = hash_of(text);
	atomic_fetch_add(&findings->different, 1);
	for (size_t i = 0; i < MAX_KINDS; i++) {
		struct kind *k = &findings->kinds[i];
		unsigned long long seen = 0;
		if (atomic_compare_exchange_strong(&k->hash, &seen, hash))
			snprintf(k->text, sizeof(k->text), "%s", text);
		else if (seen != hash)
			continue;
		*kind = k;
		return atomic_fetch_add(&k->count, 1) + 1;
	}
	return 0;
}

void
findings_print(const struct findings *findings, FILE *out)
{
	for (size_t i = 0; i < MAX_KINDS; i++) {
		const struct kind *k = &findings->kinds[i];
		if (k->hash != 0)
			fprintf(out, "%8lu  %s\n          %s\n", k->count,
			    k->text, k->example);
	}
	for (int i = 0; closed_name(i); i++)
		fprintf(out, "%8lu  closed: %s\n", findings->closed[i],
		    closed_name(i));
	unsigned long closed = 0;
	for (int i = 0; closed_name(i); i++)
		closed += findings->closed[i];
	fprintf(out,
	    "%lu cases, %lu equal, %lu in closed classes, "
	    "%lu different\n",
	    findings->cases, findings->equal, closed, findings->different);
	fprintf(out, "%lu accepted by both, %lu accepted by us alone\n",
	    findings->accepted, findings->accepted_alone);
}

/*
 * A target with a fault behind four octets that fuzzing has to find, of the
 * kind that the environment variable PLANT names: run.sh expects each to be
 * reported, or what is not reported elsewhere would say nothing.
 */
#include "target.h"

#include <unistd.h>

static void *volatile kept;

static void
read_past_end(void)
{
	uint8_t *octets = fuzz_copy(dt_span("four", 4));
	volatile size_t end = 4; /* that no compiler sees it */
	volatile uint8_t octet = ((volatile uint8_t *)octets)[end];

	(void)octet;
	free(octets);
}

static void
leak(void)
{
	kept = fuzz_copy(dt_span("four", 4));
	kept = NULL;
}

static void
overflow(void)
{
	volatile int most = 0x7fffffff;

	most = most + 1;
}

static void
hang(void)
{
	for (;;)
		pause();
}

static void
not_hold(void)
{
	REQUIRE(kept != NULL);
}

static const struct {
	const char *name;
	void (*fault)(void);
} plants[] = {
	{ "address", read_past_end },
	{ "leak", leak },
	{ "undefined", overflow },
	{ "hang", hang },
	{ "require", not_hold },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *plant = getenv("PLANT");

	/* One after the other, as coverage leads there. */
	if (plant == NULL || size < 4 || data[0] != 'f' || data[1] != 'u' ||
	    data[2] != 'z' || data[3] != 'z')
		return 0;
	for (size_t i = 0; i < sizeof(plants) / sizeof(plants[0]); i++)
		if (strcmp(plants[i].name, plant) == 0)
			plants[i].fault();
	return 0;
}

#include "tools/progress.h"

#include <criterion/criterion.h>
#include <string.h>

static void
expect(struct progress_state state, const char *wanted)
{
	char text[121];

	progress_format(&state, 120, text);
	cr_expect_str_eq(
	    text, wanted, "\"%s\" instead of \"%s\"", text, wanted);
}

Test(progress, starts_empty)
{
	expect((struct progress_state){ 0, 2500000, 0, 7, 0 },
	    "[------------------------]   0 % 0 B of 2.5 MB, 0 of 7 files, "
	    "0 B/s");
}

Test(progress, shows_bytes_files_and_rate)
{
	expect((struct progress_state){ 1250000, 2500000, 3, 7, 500 },
	    "[############------------]  50 % 1.2 MB of 2.5 MB, 3 of 7 files, "
	    "2.5 MB/s");
}

Test(progress, is_full_only_at_the_end)
{
	expect((struct progress_state){ 999, 1000, 0, 1, 1000 },
	    "[#######################-]  99 % 999 B of 1.0 kB, 0 of 1 files, "
	    "999 B/s");
	expect((struct progress_state){ 1000, 1000, 1, 1, 1000 },
	    "[########################] 100 % 1.0 kB of 1.0 kB, 1 of 1 files, "
	    "1.0 kB/s");
}

Test(progress, counts_terabytes)
{
	expect((struct progress_state){ 3000000000000, 4000000000000, 1, 2,
		   1000000 },
	    "[##################------]  75 % 3.0 TB of 4.0 TB, 1 of 2 files, "
	    "3.0 GB/s");
}

Test(progress, keeps_within_the_terminal)
{
	struct progress_state state = { 1, 2, 1, 2, 1 };
	char text[41];

	progress_format(&state, 40, text);
	cr_expect_eq(strlen(text), 40);
}

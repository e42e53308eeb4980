/* TAP, and progress for who watches; see tell.h. */
#include "load/tell.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

static int tests, failures;

void
tell(bool good, const char *format, ...)
{
	va_list args;

	if (isatty(2))
		fprintf(stderr, "\r%60s\r", "");
	printf("%sok %d - ", good ? "" : "not ", ++tests);
	failures += !good;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

int
tell_end(void)
{
	printf("1..%d\n", tests);
	return failures == 0 ? 0 : 1;
}

void
progress(const char *what, unsigned long count_now, unsigned long of)
{
	if (isatty(2))
		fprintf(stderr, "\r%s: %lu of %lu ", what, count_now, of);
}

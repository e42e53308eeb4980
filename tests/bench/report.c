/*
 * Printing the bench's lines; see report.h. Each is complete when printed, so
 * that a run cut short is still worth something.
 */
#include "bench/report.h"

#include <gnutls/gnutls.h>
#include <openssl/crypto.h>

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* "model name" of Linux; without quotes and backslashes, for JSON's sake. */
static void
read_processor(char *text, size_t room)
{
	FILE *file = fopen("/proc/cpuinfo", "re");
	char line[160];

	snprintf(text, room, "unknown processor");
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		char *value = strchr(line, ':');

		if (value == NULL || strncmp(line, "model name", 10) != 0)
			continue;
		value[strcspn(value, "\n\"\\")] = '\0';
		snprintf(text, room, "%s", value + 2);
		break;
	}
	if (file != NULL)
		fclose(file);
}

void
bench_report_begin(bool json)
{
	char processor[160], date[24];
	time_t now = time(NULL);
	struct tm parts;

	read_processor(processor, sizeof(processor));
	gmtime_r(&now, &parts);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%MZ", &parts);
	printf(json ? "{\"processor\":\"%s\",\"cores\":%ld,\"date\":\"%s\","
		      "\"gnutls\":\"%s\",\"openssl\":\"%s\"}\n"
		    : "# %s, %ld cores, %s, GnuTLS %s, OpenSSL %s\n",
	    processor, sysconf(_SC_NPROCESSORS_ONLN), date,
	    gnutls_check_version(NULL),
	    OpenSSL_version(OPENSSL_VERSION_STRING));
	fflush(stdout);
}

static void
print_text(const struct bench_line *line)
{
	printf("bench %-30s ours %11.2f", line->name, line->ours);
	if (line->against != NULL && line->ratio > 0)
		printf(" %-7s %11.2f ratio %8.4f", line->against, line->theirs,
		    line->ratio);
	else if (line->against != NULL)
		printf(
		    " %-7s %11.2f ratio %8s", line->against, line->theirs, "-");
	else
		printf(" %-7s %11s ratio %8s", "-", "-", "-");
	if (line->goal > 0)
		printf(" goal %5.2f %-5s", line->goal, line->judgement);
	else
		printf(" goal     - %-5s", line->judgement);
	printf(" %s", line->unit);
	if (strcmp(line->unit, "us") == 0)
		printf(", allocations %zu/%zu", line->allocations[0],
		    line->allocations[1]);
	putchar('\n');
}

static void
print_json(const struct bench_line *line)
{
	printf("{\"bench\":\"%s\",\"unit\":\"%s\",\"ours\":%.4f", line->name,
	    line->unit, line->ours);
	if (line->against != NULL)
		printf(",\"against\":\"%s\",\"theirs\":%.4f,\"ratio\":%.6f",
		    line->against, line->theirs, line->ratio);
	if (line->goal > 0)
		printf(",\"goal\":%.2f", line->goal);
	if (strcmp(line->unit, "us") == 0)
		printf(",\"allocations\":%zu,\"their_allocations\":%zu,"
		       "\"rounds\":%u",
		    line->allocations[0], line->allocations[1], line->rounds);
	printf(",\"judgement\":\"%s\"}\n", line->judgement);
}

void
bench_report(const struct bench_line *line, bool json)
{
	bench_progress(NULL, 0, 0);
	(json ? print_json : print_text)(line);
	fflush(stdout);
}

void
bench_progress(const char *name, unsigned number, unsigned of)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r\033[K");
	if (name != NULL)
		fprintf(stderr, "[%u/%u] %s ", number, of, name);
	fflush(stderr);
}

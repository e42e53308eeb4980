/* Printing the rows; see bounds_report.h. The table is one of Markdown, so that
 * it can stand in a document as it is. */
#include "deep/bounds_report.h"

#include "dicomtls.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define DASHES "------------------------------------------------"

static const struct {
	int number;
	const char *name;
} failures[] = { { DICOMTLS_E_NOMEM, "NOMEM" },
	{ DICOMTLS_E_INVALID, "INVALID" }, { DICOMTLS_E_IO, "IO" },
	{ DICOMTLS_E_FORMAT, "FORMAT" }, { DICOMTLS_E_LIMIT, "LIMIT" },
	{ DICOMTLS_E_UNSUPPORTED, "UNSUPPORTED" } };

static const char *
failure_name(int number)
{
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++)
		if (failures[i].number == number)
			return failures[i].name;
	return "?";
}

void
bounds_outcome_text(
    const struct bounds_outcome *outcome, char text[BOUNDS_TEXT])
{
	const int n = outcome->number;

	switch (outcome->end) {
	case BOUNDS_ACCEPTED:
		snprintf(
		    text, BOUNDS_TEXT, n == 0 ? "accepted" : "keeps %d", n);
		break;
	case BOUNDS_REFUSED:
		snprintf(text, BOUNDS_TEXT, "%d %s", n, dicomtls_code_name(n));
		break;
	case BOUNDS_FAILED:
		snprintf(text, BOUNDS_TEXT, "E_%s", failure_name(n));
		break;
	case BOUNDS_EARLY:
		snprintf(text, BOUNDS_TEXT, "alert %d for Certificate", n);
		break;
	case BOUNDS_ALERT:
		snprintf(text, BOUNDS_TEXT, "alert %d", n);
		break;
	case BOUNDS_ABORTED:
		snprintf(text, BOUNDS_TEXT, "A-ABORT, reason %d", n);
		break;
	}
}

static void
read_date(char *text, size_t room)
{
	time_t today = time(NULL);
	struct tm parts;

	gmtime_r(&today, &parts);
	strftime(text, room, "%Y-%m-%d", &parts);
}

void
bounds_report_begin(enum bounds_form form)
{
	const char *reference = bounds_reference();
	char date[16];

	if (form == BOUNDS_TAP)
		return;
	read_date(date, sizeof(date));
	printf(form == BOUNDS_JSON
		   ? "{\"date\":\"%s\",\"cores\":%ld,\"gnutls\":\"%s\","
		     "\"reference\":\"%s\"}\n"
		   : "%s, %ld cores, GnuTLS %s, reference: %s\n\n",
	    date, sysconf(_SC_NPROCESSORS_ONLN), gnutls_check_version(NULL),
	    *reference != '\0' ? reference : "none");
	if (form == BOUNDS_TABLE)
		printf("| %-46s | %-36s | %-36s | %9s | %9s | %6s | %6s | %9s "
		       "| %9s | %7s |\n|%.48s|%.38s|%.38s|%.11s|%.11s|%.8s|"
		       "%.8s|%.11s|%.11s|%.9s|\n",
		    "attack", "limit", "outcome", "ours, ms", "OpenSSL",
		    "ratio", "double", "peak, KiB", "OpenSSL", "x input",
		    DASHES, DASHES, DASHES, DASHES, DASHES, DASHES, DASHES,
		    DASHES, DASHES, DASHES);
	fflush(stdout);
}

static void
print_number(double value, int width, int digits)
{
	if (value > 0)
		printf(" %*.*f |", width, digits, value);
	else
		printf(" %*s |", width, "-");
}

static void
print_row(const struct bounds_row *row, const struct bounds_result *result)
{
	char limit[BOUNDS_TEXT] = "-", outcome[BOUNDS_TEXT];

	if (row->limit != NULL)
		snprintf(
		    limit, sizeof(limit), "%s %lu", row->limit, row->value);
	bounds_outcome_text(&result->ours.outcome, outcome);
	printf("| %-46s | %-36s | %-36s |", row->attack, limit, outcome);
	print_number(result->ours.seconds * 1e3, 9, 3);
	print_number(result->theirs.seconds * 1e3, 9, 3);
	print_number(result->theirs.seconds > 0
			 ? result->ours.seconds / result->theirs.seconds
			 : 0,
	    6, 2);
	print_number(result->growth, 6, 1);
	print_number((double)result->ours.peak / 1024, 9, 0);
	print_number((double)result->theirs.peak / 1024, 9, 0);
	print_number(result->octets > 0
			 ? (double)result->ours.peak / (double)result->octets
			 : 0,
	    7, 2);
	putchar('\n');
}

static void
print_json(const struct bounds_row *row, const struct bounds_result *result,
    const char *wrong)
{
	char ours[BOUNDS_TEXT], theirs[BOUNDS_TEXT];

	bounds_outcome_text(&result->ours.outcome, ours);
	bounds_outcome_text(&result->theirs.outcome, theirs);
	printf("{\"attack\":\"%s\",\"octets\":%zu,\"outcome\":\"%s\","
	       "\"us\":%.1f,\"peak\":%ld",
	    row->attack, result->octets, ours, result->ours.seconds * 1e6,
	    result->ours.peak);
	if (row->limit != NULL)
		printf(
		    ",\"limit\":\"%s\",\"value\":%lu", row->limit, row->value);
	if (result->theirs.seconds > 0)
		printf(",\"reference\":{\"outcome\":\"%s\",\"us\":%.1f,"
		       "\"peak\":%ld}",
		    theirs, result->theirs.seconds * 1e6, result->theirs.peak);
	if (result->growth > 0)
		printf(",\"double\":%.2f", result->growth);
	printf(",\"passed\":%s", wrong == NULL ? "true" : "false");
	if (wrong != NULL)
		printf(",\"wrong\":\"%s\"", wrong);
	puts("}");
}

void
bounds_report(enum bounds_form form, const struct bounds_row *row,
    const struct bounds_result *result, const char *wrong)
{
	static unsigned number;

	bounds_progress(NULL, 0, 0);
	number++;
	if (form == BOUNDS_JSON)
		print_json(row, result, wrong);
	else if (form == BOUNDS_TABLE)
		print_row(row, result);
	else
		printf("%sok %u - %s\n", wrong == NULL ? "" : "not ", number,
		    row->attack);
	if (wrong != NULL && form != BOUNDS_JSON)
		printf("%s %s: %s\n",
		    form == BOUNDS_TAP ? "#" : "FAILED:", row->attack, wrong);
	fflush(stdout);
}

void
bounds_report_end(enum bounds_form form, unsigned passed, unsigned failed)
{
	static const char *const forms[] = {
		[BOUNDS_TABLE] = "\n%u passed, %u failed\n",
		[BOUNDS_JSON] = "{\"passed\":%u,\"failed\":%u}\n",
	};

	if (form == BOUNDS_TAP)
		printf("1..%u\n", passed + failed);
	else
		printf(forms[form], passed, failed);
}

void
bounds_progress(const char *attack, unsigned number, unsigned of)
{
	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r\033[K");
	if (attack != NULL)
		fprintf(stderr, "[%u/%u] %s ", number, of, attack);
	fflush(stderr);
}

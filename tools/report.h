/*
 * What the subcommands tell: VERIFY events as they come and one result at the
 * end, as text for people or as JSON lines. Colour only on a terminal, and
 * not where NO_COLOR is set.
 */
#ifndef DICOMTLS_TOOLS_REPORT_H
#define DICOMTLS_TOOLS_REPORT_H

#include "dicomtls.h"
#include "tools/progress.h"

#include <stdbool.h>

struct report {
	bool json;
	bool colour;
	bool certificates; /* events in text show the certificate string */
	struct progress *progress; /* makes room for lines; NULL: none */
};

/* The last failure among the events of one verification. */
struct finding {
	int error; /* DICOMTLS_V_*, 0: none */
	int depth;
	char subject[256];
};

enum report_stage {
	REPORT_TCP,
	REPORT_TLS,
	REPORT_VERIFY,
	REPORT_ASSOCIATION,
	REPORT_ECHO,
	REPORT_STORE
};

struct result {
	bool ok;
	enum report_stage stage; /* how far it came, or where it failed */
	struct finding finding;
	int alert; /* -1: none */
	bool alert_received;
	char text[1024]; /* one sentence, without a full stop */
};

void report_init(struct report *report, bool json);

/* In whose name an event comes: the end of a link that judges, or what a
 * certificate in a file is judged as. */
struct event_source {
	const char *role; /* "scu", "scp", or a purpose by its name */
	bool judged_as;
};

/* Prints an event. A failure is kept in finding. */
void report_event(const struct report *report,
    const struct event_source *source, const struct dicomtls_event *event,
    struct finding *finding);

/* Prints the result; role as above. */
void report_result(
    const struct report *report, const char *role, const struct result *result);

enum report_tone { TONE_BAD, TONE_GOOD, TONE_MIXED };

/* One line of text that starts with a word in its colour; nothing in JSON. */
void report_line(const struct report *report, enum report_tone tone,
    const char *word, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Prints a JSON object that json_begin has begun. */
struct json;
void report_json(const struct report *report, struct json *json);

/* One line of text that is not a result; nothing in JSON. */
void report_note(const struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

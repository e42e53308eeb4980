/* Telling what happened; see report.h. Every line leaves in one write, since
 * events come from several threads. */
#include "tools/report.h"

#include "tools/json.h"
#include "tools/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What dicomtls_event_ok answers for that notice. */
#define POLICIES_JUDGED 2

#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

static const char *const stage_names[] = {
	[REPORT_TCP] = "tcp",
	[REPORT_TLS] = "tls",
	[REPORT_VERIFY] = "verify",
	[REPORT_ASSOCIATION] = "association",
	[REPORT_ECHO] = "echo",
	[REPORT_STORE] = "store",
};

void
report_init(struct report *report, bool json)
{
	const char *no_colour = getenv("NO_COLOR");

	memset(report, 0, sizeof(*report));
	report->json = json;
	report->colour = !json && isatty(STDOUT_FILENO) == 1 &&
			 (no_colour == NULL || *no_colour == '\0');
}

static void
flush(const struct report *report, struct dt_buffer *text)
{
	progress_pause(report->progress);
	output_put(text, stdout);
	progress_resume(report->progress);
}

void
report_json(const struct report *report, struct json *json)
{
	progress_pause(report->progress);
	json_end(json, stdout);
	progress_resume(report->progress);
}

static void
put_coloured(const struct report *report, enum report_tone tone,
    const char *word, struct dt_buffer *out)
{
	static const char *const colours[] = {
		[TONE_BAD] = RED, [TONE_GOOD] = GREEN, [TONE_MIXED] = YELLOW
	};

	if (report->colour)
		dt_buffer_text(out, colours[tone]);
	dt_buffer_text(out, word);
	if (report->colour)
		dt_buffer_text(out, PLAIN);
}

/* The lines of text, each moved to the right. */
static void
put_indented(const char *text, struct dt_buffer *out)
{
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");

		dt_buffer_printf(out, "    %.*s\n", (int)size, text);
		text += size;
		text += *text == '\n';
	}
}

static const char *
outcome_of(const struct dicomtls_event *event)
{
	static const char *const words[] = { "failed",
		"ok", [POLICIES_JUDGED] = "policies judged" };

	return words[dicomtls_event_ok(event)];
}

static void
print_event_text(const struct report *report, const struct event_source *source,
    const struct dicomtls_event *event)
{
	bool ok = dicomtls_event_ok(event) != 0;
	int error = dicomtls_event_error(event);
	struct dt_buffer line = { 0 };

	dt_buffer_printf(&line, "VERIFY %s%s depth %d ",
	    source->judged_as ? "as " : "", source->role,
	    dicomtls_event_depth(event));
	put_coloured(
	    report, ok ? TONE_GOOD : TONE_BAD, outcome_of(event), &line);
	dt_buffer_printf(&line, " %d %s%s (%s) %s\n",
	    dicomtls_code_l_number(error),
	    error == 0 ? "L_X509_V_" : "L_X509_V_ERR_",
	    dicomtls_code_name(error), dicomtls_code_text(error),
	    output_text(dicomtls_event_subject(event)));
	if (report->certificates)
		put_indented(
		    output_text(dicomtls_event_certificate_string(event)),
		    &line);
	flush(report, &line);
}

static void
put_error(struct json *json, int error)
{
	json_number(json, "error", error);
	json_number(json, "l_error", dicomtls_code_l_number(error));
	json_text(json, "name", dicomtls_code_name(error));
}

static void
print_event_json(const struct report *report, const struct event_source *source,
    const struct dicomtls_event *event)
{
	int error = dicomtls_event_error(event);
	struct json json;

	json_begin(&json, "verify");
	json_text(&json, "role", source->role);
	json_number(&json, "depth", dicomtls_event_depth(event));
	json_bool(&json, "ok", dicomtls_event_ok(event) != 0);
	if (dicomtls_event_ok(event) == POLICIES_JUDGED)
		json_bool(&json, "policies", true);
	put_error(&json, error);
	json_text(&json, "text", dicomtls_code_text(error));
	json_text(&json, "subject", output_text(dicomtls_event_subject(event)));
	json_text(&json, "certificate",
	    output_text(dicomtls_event_certificate_string(event)));
	report_json(report, &json);
}

void
report_event(const struct report *report, const struct event_source *source,
    const struct dicomtls_event *event, struct finding *finding)
{
	if (report->json)
		print_event_json(report, source, event);
	else
		print_event_text(report, source, event);
	if (dicomtls_event_ok(event) != 0)
		return;
	finding->error = dicomtls_event_error(event);
	finding->depth = dicomtls_event_depth(event);
	snprintf(finding->subject, sizeof(finding->subject), "%s",
	    output_text(dicomtls_event_subject(event)));
}

static void
print_result_json(
    const struct report *report, const char *role, const struct result *result)
{
	struct json json;

	json_begin(&json, "result");
	json_text(&json, "role", role);
	json_bool(&json, "ok", result->ok);
	json_text(&json, "stage", stage_names[result->stage]);
	put_error(&json, result->finding.error);
	if (result->finding.error != 0) {
		json_number(&json, "depth", result->finding.depth);
		json_text(&json, "subject", result->finding.subject);
	}
	if (result->alert >= 0) {
		json_number(&json, "alert", result->alert);
		json_text(&json, "alert_direction",
		    result->alert_received ? "received" : "sent");
	}
	json_text(&json, "text", result->text);
	report_json(report, &json);
}

void
report_line(const struct report *report, enum report_tone tone,
    const char *word, const char *format, ...)
{
	struct dt_buffer line = { 0 };
	va_list args;

	if (report->json)
		return;
	put_coloured(report, tone, word, &line);
	va_start(args, format);
	dt_buffer_vprintf(&line, format, args);
	va_end(args);
	dt_buffer_byte(&line, '\n');
	flush(report, &line);
}

void
report_result(
    const struct report *report, const char *role, const struct result *result)
{
	if (report->json)
		print_result_json(report, role, result);
	else
		report_line(report, result->ok ? TONE_GOOD : TONE_BAD,
		    result->ok ? "OK" : "FAILED", ": %s", result->text);
}

void
report_note(const struct report *report, const char *format, ...)
{
	struct dt_buffer line = { 0 };
	va_list args;

	if (report->json)
		return;
	va_start(args, format);
	dt_buffer_vprintf(&line, format, args);
	va_end(args);
	dt_buffer_byte(&line, '\n');
	flush(report, &line);
}

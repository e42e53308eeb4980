/* Lines about data sets; see store_report.h. */
#include "tools/store_report.h"

#include "tools/json.h"
#include "tools/output.h"

#include <stdlib.h>

static const struct {
	const char *word;
	const char *json;
	enum report_tone tone;
} outcomes[] = {
	[STORE_DONE] = { "STORED", "stored", TONE_GOOD },
	[STORE_WARNING] = { "WARNING", "warning", TONE_MIXED },
	[STORE_FAILED] = { "FAILED", "failed", TONE_BAD },
};

enum store_outcome
store_item_outcome(const struct store_item *item)
{
	return item->status < 0 ? STORE_FAILED
				: store_status_outcome((uint16_t)item->status);
}

/* ": 0xa700, out of resources (no space left on device)" */
static void
put_reason(const struct store_item *item, struct dt_buffer *out)
{
	if (item->status < 0) {
		dt_buffer_printf(out, "not sent: %s", item->why);
		return;
	}
	if (item->status != 0)
		dt_buffer_printf(out, "0x%04x, ", (unsigned)item->status);
	dt_buffer_text(out, store_status_text((uint16_t)item->status));
	if (item->why != NULL)
		dt_buffer_printf(out, " (%s)", item->why);
}

static void
print_json(const struct report *report, const struct store_item *item,
    const char *reason)
{
	const struct dt_part10 *meta = item->meta;
	struct json json;

	json_begin(&json, "file");
	json_text(&json, "role", item->role);
	json_text(&json, "path", item->path);
	json_text(&json, "outcome", outcomes[store_item_outcome(item)].json);
	if (item->status >= 0)
		json_number(&json, "status", item->status);
	if (meta != NULL) {
		json_text(&json, "sop_class", meta->sop_class);
		json_text(&json, "sop_instance", meta->sop_instance);
		json_text(&json, "transfer_syntax", meta->transfer);
		json_number(&json, "bytes", (long)item->size);
	}
	json_text(&json, "text", reason);
	report_json(report, &json);
}

/* A name from a disk somebody sent may hold anything: nothing of it is to
 * steer a terminal, or to look like a line of its own. */
static char *
make_printable(const char *path)
{
	char *text = strdup(path);

	for (char *at = text; text != NULL && *at != '\0'; at++)
		if ((unsigned char)*at < ' ' || *at == '\x7f')
			*at = '?';
	return text;
}

void
store_report(const struct report *report, const struct store_item *item)
{
	enum store_outcome outcome = store_item_outcome(item);
	char *path =
	    make_printable(item->path == NULL ? "a data set" : item->path);
	struct dt_buffer text = { 0 };
	char *reason;

	put_reason(item, &text);
	reason = dt_buffer_take_text(&text);
	if (report->json)
		print_json(report, item, output_text(reason));
	else if (outcome == STORE_DONE)
		report_line(report, TONE_GOOD, outcomes[outcome].word,
		    " %s, %llu bytes", output_text(path),
		    (unsigned long long)item->size);
	else
		report_line(report, outcomes[outcome].tone,
		    outcomes[outcome].word, " %s: %s", output_text(path),
		    output_text(reason));
	free(reason);
	free(path);
}

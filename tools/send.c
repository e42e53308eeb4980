/*
 * dicomtls send: C-STORE of files to an SCP, over as few associations as their
 * kinds allow.
 */
#include "tools/command.h"
#include "tools/scu_options.h"
#include "tools/scu_store.h"
#include "tools/store_report.h"

struct send {
	long timeout;
	bool recurse;
};

#define AT(field) offsetof(struct send, field)

static const struct option_spec specs[] = {
	{ "recurse", OPTION_FLAG, AT(recurse), NULL,
	    "send the DICOM files below directories", 0, 0, NULL },
	{ "timeout", OPTION_NUMBER, AT(timeout), "S",
	    "seconds without a sign of life (default 30)", 1, 86400, NULL },
	{ 0 },
};

/* Files that were named and cannot be sent. */
struct refused {
	const struct report *report;
	size_t count;
};

static void
refuse(const char *path, const char *why, void *arg)
{
	struct refused *refused = arg;
	const struct store_item item = { "scu", path, NULL, 0, -1, why };

	refused->count++;
	store_report(refused->report, &item);
}

static void
watch(void *arg)
{
	const struct store_batch *batch = arg;

	progress_draw(batch->progress);
}

/* One association for the files of a batch. -1: go on with the next;
 * otherwise the status to end with. */
static int
run_batch(struct scu_request *request, struct store_batch *batch)
{
	struct dt_message why;
	struct result result;

	request->service = &scu_store;
	request->watch = watch;
	request->arg = batch;
	if (!scu_run(request, &result, &why)) {
		command_error("send", "%s", why.text);
		return STATUS_UNUSABLE;
	}
	store_batch_give_up(batch, result.stage == REPORT_STORE
				       ? "the association ended before"
				       : "there was no association");
	report_result(request->report, "scu", &result);
	if (!result.ok && result.stage == REPORT_STORE)
		batch->cut = true;
	if (result.ok || batch->cut)
		return -1;
	return result.stage == REPORT_TCP ? STATUS_UNUSABLE : STATUS_REFUSED;
}

static void
give_up(
    const struct store_batch *like, const struct outgoing *files, size_t count)
{
	struct store_batch batch = *like;

	batch.files = files;
	batch.count = count;
	batch.next = 0;
	store_batch_give_up(&batch, "an association before failed");
}

static int
run_all(struct scu_request *request, const struct outbox *outbox,
    struct progress *progress)
{
	struct store_batch batch = { .report = request->report,
		.progress = progress };
	int worst = STATUS_DONE;
	size_t done = 0;

	while (done < outbox->count) {
		size_t left = outbox->count - done;
		int status;

		batch.files = outbox->files + done;
		batch.count =
		    store_contexts_make(&batch.contexts, batch.files, left);
		batch.next = batch.stored = batch.warnings = 0;
		batch.cut = false;
		if (batch.count < left)
			report_note(request->report,
			    "an association has room for %d presentation "
			    "contexts: %zu of %zu files first",
			    DT_MAX_CONTEXTS, batch.count, left);
		status = run_batch(request, &batch);
		done += batch.count;
		if (batch.cut || batch.stored < batch.count)
			worst = STATUS_REFUSED;
		if (status >= 0) {
			give_up(
			    &batch, outbox->files + done, outbox->count - done);
			return status;
		}
	}
	return worst;
}

static int
run(struct scu_request *request, struct report *report,
    const struct outbox *outbox)
{
	struct progress progress;
	int status;

	if (!endpoint_start_library("send"))
		return STATUS_UNUSABLE;
	progress_init(&progress, !report->json, outbox->count, outbox->bytes);
	report->progress = &progress;
	status = run_all(request, outbox, &progress);
	L_DicomShutDown();
	report->progress = NULL;
	progress_clear(&progress);
	return status;
}

/* Reads the heads, sends the files. */
static int
send_files(struct scu_request *request, struct report *report,
    const struct send *send, char **paths, int count)
{
	struct refused refused = { report, 0 };
	struct outbox outbox = { 0 };
	int status = STATUS_UNUSABLE;

	for (int i = 0; i < count; i++)
		outbox_add(&outbox, paths[i], send->recurse, refuse, &refused);
	if (outbox.passed_over > 0)
		report_note(report,
		    "files that are no DICOM files, passed over: %zu",
		    outbox.passed_over);
	if (outbox.count > 0)
		status = run(request, report, &outbox);
	else
		command_error("send", "there is no file to be sent");
	if (status == STATUS_DONE && refused.count > 0)
		status = STATUS_REFUSED;
	outbox_clear(&outbox);
	return status;
}

int
command_send(int argc, char **argv)
{
	struct send send = { .timeout = 30 };
	struct scu_settings settings = SCU_SETTINGS_DEFAULT;
	const struct options options = {
		"send",
		"FILE... HOST PORT",
		"Connects over TLS and stores DICOM files with C-STORE; tells "
		"what became of each, and every VERIFY event.",
		{ { specs, &send }, SCU_TABLES(&settings) },
	};
	struct scu_request request;
	struct report report;
	int operands;
	int status = options_parse(&options, argc, argv, &operands);

	if (status < 0)
		status = endpoint_check(&options, &settings.endpoint);
	if (status >= 0)
		return status;
	if (argc - operands < 3)
		return options_wrong(
		    &options, "at least one FILE, HOST and PORT are needed");
	status =
	    scu_request_init(&request, &options, &settings, argv + argc - 2);
	if (status >= 0)
		return status;
	report_init(&report, settings.json);
	request.report = &report;
	request.timeout = send.timeout;
	return send_files(
	    &request, &report, &send, argv + operands, argc - operands - 2);
}

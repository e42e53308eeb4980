/*
 * C-STORE, one file after the other; see scu_store.h. A file that cannot be
 * sent or is refused does not keep the others back; only the end of the
 * association does.
 */
#include "tools/scu_store.h"

#include "ltdic/extras.h"
#include "tools/store_report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The data set of a file on its way; the library ends it with close, which
 * may be long after the association has ended for us. */
struct stream {
	struct scu *scu;
	struct progress *progress;
	HDICOMNET handle;
	const char *path;
	int file;
	uint64_t left;
};

static int
read_stream(void *arg, uint8_t *octets, size_t *size)
{
	struct stream *stream = arg;
	ssize_t got;

	/* What was added to the file meanwhile is not announced. */
	if (*size > stream->left)
		*size = (size_t)stream->left;
	if (*size == 0)
		return 0;
	do
		got = read(stream->file, octets, *size);
	while (got < 0 && errno == EINTR);
	if (got <= 0) {
		scu_finish(stream->scu, stream->handle, false, "%s: %s",
		    stream->path, got < 0 ? strerror(errno) : "was cut short");
		return DICOMTLS_E_IO;
	}
	scu_move(stream->scu);
	progress_add_bytes(stream->progress, (size_t)got);
	stream->left -= (uint64_t)got;
	*size = (size_t)got;
	return 0;
}

static void
close_stream(void *arg)
{
	struct stream *stream = arg;

	close(stream->file);
	scu_unref(stream->scu);
	free(stream);
}

static int
propose(HDICOMPDU request, void *arg)
{
	const struct store_batch *batch = arg;
	int code = DICOM_SUCCESS;

	for (size_t i = 0; i < batch->contexts.count && code == DICOM_SUCCESS;
	     i++) {
		const struct dt_part10 *meta = batch->contexts.metas[i];
		uint8_t id = store_context_id(i);

		code = L_DicomAddPresentation(request, id,
		    PDU_ACCEPT_RESULT_SUCCESS, (L_TCHAR *)meta->sop_class);
		if (code == DICOM_SUCCESS)
			code = L_DicomAddTransfer(
			    request, id, (L_TCHAR *)meta->transfer);
	}
	return code;
}

/* One line about the next file, and on to the one behind it. */
static void
tell(struct store_batch *batch, int status, const char *why)
{
	const struct outgoing *file = &batch->files[batch->next];
	const struct store_item item = { "scu", file->path, &file->meta,
		file->size, status, why };
	enum store_outcome outcome = store_item_outcome(&item);

	batch->next++;
	batch->stored += outcome != STORE_FAILED;
	batch->warnings += outcome == STORE_WARNING;
	progress_add_file(batch->progress);
	store_report(batch->report, &item);
}

void
store_batch_give_up(struct store_batch *batch, const char *why)
{
	while (batch->next < batch->count)
		tell(batch, -1, why);
}

/* PS3.8 table 9-18. */
static const char *
rejection_text(uint8_t result)
{
	static const char *const texts[] = {
		[PDU_ACCEPT_RESULT_USER_REJECT] = "the user rejected it",
		[PDU_ACCEPT_RESULT_PROVIDER_REJECT] = "without a reason",
		[PDU_ACCEPT_RESULT_ABSTRACT_SYNTAX] =
		    "it does not support the SOP class",
		[PDU_ACCEPT_RESULT_TRANSFER_SYNTAX] =
		    "it does not support the transfer syntax",
	};

	if (result >= sizeof(texts) / sizeof(texts[0]) || texts[result] == NULL)
		return "with a result that DICOM does not define";
	return texts[result];
}

static void
tell_rejected(struct store_batch *batch, uint8_t result)
{
	const struct dt_part10 *meta = &batch->files[batch->next].meta;
	char why[320];

	snprintf(why, sizeof(why),
	    "the peer rejected its presentation context, SOP class %s in "
	    "transfer syntax %s: %s",
	    meta->sop_class, meta->transfer, rejection_text(result));
	tell(batch, -1, why);
}

/* One message is on its way at a time: its identifier is the file's
 * position. */
static uint16_t
message_id(const struct store_batch *batch)
{
	return (uint16_t)(batch->next % UINT16_MAX + 1);
}

static bool
send_stream(struct scu *scu, HDICOMNET handle, uint8_t context, int file)
{
	const struct store_batch *batch = scu_arg(scu);
	const struct outgoing *outgoing = &batch->files[batch->next];
	const struct dt_store_request request = {
		.context = context,
		.message_id = message_id(batch),
		.class_uid = outgoing->meta.sop_class,
		.instance_uid = outgoing->meta.sop_instance,
		.priority = COMMAND_PRIORITY_MEDIUM,
	};
	struct stream *stream = malloc(sizeof(*stream));
	const struct dt_data_source source = { outgoing->size, read_stream,
		close_stream, stream };

	if (stream == NULL) {
		close(file);
		return false;
	}
	*stream = (struct stream){ scu_ref(scu), batch->progress, handle,
		outgoing->path, file, outgoing->size };
	if (dt_net_send_store(handle, &request, &source) == DICOM_SUCCESS)
		return true;
	close_stream(stream);
	return false;
}

/* True: the file is on its way; false: something was reported about it. */
static bool
send_file(struct scu *scu, HDICOMNET handle)
{
	struct store_batch *batch = scu_arg(scu);
	const struct outgoing *outgoing = &batch->files[batch->next];
	size_t index = store_contexts_find(&batch->contexts, &outgoing->meta);
	struct dt_message why;
	int file;

	if (batch->results[index] != PDU_ACCEPT_RESULT_SUCCESS) {
		tell_rejected(batch, batch->results[index]);
		return false;
	}
	file = outgoing_open(outgoing, &why);
	if (file >= 0 &&
	    send_stream(scu, handle, store_context_id(index), file))
		return true;
	tell(batch, -1,
	    file < 0 ? why.text : "the message could not be put together");
	return false;
}

static void
send_next(struct scu *scu, HDICOMNET handle)
{
	const struct store_batch *batch = scu_arg(scu);

	while (batch->next < batch->count)
		if (send_file(scu, handle))
			return;
	if (L_DicomSendReleaseRequest(handle) != DICOM_SUCCESS)
		scu_finish(scu, handle, false, "the release could not be sent");
}

static void
start(struct scu *scu, HDICOMNET handle, HDICOMPDU answer)
{
	struct store_batch *batch = scu_arg(scu);

	for (size_t i = 0; i < batch->contexts.count; i++)
		batch->results[i] =
		    L_DicomGetResult(answer, store_context_id(i));
	scu_reach(scu, REPORT_STORE);
	scu_move(scu);
	send_next(scu, handle);
}

static L_VOID EXT_CALLBACK
on_store(HDICOMNET handle, L_UCHAR context, L_UINT16 message,
    L_TCHAR *sop_class, L_TCHAR *instance, L_UINT16 status, L_VOID *arg)
{
	struct scu *scu = arg;
	struct store_batch *batch = scu_arg(scu);

	(void)context;
	(void)sop_class;
	(void)instance;
	if (batch->next == batch->count || message != message_id(batch)) {
		scu_finish(scu, handle, false,
		    "the peer answered a message that was not sent (%u)",
		    message);
		return;
	}
	scu_move(scu);
	tell(batch, status, NULL);
	send_next(scu, handle);
}

static void
install(DICOMNETCALLBACK *callbacks)
{
	callbacks->pfnReceiveCStoreResponse = on_store;
}

static bool
conclude(struct scu *scu, char *text, size_t room)
{
	const struct store_batch *batch = scu_arg(scu);
	bool all = batch->stored == batch->count;
	char some[48] = "", warnings[48] = "";

	if (!all)
		snprintf(some, sizeof(some), "%zu of ", batch->stored);
	if (batch->warnings > 0)
		snprintf(warnings, sizeof(warnings), " (%zu with a warning)",
		    batch->warnings);
	snprintf(text, room, "%s%zu file%s stored%s", some, batch->count,
	    batch->count == 1 ? "" : "s", warnings);
	return all;
}

const struct scu_service scu_store = {
	.propose = propose,
	.install = install,
	.start = start,
	.conclude = conclude,
};

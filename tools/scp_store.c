/* C-STORE of an SCP; see scp_store.h. */
#include "tools/scp_store.h"

#include "ltdic/extras.h"
#include "tools/store_report.h"

#include <stdio.h>

bool
scp_store_init(struct scp_store *store, struct inbox *inbox,
    const struct report *report, HDICOMNET handle)
{
	struct dt_data_sink sink;

	store->report = report;
	store->delivery = delivery_new(inbox);
	if (store->delivery == NULL)
		return false;
	sink = delivery_sink(store->delivery);
	return dt_net_set_data_sink(handle, &sink) == DICOM_SUCCESS;
}

static void
report_store(struct scp_store *store, const struct inbox_result *result)
{
	char path[DT_UID_MAX + sizeof(".dcm")];
	struct store_item item = {
		.role = "scp", .status = result->status, .size = result->size
	};

	if (result->meta.sop_instance[0] != '\0') {
		snprintf(
		    path, sizeof(path), "%s.dcm", result->meta.sop_instance);
		item.path = path;
		item.meta = &result->meta;
	}
	if (result->why.text[0] != '\0')
		item.why = result->why.text;
	if (store_item_outcome(&item) == STORE_FAILED)
		store->failed++;
	else
		store->stored++;
	store_report(store->report, &item);
}

/* What is no UID is not sent back (optional by PS3.7 C.5.12). */
static L_TCHAR *
valid_or_null(L_TCHAR *uid)
{
	return uid != NULL && dt_uid_is_valid(dt_span(uid, strlen(uid))) ? uid
									 : NULL;
}

/* A peer that gets no answer would wait for one: it gets an abort. */
void
scp_store_answer(struct scp_store *store, HDICOMNET handle, L_UCHAR context,
    L_UINT16 message, L_TCHAR *sop_class, L_TCHAR *instance)
{
	struct inbox_result result;

	delivery_take_result(store->delivery, &result);
	report_store(store, &result);
	if (L_DicomSendCStoreResponse(handle, context, message,
		valid_or_null(sop_class), valid_or_null(instance),
		result.status) != DICOM_SUCCESS)
		L_DicomSendAbort(
		    handle, PDU_ABORT_SOURCE_USER, PDU_ABORT_REASON_UNKNOWN);
}

void
scp_store_clear(struct scp_store *store)
{
	delivery_release(store->delivery);
	store->delivery = NULL;
}

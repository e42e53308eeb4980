/* Data sets as bytes: L_DicomCreateDS to L_DicomSetIdentityDS. Files are
 * dataset_file.c's. */
#include "ltdic/dataset.h"

#include "ltdic/associate.h"

#include <stdlib.h>

/* Tells an HDICOMDS from other handles given by mistake. */
#define KIND_DATASET 0x44534554u

struct dt_dataset
dt_dataset_lend(struct dt_span bytes, bool fixed)
{
	return (struct dt_dataset){ .kind = KIND_DATASET,
		.lent = true,
		.fixed = fixed,
		.bytes = bytes };
}

struct dt_dataset
dt_dataset_lend_content(
    struct dt_content *content, const struct dt_part10 *meta)
{
	return (struct dt_dataset){ .kind = KIND_DATASET,
		.lent = true,
		.fixed = true,
		.meta = *meta,
		.content = dt_content_ref(content) };
}

void
dt_dataset_take_back(struct dt_dataset *dataset)
{
	dataset->kind = 0;
	dt_dataset_set_content(dataset, NULL);
}

void
dt_dataset_set_content(struct dt_dataset *dataset, struct dt_content *content)
{
	dt_content_unref(dataset->content);
	dt_buffer_clear(&dataset->own);
	dataset->content = content;
	dataset->bytes = dt_span(NULL, 0);
}

struct dt_dataset *
dt_dataset_get(HDICOMDS handle, L_INT *error)
{
	uint32_t kind = 0;

	/* What somebody else's pointer points at need not be aligned. */
	if (handle != NULL)
		memcpy(&kind, handle, sizeof(kind));
	*error = handle == NULL		? DICOM_ERROR_NULL_PTR
		 : kind != KIND_DATASET ? DICOM_ERROR_PARAMETER
					: DICOM_SUCCESS;
	return *error == DICOM_SUCCESS ? handle : NULL;
}

struct dt_dataset *
dt_dataset_get_own(HDICOMDS handle, L_INT *error)
{
	struct dt_dataset *dataset = dt_dataset_get(handle, error);

	if (dataset != NULL && dataset->lent) {
		*error = DICOM_ERROR_LOCKED;
		return NULL;
	}
	return dataset;
}

HDICOMDS
L_DicomCreateDS(L_TCHAR *pszPath)
{
	struct dt_dataset *dataset = calloc(1, sizeof(*dataset));

	(void)pszPath;
	if (dataset != NULL)
		dataset->kind = KIND_DATASET;
	return dataset;
}

L_VOID
L_DicomFreeDS(HDICOMDS hDS)
{
	L_INT error;
	struct dt_dataset *dataset = dt_dataset_get_own(hDS, &error);

	if (dataset == NULL)
		return;
	dt_dataset_take_back(dataset);
	free(dataset);
}

static void
show_bytes(struct dt_dataset *dataset)
{
	uint64_t size;

	if (dataset->content == NULL || dataset->bytes.size > 0)
		return;
	size = dt_content_size(dataset->content);
	dataset->bytes = dt_content_span(dataset->content);
	if (!dt_span_is_set(dataset->bytes) && size > 0 && size <= UINT32_MAX &&
	    dt_content_copy(dataset->content, &dataset->own) == 0)
		dataset->bytes = dt_buffer_span(&dataset->own);
}

L_UCHAR *
L_DicomGetEncodedDS(HDICOMDS hDS, L_UINT32 *pnLength)
{
	L_INT error;
	struct dt_dataset *dataset = dt_dataset_get(hDS, &error);
	struct dt_span bytes = dt_span(NULL, 0);

	if (dataset != NULL) {
		show_bytes(dataset);
		bytes = dataset->bytes;
	}
	if (pnLength != NULL)
		*pnLength = (L_UINT32)bytes.size;
	return bytes.size > 0 ? (L_UCHAR *)bytes.data : NULL;
}

L_INT
L_DicomSetEncodedDS(HDICOMDS hDS, L_UCHAR *pData, L_UINT32 nLength)
{
	L_INT error;
	struct dt_dataset *dataset = dt_dataset_get(hDS, &error);
	struct dt_content *content;
	struct dt_buffer bytes = { 0 };

	if (dataset == NULL)
		return error;
	if (dataset->fixed)
		return DICOM_ERROR_LOCKED;
	if (pData == NULL)
		return DICOM_ERROR_NULL_PTR;
	if (dt_buffer_append(&bytes, pData, nLength) < 0)
		return DICOM_ERROR_MEMORY;
	content = dt_content_of_buffer(&bytes);
	if (content == NULL)
		return DICOM_ERROR_MEMORY;
	dt_dataset_set_content(dataset, content);
	dataset->bytes = dt_content_span(content);
	dataset->changed = true;
	return DICOM_SUCCESS;
}

L_INT64
L_DicomGetSizeDS(HDICOMDS hDS)
{
	L_INT error;
	const struct dt_dataset *dataset = dt_dataset_get(hDS, &error);

	if (dataset == NULL)
		return 0;
	return dataset->content != NULL
		   ? (L_INT64)dt_content_size(dataset->content)
		   : (L_INT64)dataset->bytes.size;
}

/* Text that is NULL or empty takes the identifier away. */
static L_INT
set_uid(char *field, const L_TCHAR *text)
{
	if (text == NULL || *text == '\0') {
		field[0] = '\0';
		return DICOM_SUCCESS;
	}
	return dt_association_set_uid(field, dt_span(text, strlen(text))) == 0
		   ? DICOM_SUCCESS
		   : DICOM_ERROR_PARAMETER;
}

static void
get_uid(HDICOMDS handle, size_t field, L_TCHAR *text, L_UINT32 room)
{
	static const struct dt_part10 nothing;
	L_INT error;
	const struct dt_dataset *dataset = dt_dataset_get(handle, &error);
	const struct dt_part10 *meta =
	    dataset == NULL ? &nothing : &dataset->meta;

	dt_associate_put_text((const char *)meta + field, text, room);
}

L_VOID
L_DicomGetTransferSyntaxDS(HDICOMDS hDS, L_TCHAR *pszUID, L_UINT32 SizeInWords)
{
	get_uid(hDS, offsetof(struct dt_part10, transfer), pszUID, SizeInWords);
}

L_INT
L_DicomSetTransferSyntaxDS(HDICOMDS hDS, L_TCHAR *pszUID)
{
	L_INT error;
	struct dt_dataset *dataset = dt_dataset_get_own(hDS, &error);

	return dataset == NULL ? error
			       : set_uid(dataset->meta.transfer, pszUID);
}

L_VOID
L_DicomGetIdentityDS(HDICOMDS hDS, L_TCHAR *pszClass, L_UINT32 ClassSizeInWords,
    L_TCHAR *pszInstance, L_UINT32 InstanceSizeInWords)
{
	get_uid(hDS, offsetof(struct dt_part10, sop_class), pszClass,
	    ClassSizeInWords);
	get_uid(hDS, offsetof(struct dt_part10, sop_instance), pszInstance,
	    InstanceSizeInWords);
}

L_INT
L_DicomSetIdentityDS(HDICOMDS hDS, L_TCHAR *pszClass, L_TCHAR *pszInstance)
{
	L_INT error;
	struct dt_dataset *dataset = dt_dataset_get_own(hDS, &error);
	struct dt_part10 meta;

	if (dataset == NULL)
		return error;
	meta = dataset->meta;
	error = set_uid(meta.sop_class, pszClass);
	if (error == DICOM_SUCCESS)
		error = set_uid(meta.sop_instance, pszInstance);
	if (error == DICOM_SUCCESS)
		dataset->meta = meta;
	return error;
}

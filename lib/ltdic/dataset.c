/* Data sets as bytes: L_DicomGetEncodedDS, L_DicomSetEncodedDS. */
#include "ltdic/dataset.h"

/* Tells an HDICOMDS from other handles given by mistake. */
#define KIND_DATASET 0x44534554u

struct dt_dataset
dt_dataset_lend(struct dt_span bytes, bool fixed)
{
	return (struct dt_dataset){
		.kind = KIND_DATASET, .fixed = fixed, .bytes = bytes
	};
}

void
dt_dataset_take_back(struct dt_dataset *dataset)
{
	dataset->kind = 0;
	dt_buffer_clear(&dataset->own);
}

static struct dt_dataset *
get(HDICOMDS handle, L_INT *error)
{
	struct dt_dataset *dataset = handle;

	*error = DICOM_SUCCESS;
	if (dataset == NULL)
		*error = DICOM_ERROR_NULL_PTR;
	else if (dataset->kind != KIND_DATASET)
		*error = DICOM_ERROR_PARAMETER;
	return *error == DICOM_SUCCESS ? dataset : NULL;
}

L_UCHAR *
L_DicomGetEncodedDS(HDICOMDS hDS, L_UINT32 *pnLength)
{
	L_INT error;
	const struct dt_dataset *dataset = get(hDS, &error);
	struct dt_span bytes = dt_span(NULL, 0);

	if (dataset != NULL)
		bytes = dataset->bytes;
	if (pnLength != NULL)
		*pnLength = (L_UINT32)bytes.size;
	return bytes.size > 0 ? (L_UCHAR *)bytes.data : NULL;
}

L_INT
L_DicomSetEncodedDS(HDICOMDS hDS, L_UCHAR *pData, L_UINT32 nLength)
{
	L_INT error;
	struct dt_dataset *dataset = get(hDS, &error);
	struct dt_buffer bytes = { 0 };

	if (dataset == NULL)
		return error;
	if (dataset->fixed)
		return DICOM_ERROR_LOCKED;
	if (pData == NULL)
		return DICOM_ERROR_NULL_PTR;
	if (dt_buffer_append(&bytes, pData, nLength) < 0)
		return DICOM_ERROR_MEMORY;
	dt_buffer_clear(&dataset->own);
	dataset->own = bytes;
	dataset->bytes = dt_buffer_span(&dataset->own);
	dataset->changed = true;
	return DICOM_SUCCESS;
}

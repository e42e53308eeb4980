/*
 * Presentation contexts and transfer syntaxes of the association object of the
 * contract; see ltdic.h for what a wrong argument gives.
 */
#include "ltdic/associate.h"

#include "dicomtls.h"

struct dt_presentation *
dt_associate_find(HDICOMPDU hPDU, L_UCHAR id, L_INT *error)
{
	L_INT code;
	struct dt_association *a = dt_associate_get(hPDU, &code);
	struct dt_presentation *p = NULL;

	if (a != NULL) {
		p = dt_association_find(a, id);
		code = p != NULL ? DICOM_SUCCESS : DICOM_ERROR_PDU_ID;
	}
	if (error != NULL)
		*error = code;
	return p;
}

static bool
is_result(L_UCHAR result)
{
	return result <= PDU_ACCEPT_RESULT_TRANSFER_SYNTAX;
}

L_INT
L_DicomGetPresentationCount(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL ? (L_INT)a->contexts.count : 0;
}

/* A negative index is a huge one. */
L_UCHAR
L_DicomGetPresentation(HDICOMPDU hPDU, L_INT nIndex)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);
	const struct dt_presentation *p;

	if (a == NULL)
		return 0;
	p = dt_association_at(a, (size_t)nIndex);
	return p != NULL ? p->id : 0;
}

L_INT
L_DicomSetPresentation(HDICOMPDU hPDU, L_INT nIndex, L_UCHAR nID)
{
	L_INT error;
	struct dt_association *a = dt_associate_get(hPDU, &error);
	struct dt_presentation *p, *holder;

	if (a == NULL)
		return error;
	p = dt_association_at(a, (size_t)nIndex);
	if (p == NULL)
		return DICOM_ERROR_RANGE;
	holder = dt_association_find(a, nID);
	if (!dt_presentation_id_is_valid(nID) ||
	    (holder != NULL && holder != p))
		return DICOM_ERROR_PDU_ID;
	p->id = nID;
	return DICOM_SUCCESS;
}

L_INT
L_DicomAddPresentation(
    HDICOMPDU hPDU, L_UCHAR nID, L_UCHAR nResult, L_TCHAR *pszAbstract)
{
	L_INT error;
	struct dt_association *a = dt_associate_get(hPDU, &error);
	struct dt_presentation *p;
	struct dt_span uid;
	int rc;

	if (a == NULL)
		return error;
	if (!is_result(nResult))
		return DICOM_ERROR_RANGE;
	if (pszAbstract != NULL || a->request) {
		error = dt_associate_check_uid(pszAbstract, &uid);
		if (error != DICOM_SUCCESS)
			return error;
	}
	rc = dt_association_add(a, nID, nResult, &p);
	if (rc < 0)
		return rc == DICOMTLS_E_NOMEM ? DICOM_ERROR_MEMORY
					      : DICOM_ERROR_PDU_ID;
	if (pszAbstract != NULL)
		dt_presentation_set_abstract(p, uid);
	return DICOM_SUCCESS;
}

L_VOID
L_DicomDelPresentation(HDICOMPDU hPDU, L_UCHAR nID)
{
	struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a != NULL)
		dt_association_remove(a, nID);
}

L_UCHAR
L_DicomGetResult(HDICOMPDU hPDU, L_UCHAR nID)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);

	return p != NULL ? p->result : PDU_ACCEPT_RESULT_PROVIDER_REJECT;
}

L_INT
L_DicomSetResult(HDICOMPDU hPDU, L_UCHAR nID, L_UCHAR nResult)
{
	L_INT error;
	struct dt_presentation *p = dt_associate_find(hPDU, nID, &error);

	if (p == NULL)
		return error;
	if (!is_result(nResult))
		return DICOM_ERROR_RANGE;
	p->result = nResult;
	return DICOM_SUCCESS;
}

/* ----------------------------------------------------- abstract syntaxes -- */

L_VOID
L_DicomGetAbstract(
    HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID, L_UINT32 SizeInWords)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);

	dt_associate_put_text(
	    p != NULL ? p->abstract : "", pszUID, SizeInWords);
}

L_INT
L_DicomSetAbstract(HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID)
{
	L_INT error;
	struct dt_presentation *p = dt_associate_find(hPDU, nID, &error);
	struct dt_span uid;

	if (p == NULL)
		return error;
	error = dt_associate_check_uid(pszUID, &uid);
	if (error == DICOM_SUCCESS)
		dt_presentation_set_abstract(p, uid);
	return error;
}

/* Identifier of the first context from a position on with this abstract
 * syntax, 0 if there is none. */
static L_UCHAR
find_abstract(
    const struct dt_association *a, size_t from, const L_TCHAR *pszUID)
{
	const struct dt_presentation *p;

	for (; (p = dt_association_at(a, from)) != NULL; from++)
		if (strcmp(p->abstract, pszUID) == 0)
			return p->id;
	return 0;
}

L_UCHAR
L_DicomFindAbstract(HDICOMPDU hPDU, L_TCHAR *pszUID)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a == NULL || pszUID == NULL)
		return 0;
	return find_abstract(a, 0, pszUID);
}

L_UCHAR
L_DicomFindNextAbstract(HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a == NULL || pszUID == NULL)
		return 0;
	for (size_t i = 0; i < a->contexts.count; i++)
		if (dt_association_at(a, i)->id == nID)
			return find_abstract(a, i + 1, pszUID);
	return 0;
}

L_INT
L_DicomGetAbstractCount(HDICOMPDU hPDU, L_TCHAR *pszUID)
{
	L_UCHAR id = L_DicomFindAbstract(hPDU, pszUID);
	L_INT count = 0;

	for (; id != 0; id = L_DicomFindNextAbstract(hPDU, id, pszUID))
		count++;
	return count;
}

/* ----------------------------------------------------- transfer syntaxes -- */

L_INT
L_DicomGetTransferCount(HDICOMPDU hPDU, L_UCHAR nID)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);

	return p != NULL ? (L_INT)dt_presentation_transfer_count(p) : 0;
}

L_VOID
L_DicomGetTransfer(HDICOMPDU hPDU, L_UCHAR nID, L_INT nIndex, L_TCHAR *pszUID,
    L_UINT32 SizeInWords)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);
	const char *uid = NULL;

	if (p != NULL)
		uid = dt_presentation_transfer(p, (size_t)nIndex);
	dt_associate_put_text(uid != NULL ? uid : "", pszUID, SizeInWords);
}

static L_INT
transfer_code(int rc)
{
	if (rc == 0)
		return DICOM_SUCCESS;
	return rc == DICOMTLS_E_NOMEM ? DICOM_ERROR_MEMORY : DICOM_ERROR_RANGE;
}

L_INT
L_DicomSetTransfer(HDICOMPDU hPDU, L_UCHAR nID, L_INT nIndex, L_TCHAR *pszUID)
{
	L_INT error;
	struct dt_presentation *p = dt_associate_find(hPDU, nID, &error);
	struct dt_span uid;

	if (p == NULL)
		return error;
	error = dt_associate_check_uid(pszUID, &uid);
	if (error != DICOM_SUCCESS)
		return error;
	return transfer_code(
	    dt_presentation_set_transfer(p, (size_t)nIndex, uid));
}

L_INT
L_DicomAddTransfer(HDICOMPDU hPDU, L_UCHAR nID, L_TCHAR *pszUID)
{
	L_INT error;
	struct dt_presentation *p = dt_associate_find(hPDU, nID, &error);
	struct dt_span uid;

	if (p == NULL)
		return error;
	error = dt_associate_check_uid(pszUID, &uid);
	if (error != DICOM_SUCCESS)
		return error;
	return transfer_code(dt_presentation_add_transfer(p, uid));
}

L_VOID
L_DicomDelTransfer(HDICOMPDU hPDU, L_UCHAR nID, L_INT nIndex)
{
	struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);

	if (p != NULL)
		dt_presentation_remove_transfer(p, (size_t)nIndex);
}

/*
 * The association object of the contract: what an HDICOMPDU is, its life, its
 * titles and user information. Presentation contexts are in
 * associate_context.c; what a wrong argument gives is said in ltdic.h.
 */
#include "ltdic/associate.h"

#include "dicomtls.h"

#include <stdlib.h>

/* Tell an HDICOMPDU from an HDICOMNET given by mistake, and the program's own
 * from one that the library lends: that one is not freed by mistake. */
#define KIND_ASSOCIATE 0x41534f43u
#define KIND_LENT 0x4c454e54u

struct dt_association *
dt_associate_get(HDICOMPDU hPDU, L_INT *error)
{
	struct dt_associate *pdu = hPDU;
	L_INT code = DICOM_SUCCESS;

	if (pdu == NULL)
		code = DICOM_ERROR_NULL_PTR;
	else if (pdu->kind != KIND_ASSOCIATE && pdu->kind != KIND_LENT)
		code = DICOM_ERROR_PARAMETER;
	if (error != NULL)
		*error = code;
	return code == DICOM_SUCCESS ? &pdu->association : NULL;
}

int
dt_associate_init(
    struct dt_associate *pdu, const struct dt_association *association)
{
	pdu->kind = KIND_LENT;
	return dt_association_copy(&pdu->association, association);
}

void
dt_associate_clear(struct dt_associate *pdu)
{
	dt_association_clear(&pdu->association);
	pdu->kind = 0;
}

struct dt_associate *
dt_associate_lend(const struct dt_association *association)
{
	struct dt_associate *pdu = calloc(1, sizeof(*pdu));

	if (pdu == NULL || dt_associate_init(pdu, association) == 0)
		return pdu;
	free(pdu);
	return NULL;
}

void
dt_associate_free_lent(struct dt_associate *pdu)
{
	if (pdu == NULL)
		return;
	dt_associate_clear(pdu);
	free(pdu);
}

void
dt_associate_put_text(const char *text, L_TCHAR *out, L_UINT32 size)
{
	size_t length = strlen(text);

	if (out == NULL || size == 0)
		return;
	if (length >= size)
		length = size - 1;
	memcpy(out, text, length);
	out[length] = '\0';
}

L_INT
dt_associate_check_uid(const L_TCHAR *text, struct dt_span *uid)
{
	size_t length;

	if (text == NULL)
		return DICOM_ERROR_NULL_PTR;
	length = strnlen(text, DT_UID_MAX + 1);
	if (length == 0 || length > DT_UID_MAX)
		return DICOM_ERROR_PDU_LENGTH;
	*uid = dt_span(text, length);
	return dt_uid_is_valid(*uid) ? DICOM_SUCCESS : DICOM_ERROR_PARAMETER;
}

/* ----------------------------------------------------------------- life -- */

HDICOMPDU
L_DicomCreateAssociate(L_BOOL bRequest)
{
	struct dt_associate *pdu = calloc(1, sizeof(*pdu));

	if (pdu == NULL)
		return NULL;
	pdu->kind = KIND_ASSOCIATE;
	dt_association_init(&pdu->association, bRequest != L_FALSE);
	return pdu;
}

L_VOID
L_DicomFreeAssociate(HDICOMPDU hPDU)
{
	struct dt_associate *pdu = hPDU;

	if (dt_associate_get(hPDU, NULL) == NULL || pdu->kind == KIND_LENT)
		return;
	dt_associate_clear(pdu);
	free(pdu);
}

L_VOID
L_DicomResetAssociate(HDICOMPDU hPDU, L_BOOL bRequest)
{
	struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a == NULL)
		return;
	dt_association_clear(a);
	dt_association_init(a, bRequest != L_FALSE);
}

L_VOID
L_DicomDefaultAssociate(HDICOMPDU hPDU)
{
	L_DicomResetAssociate(hPDU, L_DicomIsRequest(hPDU));
	L_DicomAddPresentation(hPDU, 1, PDU_ACCEPT_RESULT_SUCCESS,
	    (L_TCHAR[]){ UID_VERIFICATION_CLASS });
	L_DicomAddTransfer(
	    hPDU, 1, (L_TCHAR[]){ UID_IMPLICIT_VR_LITTLE_ENDIAN });
}

L_BOOL
L_DicomIsRequest(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL && a->request ? L_TRUE : L_FALSE;
}

L_VOID
L_DicomSetRequest(HDICOMPDU hPDU, L_BOOL bRequest)
{
	struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a != NULL)
		a->request = bRequest != L_FALSE;
}

/* ------------------------------------------ version, titles, application -- */

L_UINT16
L_DicomGetVersion(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL ? a->version : 0;
}

L_INT
L_DicomSetVersion(HDICOMPDU hPDU, L_UINT16 nVersion)
{
	L_INT error;
	struct dt_association *a = dt_associate_get(hPDU, &error);

	if (a == NULL)
		return error;
	if ((nVersion & 1) == 0)
		return DICOM_ERROR_RANGE;
	a->version = nVersion;
	return DICOM_SUCCESS;
}

/* Which text of an association a function is about. */
enum text_field {
	FIELD_CALLED,
	FIELD_CALLING,
	FIELD_APPLICATION,
	FIELD_CLASS,
	FIELD_VERSION_NAME
};

static const size_t field_offsets[] = {
	[FIELD_CALLED] = offsetof(struct dt_association, called),
	[FIELD_CALLING] = offsetof(struct dt_association, calling),
	[FIELD_APPLICATION] = offsetof(struct dt_association, application),
	[FIELD_CLASS] = offsetof(struct dt_association, class_uid),
	[FIELD_VERSION_NAME] = offsetof(struct dt_association, version_name),
};

static char *
field_of(struct dt_association *a, enum text_field field)
{
	return (char *)a + field_offsets[field];
}

static L_VOID
get_field(HDICOMPDU hPDU, enum text_field field, L_TCHAR *out, L_UINT32 size)
{
	struct dt_association *a = dt_associate_get(hPDU, NULL);

	dt_associate_put_text(a != NULL ? field_of(a, field) : "", out, size);
}

/* AE title or version name: 1 to 16 characters, checked before stored. */
static L_INT
set_short_text(char *field, const L_TCHAR *text)
{
	char made[DT_TITLE_MAX + 1];
	int rc;

	if (text == NULL)
		return DICOM_ERROR_NULL_PTR;
	rc = dt_association_set_title(made, dt_span(text, strlen(text)));
	if (rc == DICOMTLS_E_LIMIT || (rc == 0 && made[0] == '\0'))
		return DICOM_ERROR_PDU_LENGTH;
	if (rc < 0)
		return DICOM_ERROR_PARAMETER;
	memcpy(field, made, sizeof(made));
	return DICOM_SUCCESS;
}

static L_INT
set_uid(char *field, const L_TCHAR *text)
{
	struct dt_span uid;
	L_INT error = dt_associate_check_uid(text, &uid);

	if (error == DICOM_SUCCESS)
		dt_association_set_uid(field, uid);
	return error;
}

static L_INT
set_field(HDICOMPDU hPDU, enum text_field field, const L_TCHAR *text)
{
	L_INT error;
	struct dt_association *a = dt_associate_get(hPDU, &error);

	if (a == NULL)
		return error;
	if (field == FIELD_APPLICATION || field == FIELD_CLASS)
		return set_uid(field_of(a, field), text);
	return set_short_text(field_of(a, field), text);
}

L_VOID
L_DicomGetCalled(HDICOMPDU hPDU, L_TCHAR *pszTitle, L_UINT32 SizeInWords)
{
	get_field(hPDU, FIELD_CALLED, pszTitle, SizeInWords);
}

L_INT
L_DicomSetCalled(HDICOMPDU hPDU, L_TCHAR *pszTitle)
{
	return set_field(hPDU, FIELD_CALLED, pszTitle);
}

L_VOID
L_DicomGetCalling(HDICOMPDU hPDU, L_TCHAR *pszTitle, L_UINT32 SizeInWords)
{
	get_field(hPDU, FIELD_CALLING, pszTitle, SizeInWords);
}

L_INT
L_DicomSetCalling(HDICOMPDU hPDU, L_TCHAR *pszTitle)
{
	return set_field(hPDU, FIELD_CALLING, pszTitle);
}

L_VOID
L_DicomGetApplication(HDICOMPDU hPDU, L_TCHAR *pszUID, L_UINT32 SizeInWords)
{
	get_field(hPDU, FIELD_APPLICATION, pszUID, SizeInWords);
}

L_INT
L_DicomSetApplication(HDICOMPDU hPDU, L_TCHAR *pszUID)
{
	return set_field(hPDU, FIELD_APPLICATION, pszUID);
}

/* ------------------------------------------------------ user information -- */

L_BOOL
L_DicomIsMaxLength(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL && a->has_max_length ? L_TRUE : L_FALSE;
}

L_UINT32
L_DicomGetMaxLength(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL && a->has_max_length ? a->max_length : 0;
}

L_INT
L_DicomSetMaxLength(HDICOMPDU hPDU, L_BOOL bEnabled, L_UINT32 nLength)
{
	L_INT error;
	struct dt_association *a = dt_associate_get(hPDU, &error);

	if (a == NULL)
		return error;
	if (bEnabled != L_FALSE && nLength != 0 &&
	    nLength < PDU_MIN_MAXIMUM_LENGTH)
		return DICOM_ERROR_RANGE;
	a->has_max_length = bEnabled != L_FALSE;
	a->max_length = a->has_max_length ? nLength : 0;
	return DICOM_SUCCESS;
}

/* Sets an item of user information, or takes it away. */
static L_INT
set_item(
    HDICOMPDU hPDU, L_BOOL bEnabled, enum text_field field, const L_TCHAR *text)
{
	L_INT error;
	struct dt_association *a = dt_associate_get(hPDU, &error);

	if (a == NULL)
		return error;
	if (bEnabled != L_FALSE)
		return set_field(hPDU, field, text);
	field_of(a, field)[0] = '\0';
	return DICOM_SUCCESS;
}

L_BOOL
L_DicomIsImplementClass(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL && a->has_class ? L_TRUE : L_FALSE;
}

L_VOID
L_DicomGetImplementClass(HDICOMPDU hPDU, L_TCHAR *pszUID, L_UINT32 SizeInWords)
{
	get_field(hPDU, FIELD_CLASS, pszUID, SizeInWords);
}

L_INT
L_DicomSetImplementClass(HDICOMPDU hPDU, L_BOOL bEnabled, L_TCHAR *pszUID)
{
	L_INT error = set_item(hPDU, bEnabled, FIELD_CLASS, pszUID);

	if (error == DICOM_SUCCESS)
		dt_associate_get(hPDU, NULL)->has_class = bEnabled != L_FALSE;
	return error;
}

L_BOOL
L_DicomIsImplementVersion(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL && a->has_version_name ? L_TRUE : L_FALSE;
}

L_VOID
L_DicomGetImplementVersion(
    HDICOMPDU hPDU, L_TCHAR *pszName, L_UINT32 SizeInWords)
{
	get_field(hPDU, FIELD_VERSION_NAME, pszName, SizeInWords);
}

L_INT
L_DicomSetImplementVersion(HDICOMPDU hPDU, L_BOOL bEnabled, L_TCHAR *pszName)
{
	L_INT error = set_item(hPDU, bEnabled, FIELD_VERSION_NAME, pszName);

	if (error == DICOM_SUCCESS)
		dt_associate_get(hPDU, NULL)->has_version_name =
		    bEnabled != L_FALSE;
	return error;
}

/*
 * What else the association object of the contract negotiates: roles, extended
 * negotiation, asynchronous operations, other items of user information; see
 * ltdic.h for what a wrong argument gives.
 */
#include "dicom/user_information.h"
#include "ltdic/associate.h"

#include "dicomtls.h"

/* An item holds the abstract syntax, its length and the bytes. */
#define EXTENDED_MAX 65000

/* ---------------------------------------------------------------- roles -- */

static bool
is_role(L_UCHAR role)
{
	return role == PDU_ROLE_SUPPORT || role == PDU_ROLE_NON_SUPPORT;
}

L_BOOL
L_DicomIsRoleSelect(HDICOMPDU hPDU, L_UCHAR nID)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);

	return p != NULL && p->has_roles ? L_TRUE : L_FALSE;
}

L_UCHAR
L_DicomGetUserRole(HDICOMPDU hPDU, L_UCHAR nID)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);

	if (p == NULL)
		return PDU_ROLE_NON_SUPPORT;
	return p->has_roles ? p->user_role : PDU_ROLE_SUPPORT;
}

L_UCHAR
L_DicomGetProviderRole(HDICOMPDU hPDU, L_UCHAR nID)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, NULL);

	return p != NULL && p->has_roles ? p->provider_role
					 : PDU_ROLE_NON_SUPPORT;
}

/* A role that the object says another context of the same abstract syntax has
 * would be lost on the way: all get the same. */
static void
set_roles(struct dt_association *a, const struct dt_presentation *p,
    const struct dt_presentation *roles)
{
	for (size_t i = 0; i < a->contexts.count; i++) {
		struct dt_presentation *at = dt_association_at(a, i);

		if (at != p && (p->abstract[0] == '\0' ||
				   strcmp(at->abstract, p->abstract) != 0))
			continue;
		at->has_roles = roles->has_roles;
		at->user_role = roles->user_role;
		at->provider_role = roles->provider_role;
	}
}

L_INT
L_DicomSetRoleSelect(HDICOMPDU hPDU, L_UCHAR nID, L_BOOL bEnabled,
    L_UCHAR nUser, L_UCHAR nProvider)
{
	const bool on = bEnabled != L_FALSE;
	const struct dt_presentation roles = { .has_roles = on,
		.user_role = on ? nUser : 0,
		.provider_role = on ? nProvider : 0 };
	L_INT error;
	const struct dt_presentation *p = dt_associate_find(hPDU, nID, &error);

	if (p == NULL)
		return error;
	if (on && (!is_role(nUser) || !is_role(nProvider)))
		return DICOM_ERROR_RANGE;
	set_roles(dt_associate_get(hPDU, NULL), p, &roles);
	return DICOM_SUCCESS;
}

/* ------------------------------------------------- extended negotiation -- */

static struct dt_span
extended_of(HDICOMPDU hPDU, L_UCHAR id)
{
	const struct dt_presentation *p = dt_associate_find(hPDU, id, NULL);

	return p != NULL ? dt_buffer_span(&p->extended) : dt_span(NULL, 0);
}

L_UINT16
L_DicomGetLengthExtended(HDICOMPDU hPDU, L_UCHAR nID)
{
	return (L_UINT16)extended_of(hPDU, nID).size;
}

L_VOID *
L_DicomGetExtended(HDICOMPDU hPDU, L_UCHAR nID)
{
	struct dt_span bytes = extended_of(hPDU, nID);

	return bytes.size > 0 ? (L_VOID *)bytes.data : NULL;
}

L_INT
L_DicomSetExtended(HDICOMPDU hPDU, L_UCHAR nID, L_VOID *pData, L_UINT16 nLength)
{
	L_INT error;
	struct dt_presentation *p = dt_associate_find(hPDU, nID, &error);
	struct dt_buffer bytes = { 0 };

	if (p == NULL)
		return error;
	if (pData == NULL && nLength > 0)
		return DICOM_ERROR_NULL_PTR;
	if (nLength > EXTENDED_MAX)
		return DICOM_ERROR_PDU_LENGTH;
	if (nLength > 0 && dt_buffer_append(&bytes, pData, nLength) < 0)
		return DICOM_ERROR_MEMORY;
	dt_buffer_clear(&p->extended);
	p->extended = bytes;
	return DICOM_SUCCESS;
}

/* ---------------------------------------------- asynchronous operations -- */

L_BOOL
L_DicomIsAsyncOperations(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL && a->has_window ? L_TRUE : L_FALSE;
}

L_UINT16
L_DicomGetInvokedOperationsCount(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a == NULL)
		return 0;
	return a->has_window ? a->invoked : 1;
}

L_UINT16
L_DicomGetPerformedOperationsCount(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a == NULL)
		return 0;
	return a->has_window ? a->performed : 1;
}

L_INT
L_DicomSetAsyncOperations(HDICOMPDU hPDU, L_BOOL bEnabled,
    L_UINT16 nInvokedCount, L_UINT16 nPerformedCount)
{
	L_INT error;
	struct dt_association *a = dt_associate_get(hPDU, &error);

	if (a == NULL)
		return error;
	a->has_window = bEnabled != L_FALSE;
	a->invoked = nInvokedCount;
	a->performed = nPerformedCount;
	return DICOM_SUCCESS;
}

/* --------------------------------------------- other user information -- */

/* A negative index is a huge one. */
static const struct dt_user_item *
item_at(HDICOMPDU hPDU, L_INT index)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL ? dt_user_item_at(a, (size_t)index) : NULL;
}

L_INT
L_DicomGetUserInfoCount(HDICOMPDU hPDU)
{
	const struct dt_association *a = dt_associate_get(hPDU, NULL);

	return a != NULL ? (L_INT)a->items.count : 0;
}

L_UCHAR
L_DicomGetTypeUserInfo(HDICOMPDU hPDU, L_INT nIndex)
{
	const struct dt_user_item *item = item_at(hPDU, nIndex);

	return item != NULL ? item->type : 0;
}

L_UINT16
L_DicomGetLengthUserInfo(HDICOMPDU hPDU, L_INT nIndex)
{
	const struct dt_user_item *item = item_at(hPDU, nIndex);

	return item != NULL ? (L_UINT16)dt_buffer_size(&item->bytes) : 0;
}

L_VOID *
L_DicomGetDataUserInfo(HDICOMPDU hPDU, L_INT nIndex)
{
	const struct dt_user_item *item = item_at(hPDU, nIndex);
	struct dt_span bytes = dt_span(NULL, 0);

	if (item != NULL)
		bytes = dt_buffer_span(&item->bytes);
	return bytes.size > 0 ? (L_VOID *)bytes.data : NULL;
}

/* The object, if the other arguments are an item. */
static struct dt_association *
check_item(HDICOMPDU hPDU, L_UCHAR type, const L_VOID *data, L_UINT16 length,
    L_INT *error)
{
	struct dt_association *a = dt_associate_get(hPDU, error);

	if (a == NULL)
		return NULL;
	if (data == NULL && length > 0)
		*error = DICOM_ERROR_NULL_PTR;
	else if (type == 0 || dt_user_item_is_special(type))
		*error = DICOM_ERROR_PARAMETER;
	return *error == DICOM_SUCCESS ? a : NULL;
}

static L_INT
item_code(int rc)
{
	if (rc == DICOMTLS_E_NOMEM)
		return DICOM_ERROR_MEMORY;
	return rc < 0 ? DICOM_ERROR_RANGE : DICOM_SUCCESS;
}

static struct dt_span
item_bytes(const L_VOID *data, L_UINT16 length)
{
	return length > 0 ? dt_span(data, length) : dt_span("", 0);
}

L_INT
L_DicomSetUserInfo(HDICOMPDU hPDU, L_INT nIndex, L_UCHAR nType, L_VOID *pData,
    L_UINT16 nLength)
{
	L_INT error;
	struct dt_association *a =
	    check_item(hPDU, nType, pData, nLength, &error);

	if (a == NULL)
		return error;
	return item_code(dt_user_item_set(
	    a, (size_t)nIndex, nType, item_bytes(pData, nLength)));
}

L_INT
L_DicomAddUserInfo(
    HDICOMPDU hPDU, L_UCHAR nType, L_VOID *pData, L_UINT16 nLength)
{
	L_INT error;
	struct dt_association *a =
	    check_item(hPDU, nType, pData, nLength, &error);

	if (a == NULL)
		return error;
	return item_code(
	    dt_user_item_add(a, nType, item_bytes(pData, nLength)));
}

L_VOID
L_DicomDelUserInfo(HDICOMPDU hPDU, L_INT nIndex)
{
	struct dt_association *a = dt_associate_get(hPDU, NULL);

	if (a != NULL)
		dt_user_item_remove(a, (size_t)nIndex);
}

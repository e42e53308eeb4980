/*
 * Negotiation of an SCP; see scp_answer.h (PS3.8 9.3.3.2). Of the transfer
 * syntaxes proposed for a storage class the first that may be stored is taken:
 * the requestor knows best how it has its data sets. Verification is spoken in
 * Implicit VR Little Endian.
 */
#include "tools/scp_answer.h"

#include "tools/storage_class.h"

#include <string.h>

static bool
is_implicit(const char *uid)
{
	return strcmp(uid, UID_IMPLICIT_VR_LITTLE_ENDIAN_A) == 0;
}

/* Finds the transfer syntax to accept, into uid. */
static L_UCHAR
choose_transfer(
    HDICOMPDU request, L_UCHAR id, bool (*accepts)(const char *uid), char *uid)
{
	L_INT count = L_DicomGetTransferCount(request, id);

	for (L_INT i = 0; i < count; i++) {
		L_DicomGetTransfer(request, id, i, uid, PDU_MAX_UID_SIZE + 1);
		if (accepts(uid))
			return PDU_ACCEPT_RESULT_SUCCESS;
	}
	return PDU_ACCEPT_RESULT_TRANSFER_SYNTAX;
}

/* A rejected context needs a transfer syntax too; nobody looks at it. False: no
 * memory. */
static bool
answer_context(HDICOMPDU request, HDICOMPDU answer, L_UCHAR id, bool stores)
{
	char abstract[PDU_MAX_UID_SIZE + 1] = "";
	char transfer[PDU_MAX_UID_SIZE + 1] = "";
	L_UCHAR outcome = PDU_ACCEPT_RESULT_ABSTRACT_SYNTAX;

	L_DicomGetAbstract(request, id, abstract, sizeof(abstract));
	if (strcmp(abstract, UID_VERIFICATION_CLASS_A) == 0)
		outcome = choose_transfer(request, id, is_implicit, transfer);
	else if (stores && storage_class_is_known(abstract))
		outcome = choose_transfer(
		    request, id, storage_transfer_is_known, transfer);
	if (outcome != PDU_ACCEPT_RESULT_SUCCESS)
		strcpy(transfer, UID_IMPLICIT_VR_LITTLE_ENDIAN_A);
	return L_DicomAddPresentation(answer, id, outcome, NULL) ==
		   DICOM_SUCCESS &&
	       L_DicomAddTransfer(answer, id, transfer) == DICOM_SUCCESS;
}

HDICOMPDU
scp_answer(HDICOMPDU request, bool stores)
{
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	if (answer == NULL)
		return NULL;
	for (L_INT i = 0; i < L_DicomGetPresentationCount(request); i++) {
		if (answer_context(request, answer,
			L_DicomGetPresentation(request, i), stores))
			continue;
		L_DicomFreeAssociate(answer);
		return NULL;
	}
	return answer;
}

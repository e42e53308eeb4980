/* Roles, extended negotiation, asynchronous operations and user information of
 * the association object as a program sees them. */
#include "ltdic.h"

#include <criterion/criterion.h>
#include <string.h>

static HDICOMPDU pdu;
static L_TCHAR verification[] = UID_VERIFICATION_CLASS;
static L_TCHAR other[] = "1.2.840.10008.5.1.4.1.1.2";

static void
create(void)
{
	pdu = L_DicomCreateAssociate(L_TRUE);
	L_DicomAddPresentation(pdu, 1, 0, verification);
	L_DicomAddPresentation(pdu, 3, 0, verification);
	L_DicomAddPresentation(pdu, 5, 0, other);
}

static void
destroy(void)
{
	L_DicomFreeAssociate(pdu);
}

TestSuite(negotiation, .init = create, .fini = destroy);

/* PS3.7 D.3.3.4: without the item the requestor is the SCU. */
Test(negotiation, without_role_selection_the_requestor_is_the_scu)
{
	cr_expect_not(L_DicomIsRoleSelect(pdu, 1));
	cr_expect_eq(L_DicomGetUserRole(pdu, 1), PDU_ROLE_SUPPORT);
	cr_expect_eq(L_DicomGetProviderRole(pdu, 1), PDU_ROLE_NON_SUPPORT);
	cr_expect_eq(L_DicomGetUserRole(pdu, 9), PDU_ROLE_NON_SUPPORT);
}

Test(negotiation, roles_belong_to_an_abstract_syntax)
{
	cr_expect_eq(L_DicomSetRoleSelect(pdu, 1, L_TRUE, PDU_ROLE_NON_SUPPORT,
			 PDU_ROLE_SUPPORT),
	    DICOM_SUCCESS);
	cr_expect(L_DicomIsRoleSelect(pdu, 1));
	cr_expect_eq(L_DicomGetUserRole(pdu, 1), PDU_ROLE_NON_SUPPORT);
	cr_expect_eq(L_DicomGetProviderRole(pdu, 3), PDU_ROLE_SUPPORT);
	cr_expect_not(L_DicomIsRoleSelect(pdu, 5));
	cr_expect_eq(L_DicomSetRoleSelect(pdu, 3, L_FALSE, 0, 0), 0);
	cr_expect_not(L_DicomIsRoleSelect(pdu, 1));
	cr_expect_eq(L_DicomGetUserRole(pdu, 1), PDU_ROLE_SUPPORT);
}

Test(negotiation, wrong_roles_have_the_documented_error)
{
	cr_expect_eq(
	    L_DicomSetRoleSelect(pdu, 7, L_TRUE, 1, 1), DICOM_ERROR_PDU_ID);
	cr_expect_eq(
	    L_DicomSetRoleSelect(pdu, 1, L_TRUE, 2, 1), DICOM_ERROR_RANGE);
	cr_expect_eq(
	    L_DicomSetRoleSelect(pdu, 1, L_TRUE, 1, 255), DICOM_ERROR_RANGE);
	cr_expect_eq(
	    L_DicomSetRoleSelect(NULL, 1, L_TRUE, 1, 1), DICOM_ERROR_NULL_PTR);
	cr_expect_not(L_DicomIsRoleSelect(pdu, 1));
	cr_expect_not(L_DicomIsRoleSelect(NULL, 1));
}

Test(negotiation, extended_negotiation_is_kept_as_bytes)
{
	L_UCHAR bytes[] = { 1, 0, 1 };

	cr_expect_null(L_DicomGetExtended(pdu, 1));
	cr_expect_eq(L_DicomGetLengthExtended(pdu, 1), 0);
	cr_expect_eq(L_DicomSetExtended(pdu, 1, bytes, 3), DICOM_SUCCESS);
	bytes[0] = 9;
	cr_assert_eq(L_DicomGetLengthExtended(pdu, 1), 3);
	cr_expect_eq(memcmp(L_DicomGetExtended(pdu, 1), "\1\0\1", 3), 0);
	cr_expect_eq(L_DicomSetExtended(pdu, 1, NULL, 0), DICOM_SUCCESS);
	cr_expect_null(L_DicomGetExtended(pdu, 1));
}

Test(negotiation, wrong_extended_negotiation_has_the_documented_error)
{
	static L_UCHAR longest[65001];

	cr_expect_eq(L_DicomSetExtended(pdu, 1, NULL, 3), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(
	    L_DicomSetExtended(pdu, 7, longest, 3), DICOM_ERROR_PDU_ID);
	cr_expect_eq(L_DicomSetExtended(pdu, 1, longest, sizeof(longest)),
	    DICOM_ERROR_PDU_LENGTH);
	cr_expect_eq(L_DicomGetLengthExtended(pdu, 1), 0);
	cr_expect_null(L_DicomGetExtended(NULL, 1));
}

Test(negotiation, without_a_window_one_operation_is_under_way)
{
	cr_expect_not(L_DicomIsAsyncOperations(pdu));
	cr_expect_eq(L_DicomGetInvokedOperationsCount(pdu), 1);
	cr_expect_eq(L_DicomGetPerformedOperationsCount(pdu), 1);
	cr_expect_eq(L_DicomSetAsyncOperations(pdu, L_TRUE, 0, 4), 0);
	cr_expect(L_DicomIsAsyncOperations(pdu));
	cr_expect_eq(L_DicomGetInvokedOperationsCount(pdu), 0);
	cr_expect_eq(L_DicomGetPerformedOperationsCount(pdu), 4);
	cr_expect_eq(L_DicomSetAsyncOperations(pdu, L_FALSE, 9, 9), 0);
	cr_expect_eq(L_DicomGetInvokedOperationsCount(pdu), 1);
	cr_expect_eq(L_DicomSetAsyncOperations(NULL, L_TRUE, 1, 1),
	    DICOM_ERROR_NULL_PTR);
}

Test(negotiation, user_information_is_a_list)
{
	L_UCHAR bytes[] = "identity";

	cr_expect_eq(L_DicomGetUserInfoCount(pdu), 0);
	cr_expect_eq(L_DicomAddUserInfo(pdu, 0x57, NULL, 0), DICOM_SUCCESS);
	cr_expect_eq(L_DicomAddUserInfo(pdu, 0x58, bytes, 8), DICOM_SUCCESS);
	cr_assert_eq(L_DicomGetUserInfoCount(pdu), 2);
	cr_expect_eq(L_DicomGetTypeUserInfo(pdu, 1), 0x58);
	cr_expect_eq(L_DicomGetLengthUserInfo(pdu, 1), 8);
	cr_expect_eq(memcmp(L_DicomGetDataUserInfo(pdu, 1), bytes, 8), 0);
	cr_expect_null(L_DicomGetDataUserInfo(pdu, 0));
	cr_expect_eq(L_DicomSetUserInfo(pdu, 0, 0x60, bytes, 2), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetTypeUserInfo(pdu, 0), 0x60);
	cr_expect_eq(L_DicomGetLengthUserInfo(pdu, 0), 2);
	L_DicomDelUserInfo(pdu, 0);
	cr_assert_eq(L_DicomGetUserInfoCount(pdu), 1);
	cr_expect_eq(L_DicomGetTypeUserInfo(pdu, 0), 0x58);
}

Test(negotiation, wrong_user_information_has_the_documented_error)
{
	L_UCHAR bytes[] = "x";

	/* Items that have functions of their own. */
	for (L_UCHAR type = 0x51; type <= 0x56; type++)
		cr_expect_eq(L_DicomAddUserInfo(pdu, type, bytes, 1),
		    DICOM_ERROR_PARAMETER);
	cr_expect_eq(
	    L_DicomAddUserInfo(pdu, 0, bytes, 1), DICOM_ERROR_PARAMETER);
	cr_expect_eq(
	    L_DicomAddUserInfo(pdu, 0x58, NULL, 1), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(
	    L_DicomAddUserInfo(NULL, 0x58, bytes, 1), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(
	    L_DicomSetUserInfo(pdu, 0, 0x58, bytes, 1), DICOM_ERROR_RANGE);
	cr_expect_eq(
	    L_DicomSetUserInfo(pdu, -1, 0x58, bytes, 1), DICOM_ERROR_RANGE);
	L_DicomDelUserInfo(pdu, -1);
	cr_expect_eq(L_DicomGetUserInfoCount(pdu), 0);
	cr_expect_eq(L_DicomGetTypeUserInfo(pdu, 0), 0);
	for (int i = 0; i < 512; i++)
		cr_assert_eq(L_DicomAddUserInfo(pdu, 0x58, bytes, 1), 0);
	cr_expect_eq(
	    L_DicomAddUserInfo(pdu, 0x58, bytes, 1), DICOM_ERROR_RANGE);
}

/* An answer may name contexts without their abstract syntax: then there is
 * nothing that two of them could have in common. */
Test(negotiation, roles_of_contexts_without_an_abstract_syntax_are_their_own)
{
	L_DicomResetAssociate(pdu, L_FALSE);
	L_DicomAddPresentation(pdu, 1, 0, NULL);
	L_DicomAddPresentation(pdu, 3, 0, NULL);
	cr_expect_eq(L_DicomSetRoleSelect(pdu, 1, L_TRUE, PDU_ROLE_NON_SUPPORT,
			 PDU_ROLE_SUPPORT),
	    DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetProviderRole(pdu, 1), PDU_ROLE_SUPPORT);
	cr_expect_not(L_DicomIsRoleSelect(pdu, 3));
	cr_expect_eq(L_DicomGetUserRole(pdu, 3), PDU_ROLE_SUPPORT);
}

static void
expect_no_object(HDICOMPDU h, L_INT error)
{
	L_UCHAR byte = 0;

	cr_expect_eq(L_DicomGetUserRole(h, 1), 0);
	cr_expect_eq(L_DicomGetProviderRole(h, 1), 0);
	cr_expect_not(L_DicomIsAsyncOperations(h));
	cr_expect_eq(L_DicomGetInvokedOperationsCount(h), 0);
	cr_expect_eq(L_DicomGetPerformedOperationsCount(h), 0);
	cr_expect_eq(L_DicomGetLengthExtended(h, 1), 0);
	cr_expect_eq(L_DicomGetUserInfoCount(h), 0);
	cr_expect_eq(L_DicomGetTypeUserInfo(h, 0), 0);
	cr_expect_eq(L_DicomGetLengthUserInfo(h, 0), 0);
	cr_expect_null(L_DicomGetDataUserInfo(h, 0));
	L_DicomDelUserInfo(h, 0);
	cr_expect_eq(L_DicomSetExtended(h, 1, &byte, 1), error);
	cr_expect_eq(L_DicomSetUserInfo(h, 0, 0x58, &byte, 1), error);
	cr_expect_eq(L_DicomAddUserInfo(h, 0x58, &byte, 1), error);
	cr_expect_eq(L_DicomSetAsyncOperations(h, L_TRUE, 1, 1), error);
}

Test(negotiation, what_is_no_object_has_the_documented_error)
{
	HDICOMDS set = L_DicomCreateDS(NULL);

	expect_no_object(NULL, DICOM_ERROR_NULL_PTR);
	expect_no_object(set, DICOM_ERROR_PARAMETER);
	L_DicomFreeDS(set);
}

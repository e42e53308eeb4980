/* The association object as a program sees it. */
#include "ltdic.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static HDICOMPDU pdu;
static L_TCHAR text[80];

static void
create(void)
{
	pdu = L_DicomCreateAssociate(L_TRUE);
	cr_assert_not_null(pdu);
}

static void
destroy(void)
{
	L_DicomFreeAssociate(pdu);
}

TestSuite(associate, .init = create, .fini = destroy);

/* String literals where the contract has no const. */
static L_TCHAR *
str(const char *s)
{
	union {
		const char *in;
		L_TCHAR *out;
	} u = { s };

	return u.out;
}

Test(associate, new_object_has_the_documented_defaults)
{
	cr_expect(L_DicomIsRequest(pdu));
	cr_expect_eq(L_DicomGetVersion(pdu), 1);
	L_DicomGetApplication(pdu, text, sizeof(text));
	cr_expect_str_eq(text, "1.2.840.10008.3.1.1.1");
	cr_expect(L_DicomIsMaxLength(pdu));
	cr_expect_eq(L_DicomGetMaxLength(pdu), 46726);
	cr_expect(L_DicomIsImplementClass(pdu));
	cr_expect(L_DicomIsImplementVersion(pdu));
	cr_expect_eq(L_DicomGetPresentationCount(pdu), 0);
	L_DicomGetCalled(pdu, text, sizeof(text));
	cr_expect_str_empty(text);
}

Test(associate, titles_are_kept)
{
	cr_expect_eq(L_DicomSetCalled(pdu, str(" MY SCP ")), DICOM_SUCCESS);
	cr_expect_eq(
	    L_DicomSetCalling(pdu, str("1234567890123456")), DICOM_SUCCESS);
	L_DicomGetCalled(pdu, text, sizeof(text));
	cr_expect_str_eq(text, "MY SCP");
	L_DicomGetCalling(pdu, text, sizeof(text));
	cr_expect_str_eq(text, "1234567890123456");
}

Test(associate, wrong_titles_have_the_documented_error)
{
	L_DicomSetCalled(pdu, str("KEPT"));
	cr_expect_eq(L_DicomSetCalled(pdu, str("12345678901234567")),
	    DICOM_ERROR_PDU_LENGTH);
	cr_expect_eq(L_DicomSetCalled(pdu, str("")), DICOM_ERROR_PDU_LENGTH);
	cr_expect_eq(L_DicomSetCalled(pdu, str("   ")), DICOM_ERROR_PDU_LENGTH);
	cr_expect_eq(L_DicomSetCalled(pdu, str("A\\B")), DICOM_ERROR_PARAMETER);
	cr_expect_eq(L_DicomSetCalled(pdu, NULL), DICOM_ERROR_NULL_PTR);
	L_DicomGetCalled(pdu, text, sizeof(text));
	cr_expect_str_eq(text, "KEPT");
}

Test(associate, wrong_uids_have_the_documented_error)
{
	char longest[66];

	memset(longest, '1', 65);
	longest[65] = '\0';
	cr_expect_eq(L_DicomSetApplication(pdu, str("1.2.3")), DICOM_SUCCESS);
	cr_expect_eq(
	    L_DicomSetApplication(pdu, longest), DICOM_ERROR_PDU_LENGTH);
	cr_expect_eq(
	    L_DicomSetApplication(pdu, str("")), DICOM_ERROR_PDU_LENGTH);
	cr_expect_eq(
	    L_DicomSetApplication(pdu, str("1..2")), DICOM_ERROR_PARAMETER);
	cr_expect_eq(L_DicomSetApplication(pdu, NULL), DICOM_ERROR_NULL_PTR);
	L_DicomGetApplication(pdu, text, sizeof(text));
	cr_expect_str_eq(text, "1.2.3");
	longest[64] = '\0';
	cr_expect_eq(L_DicomSetApplication(pdu, longest), DICOM_SUCCESS);
}

Test(associate, text_is_cut_to_the_buffer)
{
	L_DicomSetCalled(pdu, str("ABCDEF"));
	memset(text, '#', sizeof(text));
	L_DicomGetCalled(pdu, text, 4);
	cr_expect_str_eq(text, "ABC");
	cr_expect_eq(text[4], '#');
	L_DicomGetCalled(pdu, text, 1);
	cr_expect_str_empty(text);
	text[0] = '#';
	L_DicomGetCalled(pdu, text, 0);
	cr_expect_eq(text[0], '#');
	L_DicomGetCalled(pdu, NULL, 80);
}

Test(associate, contexts_are_found_by_position_and_identifier)
{
	cr_expect_eq(
	    L_DicomAddPresentation(pdu, 1, 0, str(UID_VERIFICATION_CLASS)),
	    DICOM_SUCCESS);
	cr_expect_eq(
	    L_DicomAddPresentation(pdu, 255, 3, str("1.2.3")), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetPresentationCount(pdu), 2);
	cr_expect_eq(L_DicomGetPresentation(pdu, 0), 1);
	cr_expect_eq(L_DicomGetPresentation(pdu, 1), 255);
	cr_expect_eq(L_DicomGetPresentation(pdu, 2), 0);
	cr_expect_eq(L_DicomGetPresentation(pdu, -1), 0);
	cr_expect_eq(L_DicomGetResult(pdu, 255), 3);
	L_DicomGetAbstract(pdu, 255, text, sizeof(text));
	cr_expect_str_eq(text, "1.2.3");
	L_DicomDelPresentation(pdu, 1);
	L_DicomDelPresentation(pdu, 1);
	cr_expect_eq(L_DicomGetPresentationCount(pdu), 1);
}

Test(associate, wrong_contexts_have_the_documented_error)
{
	cr_expect_eq(L_DicomAddPresentation(pdu, 1, 0, str("1.2")), 0);
	cr_expect_eq(L_DicomAddPresentation(pdu, 1, 0, str("1.2")),
	    DICOM_ERROR_PDU_ID, "there already");
	cr_expect_eq(L_DicomAddPresentation(pdu, 2, 0, str("1.2")),
	    DICOM_ERROR_PDU_ID, "even");
	cr_expect_eq(
	    L_DicomAddPresentation(pdu, 0, 0, str("1.2")), DICOM_ERROR_PDU_ID);
	cr_expect_eq(
	    L_DicomAddPresentation(pdu, 3, 5, str("1.2")), DICOM_ERROR_RANGE);
	cr_expect_eq(
	    L_DicomAddPresentation(pdu, 3, 0, str("x")), DICOM_ERROR_PARAMETER);
	cr_expect_eq(
	    L_DicomAddPresentation(pdu, 3, 0, NULL), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(L_DicomSetResult(pdu, 3, 0), DICOM_ERROR_PDU_ID);
	cr_expect_eq(L_DicomSetResult(pdu, 1, 5), DICOM_ERROR_RANGE);
	cr_expect_eq(
	    L_DicomSetAbstract(pdu, 3, str("1.2")), DICOM_ERROR_PDU_ID);
	cr_expect_eq(L_DicomSetAbstract(pdu, 1, NULL), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(L_DicomGetPresentationCount(pdu), 1);
	cr_expect_eq(
	    L_DicomGetResult(pdu, 3), PDU_ACCEPT_RESULT_PROVIDER_REJECT);
}

Test(associate, result_and_abstract_syntax_can_be_changed)
{
	L_DicomAddPresentation(pdu, 1, 0, str("1.2"));
	cr_expect_eq(
	    L_DicomSetResult(pdu, 1, PDU_ACCEPT_RESULT_ABSTRACT_SYNTAX),
	    DICOM_SUCCESS);
	cr_expect_eq(
	    L_DicomGetResult(pdu, 1), PDU_ACCEPT_RESULT_ABSTRACT_SYNTAX);
	cr_expect_eq(L_DicomSetAbstract(pdu, 1, str("1.3")), DICOM_SUCCESS);
	L_DicomGetAbstract(pdu, 1, text, sizeof(text));
	cr_expect_str_eq(text, "1.3");
	cr_expect_eq(
	    L_DicomSetAbstract(pdu, 1, str("1..3")), DICOM_ERROR_PARAMETER);
	L_DicomGetAbstract(pdu, 1, text, sizeof(text));
	cr_expect_str_eq(text, "1.3");
}

Test(associate, identifiers_may_be_changed_to_free_ones)
{
	L_DicomAddPresentation(pdu, 1, 0, str("1.2"));
	L_DicomAddPresentation(pdu, 3, 0, str("1.2"));
	cr_expect_eq(L_DicomSetPresentation(pdu, 0, 5), DICOM_SUCCESS);
	cr_expect_eq(L_DicomSetPresentation(pdu, 0, 5), DICOM_SUCCESS);
	cr_expect_eq(L_DicomSetPresentation(pdu, 0, 3), DICOM_ERROR_PDU_ID);
	cr_expect_eq(L_DicomSetPresentation(pdu, 0, 6), DICOM_ERROR_PDU_ID);
	cr_expect_eq(L_DicomSetPresentation(pdu, 2, 7), DICOM_ERROR_RANGE);
	cr_expect_eq(L_DicomSetPresentation(pdu, -1, 7), DICOM_ERROR_RANGE);
	cr_expect_eq(L_DicomGetPresentation(pdu, 0), 5);
}

Test(associate, contexts_are_found_by_abstract_syntax)
{
	L_DicomAddPresentation(pdu, 1, 0, str("1.2"));
	L_DicomAddPresentation(pdu, 3, 0, str("1.3"));
	L_DicomAddPresentation(pdu, 5, 0, str("1.2"));
	cr_expect_eq(L_DicomFindAbstract(pdu, str("1.2")), 1);
	cr_expect_eq(L_DicomFindNextAbstract(pdu, 1, str("1.2")), 5);
	cr_expect_eq(L_DicomFindNextAbstract(pdu, 5, str("1.2")), 0);
	cr_expect_eq(L_DicomFindNextAbstract(pdu, 9, str("1.2")), 0);
	cr_expect_eq(L_DicomFindAbstract(pdu, str("1.4")), 0);
	cr_expect_eq(L_DicomFindAbstract(pdu, NULL), 0);
	cr_expect_eq(L_DicomGetAbstractCount(pdu, str("1.2")), 2);
	cr_expect_eq(L_DicomGetAbstractCount(pdu, str("1.4")), 0);
	cr_expect_eq(L_DicomGetAbstractCount(pdu, NULL), 0);
}

Test(associate, transfer_syntaxes_are_kept_in_order)
{
	L_DicomAddPresentation(pdu, 1, 0, str("1.2"));
	cr_expect_eq(L_DicomAddTransfer(pdu, 1, str("1.5")), DICOM_SUCCESS);
	cr_expect_eq(L_DicomAddTransfer(pdu, 1, str("1.6")), DICOM_SUCCESS);
	cr_expect_eq(L_DicomSetTransfer(pdu, 1, 0, str("1.7")), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetTransferCount(pdu, 1), 2);
	L_DicomGetTransfer(pdu, 1, 0, text, sizeof(text));
	cr_expect_str_eq(text, "1.7");
	L_DicomDelTransfer(pdu, 1, 0);
	L_DicomGetTransfer(pdu, 1, 0, text, sizeof(text));
	cr_expect_str_eq(text, "1.6");
	L_DicomGetTransfer(pdu, 1, 1, text, sizeof(text));
	cr_expect_str_empty(text);
	L_DicomGetTransfer(pdu, 1, -1, text, sizeof(text));
	cr_expect_str_empty(text);
}

Test(associate, wrong_transfer_syntaxes_have_the_documented_error)
{
	L_DicomAddPresentation(pdu, 1, 0, str("1.2"));
	L_DicomAddTransfer(pdu, 1, str("1.5"));
	cr_expect_eq(
	    L_DicomAddTransfer(pdu, 3, str("1.5")), DICOM_ERROR_PDU_ID);
	cr_expect_eq(L_DicomAddTransfer(pdu, 1, str("1.5")), DICOM_ERROR_RANGE,
	    "there already");
	cr_expect_eq(L_DicomAddTransfer(pdu, 1, NULL), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(
	    L_DicomAddTransfer(pdu, 1, str("one")), DICOM_ERROR_PARAMETER);
	cr_expect_eq(
	    L_DicomSetTransfer(pdu, 1, 1, str("1.6")), DICOM_ERROR_RANGE);
	cr_expect_eq(
	    L_DicomSetTransfer(pdu, 1, -1, str("1.6")), DICOM_ERROR_RANGE);
	L_DicomDelTransfer(pdu, 1, 1);
	L_DicomDelTransfer(pdu, 1, -1);
	L_DicomDelTransfer(pdu, 3, 0);
	cr_expect_eq(L_DicomGetTransferCount(pdu, 1), 1);
	cr_expect_eq(L_DicomGetTransferCount(pdu, 3), 0);
}

Test(associate, number_of_transfer_syntaxes_is_limited)
{
	L_DicomAddPresentation(pdu, 1, 0, str("1.2"));
	for (int i = 0; i < 256; i++) {
		snprintf(text, sizeof(text), "1.%d", i);
		cr_assert_eq(L_DicomAddTransfer(pdu, 1, text), DICOM_SUCCESS);
	}
	cr_expect_eq(L_DicomAddTransfer(pdu, 1, str("2.1")), DICOM_ERROR_RANGE);
}

Test(associate, maximum_length_has_a_minimum)
{
	cr_expect_eq(L_DicomSetMaxLength(pdu, L_TRUE, 7), DICOM_ERROR_RANGE);
	cr_expect_eq(L_DicomGetMaxLength(pdu), 46726);
	cr_expect_eq(L_DicomSetMaxLength(pdu, L_TRUE, 8), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetMaxLength(pdu), 8);
	cr_expect_eq(L_DicomSetMaxLength(pdu, L_TRUE, 0), DICOM_SUCCESS);
	cr_expect(L_DicomIsMaxLength(pdu));
	cr_expect_eq(L_DicomSetMaxLength(pdu, L_FALSE, 5), DICOM_SUCCESS);
	cr_expect_not(L_DicomIsMaxLength(pdu));
	cr_expect_eq(L_DicomGetMaxLength(pdu), 0);
}

Test(associate, implementation_can_be_named_and_left_out)
{
	cr_expect_eq(L_DicomSetImplementClass(pdu, L_TRUE, str("1.2.3")), 0);
	cr_expect_eq(L_DicomSetImplementVersion(pdu, L_TRUE, str("V_1")), 0);
	L_DicomGetImplementClass(pdu, text, sizeof(text));
	cr_expect_str_eq(text, "1.2.3");
	L_DicomGetImplementVersion(pdu, text, sizeof(text));
	cr_expect_str_eq(text, "V_1");
	cr_expect_eq(
	    L_DicomSetImplementClass(pdu, L_TRUE, NULL), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(
	    L_DicomSetImplementVersion(pdu, L_TRUE, str("12345678901234567")),
	    DICOM_ERROR_PDU_LENGTH);
	cr_expect(L_DicomIsImplementClass(pdu), "as before");
	cr_expect_eq(L_DicomSetImplementClass(pdu, L_FALSE, NULL), 0);
	cr_expect_eq(L_DicomSetImplementVersion(pdu, L_FALSE, NULL), 0);
	cr_expect_not(L_DicomIsImplementClass(pdu));
	cr_expect_not(L_DicomIsImplementVersion(pdu));
	L_DicomGetImplementClass(pdu, text, sizeof(text));
	cr_expect_str_empty(text);
}

Test(associate, version_one_must_be_offered)
{
	cr_expect_eq(L_DicomSetVersion(pdu, 2), DICOM_ERROR_RANGE);
	cr_expect_eq(L_DicomSetVersion(pdu, 3), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetVersion(pdu), 3);
}

Test(associate, reset_and_default_start_anew)
{
	L_DicomSetCalled(pdu, str("SCP"));
	L_DicomAddPresentation(pdu, 5, 0, str("1.2"));
	L_DicomResetAssociate(pdu, L_FALSE);
	cr_expect_not(L_DicomIsRequest(pdu));
	cr_expect_eq(L_DicomGetPresentationCount(pdu), 0);
	L_DicomGetCalled(pdu, text, sizeof(text));
	cr_expect_str_empty(text);

	L_DicomSetRequest(pdu, L_TRUE);
	L_DicomDefaultAssociate(pdu);
	cr_expect(L_DicomIsRequest(pdu));
	cr_expect_eq(L_DicomFindAbstract(pdu, str("1.2.840.10008.1.1")), 1);
	L_DicomGetTransfer(pdu, 1, 0, text, sizeof(text));
	cr_expect_str_eq(text, "1.2.840.10008.1.2");
}

Test(associate, answer_needs_no_abstract_syntax)
{
	L_DicomSetRequest(pdu, L_FALSE);
	cr_expect_eq(L_DicomAddPresentation(pdu, 1, 0, NULL), DICOM_SUCCESS);
	L_DicomGetAbstract(pdu, 1, text, sizeof(text));
	cr_expect_str_empty(text);
}

/* Setters on something that is no association. */
static void
expect_setters(HDICOMPDU h, L_INT code)
{
	cr_expect_eq(L_DicomSetVersion(h, 1), code);
	cr_expect_eq(L_DicomSetCalled(h, str("A")), code);
	cr_expect_eq(L_DicomSetCalling(h, str("A")), code);
	cr_expect_eq(L_DicomSetApplication(h, str("1.2")), code);
	cr_expect_eq(L_DicomSetPresentation(h, 0, 1), code);
	cr_expect_eq(L_DicomAddPresentation(h, 1, 0, str("1.2")), code);
	cr_expect_eq(L_DicomSetResult(h, 1, 0), code);
	cr_expect_eq(L_DicomSetAbstract(h, 1, str("1.2")), code);
	cr_expect_eq(L_DicomSetTransfer(h, 1, 0, str("1.2")), code);
	cr_expect_eq(L_DicomAddTransfer(h, 1, str("1.2")), code);
	cr_expect_eq(L_DicomSetMaxLength(h, L_TRUE, 8), code);
	cr_expect_eq(L_DicomSetImplementClass(h, L_FALSE, NULL), code);
	cr_expect_eq(L_DicomSetImplementVersion(h, L_FALSE, NULL), code);
}

/* The rest answers 0, L_FALSE or empty text, and does nothing. */
static void
expect_getters(HDICOMPDU h)
{
	cr_expect_eq(L_DicomIsRequest(h), L_FALSE);
	cr_expect_eq(L_DicomGetVersion(h), 0);
	cr_expect_eq(L_DicomGetPresentationCount(h), 0);
	cr_expect_eq(L_DicomGetPresentation(h, 0), 0);
	cr_expect_eq(L_DicomFindAbstract(h, str("1.2")), 0);
	cr_expect_eq(L_DicomFindNextAbstract(h, 1, str("1.2")), 0);
	cr_expect_eq(L_DicomGetAbstractCount(h, str("1.2")), 0);
	cr_expect_eq(L_DicomGetTransferCount(h, 1), 0);
	cr_expect_eq(L_DicomIsMaxLength(h), L_FALSE);
	cr_expect_eq(L_DicomGetMaxLength(h), 0);
	cr_expect_eq(L_DicomIsImplementClass(h), L_FALSE);
	cr_expect_eq(L_DicomIsImplementVersion(h), L_FALSE);
	strcpy(text, "#");
	L_DicomGetCalled(h, text, sizeof(text));
	cr_expect_str_empty(text);
	strcpy(text, "#");
	L_DicomGetAbstract(h, 1, text, sizeof(text));
	cr_expect_str_empty(text);
	strcpy(text, "#");
	L_DicomGetTransfer(h, 1, 0, text, sizeof(text));
	cr_expect_str_empty(text);
	L_DicomSetRequest(h, L_TRUE);
	L_DicomResetAssociate(h, L_TRUE);
	L_DicomDefaultAssociate(h);
	L_DicomDelPresentation(h, 1);
	L_DicomDelTransfer(h, 1, 0);
	L_DicomFreeAssociate(h);
}

Test(associate, null_handle_has_the_documented_error)
{
	expect_setters(NULL, DICOM_ERROR_NULL_PTR);
	expect_getters(NULL);
}

Test(associate, foreign_handle_has_the_documented_error)
{
	L_UINT32 other[16];

	memset(other, 0x5a, sizeof(other));
	expect_setters(other, DICOM_ERROR_PARAMETER);
	expect_getters(other);
	for (int i = 0; i < 16; i++)
		cr_expect_eq(other[i], 0x5a5a5a5a);
}

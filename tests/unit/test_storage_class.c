#include "tools/storage_class.h"

#include <criterion/criterion.h>

Test(storage_class, classes_below_the_root_are_storage)
{
	/* CT Image, Secondary Capture, Encapsulated PDF, Inventory Storage */
	cr_expect(storage_class_is_known("1.2.840.10008.5.1.4.1.1.2"));
	cr_expect(storage_class_is_known("1.2.840.10008.5.1.4.1.1.7"));
	cr_expect(storage_class_is_known("1.2.840.10008.5.1.4.1.1.104.1"));
	cr_expect(storage_class_is_known("1.2.840.10008.5.1.4.1.1.201.1"));
}

Test(storage_class, some_live_elsewhere)
{
	/* Hanging Protocol Storage, RT Beams Delivery Instruction Storage */
	cr_expect(storage_class_is_known("1.2.840.10008.5.1.4.38.1"));
	cr_expect(storage_class_is_known("1.2.840.10008.5.1.4.34.7"));
}

Test(storage_class, services_are_no_storage)
{
	/* Verification, the root itself, Patient Root FIND, Hanging Protocol
	 * FIND, Inventory FIND, Protocol Approval MOVE, the directory of
	 * media, somebody's own */
	cr_expect_not(storage_class_is_known("1.2.840.10008.1.1"));
	cr_expect_not(storage_class_is_known("1.2.840.10008.5.1.4.1.1"));
	cr_expect_not(storage_class_is_known("1.2.840.10008.5.1.4.1.2.1.1"));
	cr_expect_not(storage_class_is_known("1.2.840.10008.5.1.4.38.2"));
	cr_expect_not(storage_class_is_known("1.2.840.10008.5.1.4.1.1.201.2"));
	cr_expect_not(storage_class_is_known("1.2.840.10008.5.1.4.1.1.200.5"));
	cr_expect_not(storage_class_is_known("1.2.840.10008.1.3.10"));
	cr_expect_not(storage_class_is_known("1.3.12.2.1107.5.9.1"));
}

Test(storage_class, transfer_syntaxes_are_those_of_the_standard)
{
	/* Implicit, Explicit, Deflated, JPEG baseline */
	cr_expect(storage_transfer_is_known("1.2.840.10008.1.2"));
	cr_expect(storage_transfer_is_known("1.2.840.10008.1.2.1"));
	cr_expect(storage_transfer_is_known("1.2.840.10008.1.2.1.99"));
	cr_expect(storage_transfer_is_known("1.2.840.10008.1.2.4.50"));
	cr_expect_not(storage_transfer_is_known("1.2.840.10008.1.20"));
	cr_expect_not(storage_transfer_is_known("1.2.840.10008.1.1"));
	cr_expect_not(storage_transfer_is_known("1.2.840.113619.5.2"));
}

#include "dicom/ul_state.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* clang-format off */
/* Table 9-10 of PS3.8 by rows: action and next state for Sta1 to Sta13, a dot
 * where the table is empty. The two choices are written for yes. */
static const struct {
	enum ul_event event;
	const char *row;
} table[] = {
	{ UL_ASSOCIATE_REQUEST,
	    "AE-1>4 . . . . . . . . . . . ." },
	{ UL_TRANSPORT_CONFIRM,
	    ". . . AE-2>5 . . . . . . . . ." },
	{ UL_PDU_AC,
	    ". AA-1>13 AA-8>13 . AE-3>6 AA-8>13 AA-8>13 AA-8>13 AA-8>13 "
	    "AA-8>13 AA-8>13 AA-8>13 AA-6>13" },
	{ UL_PDU_RJ,
	    ". AA-1>13 AA-8>13 . AE-4>1 AA-8>13 AA-8>13 AA-8>13 AA-8>13 "
	    "AA-8>13 AA-8>13 AA-8>13 AA-6>13" },
	{ UL_TRANSPORT_INDICATION,
	    "AE-5>2 . . . . . . . . . . . ." },
	{ UL_PDU_RQ,
	    ". AE-6>3 AA-8>13 . AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 "
	    "AA-8>13 AA-8>13 AA-8>13 AA-7>13" },
	{ UL_ASSOCIATE_ACCEPT,
	    ". . AE-7>6 . . . . . . . . . ." },
	{ UL_ASSOCIATE_REJECT,
	    ". . AE-8>13 . . . . . . . . . ." },
	{ UL_DATA_REQUEST,
	    ". . . . . DT-1>6 . AR-7>8 . . . . ." },
	{ UL_PDU_DATA,
	    ". AA-1>13 AA-8>13 . AA-8>13 DT-2>6 AR-6>7 AA-8>13 AA-8>13 "
	    "AA-8>13 AA-8>13 AA-8>13 AA-6>13" },
	{ UL_RELEASE_REQUEST,
	    ". . . . . AR-1>7 . . . . . . ." },
	{ UL_PDU_RELEASE_RQ,
	    ". AA-1>13 AA-8>13 . AA-8>13 AR-2>8 AR-8>9 AA-8>13 AA-8>13 "
	    "AA-8>13 AA-8>13 AA-8>13 AA-6>13" },
	{ UL_PDU_RELEASE_RP,
	    ". AA-1>13 AA-8>13 . AA-8>13 AA-8>13 AR-3>1 AA-8>13 AA-8>13 "
	    "AR-10>12 AR-3>1 AA-8>13 AA-6>13" },
	{ UL_RELEASE_RESPONSE,
	    ". . . . . . . AR-4>13 AR-9>11 . . AR-4>13 ." },
	{ UL_ABORT_REQUEST,
	    ". . AA-1>13 AA-2>1 AA-1>13 AA-1>13 AA-1>13 AA-1>13 AA-1>13 "
	    "AA-1>13 AA-1>13 AA-1>13 ." },
	{ UL_PDU_ABORT,
	    ". AA-2>1 AA-3>1 . AA-3>1 AA-3>1 AA-3>1 AA-3>1 AA-3>1 AA-3>1 "
	    "AA-3>1 AA-3>1 AA-2>1" },
	{ UL_TRANSPORT_CLOSED,
	    ". AA-5>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 "
	    "AA-4>1 AA-4>1 AA-4>1 AR-5>1" },
	{ UL_ARTIM_EXPIRED,
	    ". AA-2>1 . . . . . . . . . . AA-2>1" },
	{ UL_PDU_INVALID,
	    ". AA-1>13 AA-8>13 . AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 "
	    "AA-8>13 AA-8>13 AA-8>13 AA-7>13" },
};

static const char *const names[UL_ACTION_COUNT] = {
	[UL_NO_ACTION] = ".",
	[AE_1] = "AE-1", [AE_2] = "AE-2", [AE_3] = "AE-3", [AE_4] = "AE-4",
	[AE_5] = "AE-5", [AE_6] = "AE-6", [AE_7] = "AE-7", [AE_8] = "AE-8",
	[DT_1] = "DT-1", [DT_2] = "DT-2",
	[AR_1] = "AR-1", [AR_2] = "AR-2", [AR_3] = "AR-3", [AR_4] = "AR-4",
	[AR_5] = "AR-5", [AR_6] = "AR-6", [AR_7] = "AR-7", [AR_8] = "AR-8",
	[AR_9] = "AR-9", [AR_10] = "AR-10",
	[AA_1] = "AA-1", [AA_2] = "AA-2", [AA_3] = "AA-3", [AA_4] = "AA-4",
	[AA_5] = "AA-5", [AA_6] = "AA-6", [AA_7] = "AA-7", [AA_8] = "AA-8",
};
/* clang-format on */

Test(ul_state, every_entry_is_that_of_table_9_10)
{
	cr_assert_eq(sizeof(table) / sizeof(table[0]), UL_EVENT_COUNT);
	for (size_t e = 0; e < UL_EVENT_COUNT; e++) {
		char row[256] = "";
		char *at = row;

		for (int s = STA_1; s <= STA_13; s++) {
			struct ul_step step =
			    dt_ul_step((enum ul_state)s, table[e].event, true);

			at += sprintf(at, "%s%s", s > STA_1 ? " " : "",
			    names[step.action]);
			if (step.action != UL_NO_ACTION)
				at += sprintf(at, ">%d", step.next);
		}
		cr_expect_str_eq(row, table[e].row, "event %zu: %s", e, row);
	}
}

Test(ul_state, choice_no_rejects_and_makes_the_acceptor_wait)
{
	struct ul_step rejected = dt_ul_step(STA_2, UL_PDU_RQ, false);
	struct ul_step collision = dt_ul_step(STA_7, UL_PDU_RELEASE_RQ, false);

	cr_expect_eq(rejected.action, AE_6);
	cr_expect_eq(rejected.next, STA_13);
	cr_expect_eq(collision.action, AR_8);
	cr_expect_eq(collision.next, STA_10);
}

Test(ul_state, no_entry_keeps_the_state)
{
	struct ul_step step = dt_ul_step(STA_1, UL_PDU_DATA, true);

	cr_expect_eq(step.action, UL_NO_ACTION);
	cr_expect_eq(step.next, STA_1);
}

Test(ul_state, associated_is_from_sta6_to_sta12)
{
	for (int s = STA_1; s <= STA_13; s++)
		cr_expect_eq(dt_ul_state_is_associated((enum ul_state)s),
		    s >= 6 && s <= 12, "Sta%d", s);
}

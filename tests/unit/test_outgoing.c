#include "ltdic/outgoing.h"

#include "base/limits.h"
#include "dicom/pdu.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

#define BYTES(...)                                                             \
	dt_span((uint8_t[]){ __VA_ARGS__ }, sizeof((uint8_t[]){ __VA_ARGS__ }))

static struct dt_outgoing *out;
static unsigned closes;

static void
set_up(void)
{
	out = dt_outgoing_new();
	cr_assert_not_null(out);
}

static void
tear_down(void)
{
	dt_outgoing_free(out);
}

TestSuite(outgoing, .init = set_up, .fini = tear_down);

static int
read_zeros(void *arg, uint8_t *octets, size_t *size)
{
	uint64_t *left = arg;

	if (*left == 0) {
		*size = 0;
		return 0;
	}
	if (*size > *left)
		*size = (size_t)*left;
	memset(octets, 0, *size);
	*left -= *size;
	return 0;
}

static int
read_nothing(void *arg, uint8_t *octets, size_t *size)
{
	(void)arg;
	(void)octets;
	(void)size;
	return DICOMTLS_E_IO;
}

static void
count_close(void *arg)
{
	(void)arg;
	closes++;
}

static void
put_data(uint64_t *left, uint64_t size)
{
	const struct dt_data_source source = {
		.size = size,
		.read = left == NULL ? read_nothing : read_zeros,
		.close = count_close,
		.arg = left,
	};

	cr_assert_eq(dt_outgoing_put_data(out, 1, 106, &source), 0);
}

/* The type of the next PDU, 0 for none, or the error. */
static int
next(void)
{
	struct dt_buffer pdu = { 0 };
	uint8_t type = 0;
	int rc = dt_outgoing_next(out, &pdu, &type);

	if (rc > 0)
		cr_expect_gt(dt_buffer_size(&pdu), 0);
	dt_buffer_clear(&pdu);
	return rc > 0 ? type : rc;
}

Test(outgoing, pdus_go_out_in_order_and_count_until_sent)
{
	uint64_t left = 250;

	dt_outgoing_put(out, DT_PDU_DATA_TF, BYTES(4, 0));
	put_data(&left, left);
	dt_outgoing_put(out, DT_PDU_RELEASE_RQ, BYTES(5, 0));
	cr_expect_eq(dt_outgoing_count(out), 5, "1, 3 of the data set, 1");
	for (int i = 0; i < 4; i++)
		cr_expect_eq(next(), DT_PDU_DATA_TF);
	cr_expect_eq(closes, 1, "a source is closed when it is read");
	cr_expect_eq(dt_outgoing_count(out), 5, "nothing was sent yet");
	cr_expect_eq(next(), DT_PDU_RELEASE_RQ);
	cr_expect_eq(next(), 0);
	cr_expect(dt_outgoing_is_empty(out));
	for (uint64_t i = 5; i > 0; i--) {
		cr_expect_eq(dt_outgoing_count(out), i);
		dt_outgoing_sent(out);
	}
	cr_expect_eq(dt_outgoing_count(out), 0);
}

Test(outgoing, abort_overtakes_a_data_set)
{
	uint64_t left = 1000, more = 1000;

	put_data(&left, left);
	dt_outgoing_put(out, DT_PDU_DATA_TF, BYTES(4, 0));
	put_data(&more, more);
	cr_expect_eq(next(), DT_PDU_DATA_TF);
	dt_outgoing_put(out, DT_PDU_ABORT, BYTES(7, 0));
	cr_expect_eq(next(), DT_PDU_ABORT);
	cr_expect_eq(closes, 2);
	cr_expect_eq(dt_outgoing_count(out), 2, "what is on its way");
	cr_expect_eq(next(), 0);
}

Test(outgoing, abort_overtakes_no_answer)
{
	dt_outgoing_put(out, DT_PDU_DATA_TF, BYTES(4, 0));
	dt_outgoing_put(out, DT_PDU_ABORT, BYTES(7, 0));
	cr_expect_eq(next(), DT_PDU_DATA_TF);
	cr_expect_eq(next(), DT_PDU_ABORT);
}

Test(outgoing, failing_source_is_told_and_closed)
{
	put_data(NULL, 1000);
	dt_outgoing_put(out, DT_PDU_RELEASE_RQ, BYTES(5, 0));
	cr_expect_eq(next(), DICOMTLS_E_IO);
	cr_expect_eq(closes, 1);
	cr_expect_eq(dt_outgoing_count(out), 1);
	cr_expect_eq(next(), DT_PDU_RELEASE_RQ);
}

Test(outgoing, sources_left_are_closed_at_the_end)
{
	struct dt_outgoing *other = dt_outgoing_new();
	uint64_t left = 10;
	const struct dt_data_source source = {
		.size = 10,
		.read = read_zeros,
		.close = count_close,
		.arg = &left,
	};

	cr_assert_eq(dt_outgoing_put_data(other, 1, 0, &source), 0);
	dt_outgoing_free(other);
	cr_expect_eq(closes, 1);
}

Test(outgoing, is_full_before_it_takes_all_memory)
{
	for (unsigned i = 0; i < DT_MAX_WAITING; i++) {
		cr_assert_not(dt_outgoing_is_full(out));
		dt_outgoing_put(out, DT_PDU_DATA_TF, BYTES(4, 0));
	}
	cr_expect(dt_outgoing_is_full(out));
	next();
	cr_expect_not(dt_outgoing_is_full(out));
}

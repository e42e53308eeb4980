#include "dicom/data_cutter.h"

#include "base/limits.h"
#include "dicom/pdu.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

/* The PDU as a whole is what is limited. */
#define LONGEST (DT_MAX_SENT_FRAGMENT - DT_PDU_DATA_OVERHEAD)

/* Octets 0, 1, 2 ... as many as count says, at most step at a time. */
struct counter {
	uint64_t at, count;
	size_t step;
	int error; /* after count octets */
	unsigned closes;
};

static int
count_on(void *arg, uint8_t *octets, size_t *size)
{
	struct counter *counter = arg;
	uint64_t left = counter->count - counter->at;
	size_t most = *size < counter->step ? *size : counter->step;

	if (left == 0 && counter->error != 0)
		return counter->error;
	*size = most < left ? most : (size_t)left;
	for (size_t i = 0; i < *size; i++)
		octets[i] = (uint8_t)counter->at++;
	return 0;
}

static void
count_close(void *arg)
{
	((struct counter *)arg)->closes++;
}

static struct dt_data_source
source_of(struct counter *counter, uint64_t size)
{
	return (struct dt_data_source){
		.size = size,
		.read = count_on,
		.close = count_close,
		.arg = counter,
	};
}

/* Takes the PDU apart; the octets go on from *at. */
static bool
check_pdu(const struct dt_buffer *pdu, uint64_t *at, size_t most)
{
	struct dt_reader body = dt_pdu_body(dt_buffer_span(pdu));
	struct dt_pdv pdv;

	cr_assert_eq(dt_pdu_next_pdv(&body, &pdv), 1);
	cr_expect_eq(dt_reader_left(&body), 0, "one value to a PDU");
	cr_expect_eq(pdv.context, 9);
	cr_expect_not(pdv.command);
	cr_expect_leq(pdv.bytes.size + 6, most);
	for (size_t i = 0; i < pdv.bytes.size; i++)
		cr_assert_eq(pdv.bytes.data[i], (uint8_t)(*at)++);
	return pdv.last;
}

/* Cuts size octets for a peer that takes max_length; how many PDUs. */
static unsigned
cut(uint64_t size, uint64_t said, uint32_t max_length, size_t step)
{
	struct counter counter = { .count = size, .step = step };
	struct dt_data_source source = source_of(&counter, said);
	struct dt_data_cutter cutter;
	uint64_t at = 0;
	unsigned pdus = 0;
	int more = 1;

	dt_data_cutter_init(&cutter, 9, max_length, &source);
	while (more > 0) {
		struct dt_buffer pdu = { 0 };
		uint64_t told = dt_data_cutter_count(&cutter);

		more = dt_data_cutter_next(&cutter, &pdu);
		cr_assert_geq(more, 0);
		pdus++;
		cr_expect_eq(
		    check_pdu(&pdu, &at, max_length ? max_length : SIZE_MAX),
		    more == 0);
		if (said != DT_SIZE_UNKNOWN && more > 0)
			cr_expect_eq(dt_data_cutter_count(&cutter), told - 1);
		dt_buffer_clear(&pdu);
	}
	cr_expect_eq(at, size);
	cr_expect_eq(counter.closes, 0);
	dt_data_cutter_clear(&cutter);
	dt_data_cutter_clear(&cutter);
	cr_expect_eq(counter.closes, 1, "closed once");
	return pdus;
}

/* A PDU of length L carries L - 6 octets, an even number (PS3.8 9.3.5). */
Test(data_cutter, fragments_respect_the_maximum_length)
{
	cr_expect_eq(cut(100, 100, 106, SIZE_MAX), 1);
	cr_expect_eq(cut(101, 101, 106, SIZE_MAX), 2);
	cr_expect_eq(cut(200, 200, 106, SIZE_MAX), 2);
	cr_expect_eq(cut(200, 200, 107, SIZE_MAX), 2, "even fragments");
	cr_expect_eq(cut(10, 10, 8, SIZE_MAX), 5);
}

Test(data_cutter, peer_without_limit_gets_ours)
{
	cr_expect_eq(cut(LONGEST, LONGEST, 0, SIZE_MAX), 1);
	cr_expect_eq(cut(LONGEST + 1, LONGEST + 1, 0, SIZE_MAX), 2);
	cr_expect_eq(cut(LONGEST + 1, LONGEST + 1, 0x7fffffff, SIZE_MAX), 2);
}

Test(data_cutter, short_reads_make_no_short_fragments)
{
	cr_expect_eq(cut(200, 200, 106, 1), 2);
	cr_expect_eq(cut(200, 200, 106, 7), 2);
}

Test(data_cutter, end_is_found_where_the_size_is_unknown)
{
	cr_expect_eq(cut(200, DT_SIZE_UNKNOWN, 106, SIZE_MAX), 2);
	cr_expect_eq(cut(201, DT_SIZE_UNKNOWN, 106, 3), 3);
	cr_expect_eq(cut(1, DT_SIZE_UNKNOWN, 106, 1), 1);
}

Test(data_cutter, empty_data_set_is_one_empty_fragment)
{
	cr_expect_eq(cut(0, 0, 106, 1), 1);
	cr_expect_eq(cut(0, DT_SIZE_UNKNOWN, 106, 1), 1);
}

/* What a source that lies or fails answers, and after how many PDUs. */
static void
expect_failure(struct counter counter, uint64_t said, int error, unsigned pdus)
{
	struct dt_data_source source = source_of(&counter, said);
	struct dt_data_cutter cutter;
	unsigned made = 0;
	int more = 1;

	dt_data_cutter_init(&cutter, 1, 106, &source);
	while (more > 0) {
		struct dt_buffer pdu = { 0 };

		more = dt_data_cutter_next(&cutter, &pdu);
		made += more >= 0;
		if (more < 0)
			cr_expect_eq(dt_buffer_size(&pdu), 0);
		dt_buffer_clear(&pdu);
	}
	cr_expect_eq(more, error);
	cr_expect_eq(made, pdus);
	dt_data_cutter_clear(&cutter);
}

Test(data_cutter, source_of_another_size_than_it_said_is_refused)
{
	expect_failure((struct counter){ .count = 150, .step = SIZE_MAX }, 200,
	    DICOMTLS_E_IO, 1);
	expect_failure((struct counter){ .count = 201, .step = SIZE_MAX }, 200,
	    DICOMTLS_E_IO, 1);
}

Test(data_cutter, failing_source_is_told_as_it_failed)
{
	expect_failure(
	    (struct counter){
		.count = 150, .step = SIZE_MAX, .error = DICOMTLS_E_LIMIT },
	    200, DICOMTLS_E_LIMIT, 1);
	expect_failure(
	    (struct counter){
		.count = 0, .step = 1, .error = DICOMTLS_E_NOMEM },
	    DT_SIZE_UNKNOWN, DICOMTLS_E_NOMEM, 0);
	expect_failure(
	    (struct counter){
		.count = 200, .step = SIZE_MAX, .error = DICOMTLS_E_LIMIT },
	    200, DICOMTLS_E_LIMIT, 1);
}

#include "dicom/pdu.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define BYTES(...)                                                             \
	dt_span((const uint8_t[]){ __VA_ARGS__ },                              \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

/* clang-format off */
#define BLANK32 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, \
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
#define CALLED 'S', 'C', 'P', ' ', ' ', ' ', ' ', ' ', \
	' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '
#define CALLING 'S', 'C', 'U', ' ', ' ', ' ', ' ', ' ', \
	' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '
#define APPLICATION 0x10, 0, 0, 21, '1', '.', '2', '.', '8', '4', '0', '.', \
	'1', '0', '0', '0', '8', '.', '3', '.', '1', '.', '1', '.', '1'
#define ABSTRACT 0x30, 0, 0, 17, '1', '.', '2', '.', '8', '4', '0', '.', \
	'1', '0', '0', '0', '8', '.', '1', '.', '1'
#define TRANSFER 0x40, 0, 0, 17, '1', '.', '2', '.', '8', '4', '0', '.', \
	'1', '0', '0', '0', '8', '.', '1', '.', '2'

/* PS3.8 tables 9-11 to 9-17 by hand: one context, maximum length 16384,
 * implementation class 1.2 and version V. */
static const uint8_t associate_rq[] = {
	0x01, 0, 0, 0, 0, 167,
	0, 1, 0, 0, CALLED, CALLING, BLANK32,
	APPLICATION,
	0x20, 0, 0, 46, 1, 0, 0, 0, ABSTRACT, TRANSFER,
	0x50, 0, 0, 20,
	0x51, 0, 0, 4, 0, 0, 0x40, 0,
	0x52, 0, 0, 3, '1', '.', '2',
	0x55, 0, 0, 1, 'V',
};

/* PS3.8 tables 9-18 to 9-20: context 1 accepted, 3 rejected (3). */
static const uint8_t associate_ac[] = {
	0x02, 0, 0, 0, 0, 167,
	0, 1, 0, 0, CALLED, CALLING, BLANK32,
	APPLICATION,
	0x21, 0, 0, 25, 1, 0, 0, 0, TRANSFER,
	0x21, 0, 0, 25, 3, 0, 3, 0, TRANSFER,
	0x50, 0, 0, 8,
	0x51, 0, 0, 4, 0, 0, 0x40, 0,
	0x58, 0,
};
/* clang-format on */

static struct dt_span
text(const char *s)
{
	return dt_span(s, strlen(s));
}

static void
expect_bytes(struct dt_buffer *out, const void *bytes, size_t size)
{
	cr_expect_eq(dt_buffer_size(out), size);
	cr_expect(dt_span_equal(dt_buffer_span(out), dt_span(bytes, size)));
	dt_buffer_clear(out);
}

static void
make_request(struct dt_association *a)
{
	struct dt_presentation *p;

	dt_association_init(a, true);
	dt_association_set_title(a->called, text("SCP"));
	dt_association_set_title(a->calling, text("SCU"));
	cr_assert_eq(dt_association_add(a, 1, 0, &p), 0);
	dt_presentation_set_abstract(p, text("1.2.840.10008.1.1"));
	dt_presentation_add_transfer(p, text("1.2.840.10008.1.2"));
	a->max_length = 16384;
	dt_association_set_uid(a->class_uid, text("1.2"));
	dt_association_set_version_name(a->version_name, text("V"));
}

Test(pdu, request_has_the_bytes_of_the_standard)
{
	struct dt_association a;
	struct dt_buffer out = { 0 };

	make_request(&a);
	cr_assert_eq(dt_pdu_encode_associate(&a, &out), 0);
	expect_bytes(&out, associate_rq, sizeof(associate_rq));
	dt_association_clear(&a);
}

Test(pdu, request_is_read)
{
	struct dt_association a;
	const struct dt_presentation *p;

	cr_assert_eq(dt_pdu_decode_associate(
			 dt_span(associate_rq, sizeof(associate_rq)), &a),
	    0);
	cr_expect(a.request);
	cr_expect_eq(a.version, 1);
	cr_expect_str_eq(a.called, "SCP");
	cr_expect_str_eq(a.calling, "SCU");
	cr_expect_str_eq(a.application, "1.2.840.10008.3.1.1.1");
	cr_expect_eq(a.max_length, 16384);
	cr_expect_str_eq(a.class_uid, "1.2");
	cr_expect_str_eq(a.version_name, "V");
	p = dt_association_find(&a, 1);
	cr_assert_not_null(p);
	cr_expect_str_eq(p->abstract, "1.2.840.10008.1.1");
	cr_expect_str_eq(dt_presentation_transfer(p, 0), "1.2.840.10008.1.2");
	dt_association_clear(&a);
}

Test(pdu, answer_is_read)
{
	struct dt_association a;
	uint8_t bytes[sizeof(associate_ac) + 2];

	/* Completes the unknown, empty item at the end. */
	memcpy(bytes, associate_ac, sizeof(associate_ac));
	memset(bytes + sizeof(associate_ac), 0, 2);
	cr_assert_eq(
	    dt_pdu_decode_associate(dt_span(bytes, sizeof(bytes)), &a), 0);
	cr_expect_not(a.request);
	cr_expect_eq(dt_association_find(&a, 1)->result, 0);
	cr_expect_eq(dt_association_find(&a, 3)->result, 3);
	cr_expect_not(a.has_class);
	dt_association_clear(&a);
}

Test(pdu, rejected_context_is_sent_with_a_transfer_syntax)
{
	struct dt_association a;
	struct dt_buffer out = { 0 };
	struct dt_span bytes;

	make_request(&a);
	a.request = false;
	cr_assert_eq(dt_association_add(&a, 3, 3, NULL), 0);
	cr_assert_eq(dt_pdu_encode_associate(&a, &out), 0);
	bytes = dt_buffer_span(&out);
	cr_expect_eq(bytes.data[0], 2);
	/* Titles, application context, then the two contexts. */
	cr_expect(dt_span_equal(dt_span(bytes.data + 74 + 25, 58),
	    BYTES(0x21, 0, 0, 25, 1, 0, 0, 0, TRANSFER, 0x21, 0, 0, 25, 3, 0, 3,
		0, TRANSFER)));
	dt_buffer_clear(&out);
	dt_association_clear(&a);
}

Test(pdu, user_information_that_is_switched_off_is_left_out)
{
	struct dt_association a, back;
	struct dt_buffer out = { 0 };

	make_request(&a);
	a.has_max_length = a.has_class = a.has_version_name = false;
	cr_assert_eq(dt_pdu_encode_associate(&a, &out), 0);
	cr_assert_eq(dt_pdu_decode_associate(dt_buffer_span(&out), &back), 0);
	cr_expect_not(back.has_max_length);
	cr_expect_not(back.has_class);
	cr_expect_not(back.has_version_name);
	dt_buffer_clear(&out);
	dt_association_clear(&a);
	dt_association_clear(&back);
}

/* In memory of exactly that size, so that a sanitizer sees a byte too far. */
static int
decode_copy(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	struct dt_association a;
	int rc;

	cr_assert_not_null(copy);
	memcpy(copy, data, size);
	rc = dt_pdu_decode_associate(dt_span(copy, size), &a);
	if (rc == 0)
		dt_association_clear(&a);
	free(copy);
	return rc;
}

Test(pdu, truncated_requests_are_refused)
{
	const size_t application = 6 + 68 + 25;
	const size_t context = application + 50;

	/* Between items the shorter PDU is whole as far as its items go. */
	for (size_t n = 0; n < sizeof(associate_rq); n++) {
		bool whole = n == application || n == context;

		cr_expect_eq(decode_copy(associate_rq, n),
		    whole ? 0 : DICOMTLS_E_FORMAT, "%zu bytes", n);
	}
}

static void
expect_damage_refused(size_t at, uint8_t value, const char *what)
{
	uint8_t bytes[sizeof(associate_rq)];

	memcpy(bytes, associate_rq, sizeof(bytes));
	bytes[at] = value;
	cr_expect_eq(
	    decode_copy(bytes, sizeof(bytes)), DICOMTLS_E_FORMAT, "%s", what);
}

Test(pdu, malformed_requests_are_refused)
{
	const size_t context = 6 + 68 + 25;

	expect_damage_refused(10, 0x01, "control character in a title");
	expect_damage_refused(74 + 4, 'x', "application context");
	expect_damage_refused(74, 0x11, "no application context");
	expect_damage_refused(74 + 2, 0xff, "item past the end");
	expect_damage_refused(context + 2, 0xff, "context past the end");
	expect_damage_refused(context + 3, 45, "context cuts a sub-item");
	expect_damage_refused(context + 4, 2, "even identifier");
	expect_damage_refused(context + 4, 0, "identifier 0");
	expect_damage_refused(context + 8, 0x31, "no abstract syntax");
	expect_damage_refused(context + 8 + 4, '.', "abstract syntax");
	expect_damage_refused(context + 8 + 21, 0x41, "no transfer syntax");
	expect_damage_refused(context + 50 + 3, 21, "user information");
	expect_damage_refused(context + 50 + 4 + 3, 3, "maximum length");
}

Test(pdu, identifier_proposed_twice_is_refused)
{
	static const uint8_t twice[] = {
		0x01,
		0,
		0,
		0,
		0,
		193,
		0,
		1,
		0,
		0,
		CALLED,
		CALLING,
		BLANK32,
		APPLICATION,
		0x20,
		0,
		0,
		46,
		1,
		0,
		0,
		0,
		ABSTRACT,
		TRANSFER,
		0x20,
		0,
		0,
		46,
		1,
		0,
		0,
		0,
		ABSTRACT,
		TRANSFER,
	};

	cr_expect_eq(decode_copy(twice, sizeof(twice)), DICOMTLS_E_FORMAT);
	cr_expect_eq(decode_copy(twice, sizeof(twice) - 50), 0);
}

Test(pdu, unknown_items_padding_and_repetitions_are_passed_over)
{
	static const uint8_t odd[] = {
		0x01,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
		0,
		0,
		CALLED,
		CALLING,
		BLANK32,
		0x77,
		0,
		0,
		2,
		9,
		9,
		APPLICATION,
		0x20,
		0,
		0,
		69,
		1,
		0,
		0,
		0,
		0x30,
		0,
		0,
		4,
		'1',
		'.',
		'2',
		0,
		TRANSFER,
		TRANSFER,
		0x41,
		0,
		0,
		1,
		9,
		0x40,
		0,
		0,
		6,
		'1',
		'.',
		'3',
		'.',
		'4',
		' ',
	};
	struct dt_association a;
	struct dt_presentation *p;

	cr_assert_eq(dt_pdu_decode_associate(dt_span(odd, sizeof(odd)), &a), 0);
	p = dt_association_find(&a, 1);
	cr_expect_str_eq(p->abstract, "1.2");
	cr_expect_eq(dt_presentation_transfer_count(p), 2);
	cr_expect_str_eq(dt_presentation_transfer(p, 1), "1.3.4");
	dt_association_clear(&a);
}

Test(pdu, reject_abort_and_release_have_the_bytes_of_the_standard)
{
	struct dt_buffer out = { 0 };

	dt_pdu_encode_reject(1, 3, 2, &out);
	expect_bytes(&out, (uint8_t[]){ 3, 0, 0, 0, 0, 4, 0, 1, 3, 2 }, 10);
	dt_pdu_encode_release(DT_PDU_RELEASE_RQ, &out);
	expect_bytes(&out, (uint8_t[]){ 5, 0, 0, 0, 0, 4, 0, 0, 0, 0 }, 10);
	dt_pdu_encode_release(DT_PDU_RELEASE_RP, &out);
	expect_bytes(&out, (uint8_t[]){ 6, 0, 0, 0, 0, 4, 0, 0, 0, 0 }, 10);
	dt_pdu_encode_abort(2, 6, &out);
	expect_bytes(&out, (uint8_t[]){ 7, 0, 0, 0, 0, 4, 0, 0, 2, 6 }, 10);
}

Test(pdu, reject_and_abort_are_read)
{
	uint8_t result, source, reason;

	cr_expect_eq(dt_pdu_decode_reject(BYTES(3, 0, 0, 0, 0, 4, 0, 1, 3, 2),
			 &result, &source, &reason),
	    0);
	cr_expect(result == 1 && source == 3 && reason == 2);
	cr_expect_eq(dt_pdu_decode_reject(BYTES(3, 0, 0, 0, 0, 4, 0, 1, 3),
			 &result, &source, &reason),
	    DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_pdu_decode_abort(
			 BYTES(7, 0, 0, 0, 0, 4, 0, 0, 2, 6), &source, &reason),
	    0);
	cr_expect(source == 2 && reason == 6);
	cr_expect_eq(dt_pdu_decode_abort(
			 BYTES(7, 0, 0, 0, 0, 4, 0, 0, 2), &source, &reason),
	    DICOMTLS_E_FORMAT);
}

Test(pdu, data_has_the_bytes_of_the_standard)
{
	struct dt_pdv pdv = { 3, true, true, BYTES(0xaa, 0xbb) };
	struct dt_buffer out = { 0 };

	dt_pdu_encode_data(&pdv, &out);
	expect_bytes(&out,
	    (uint8_t[]){ 4, 0, 0, 0, 0, 8, 0, 0, 0, 4, 3, 3, 0xaa, 0xbb }, 14);
	pdv.command = pdv.last = false;
	dt_pdu_encode_data(&pdv, &out);
	expect_bytes(&out,
	    (uint8_t[]){ 4, 0, 0, 0, 0, 8, 0, 0, 0, 4, 3, 0, 0xaa, 0xbb }, 14);
}

Test(pdu, several_values_are_read_from_one_pdu)
{
	struct dt_reader body = dt_pdu_body(
	    BYTES(4, 0, 0, 0, 0, 14, 0, 0, 0, 3, 1, 1, 9, 0, 0, 0, 3, 5, 2, 8));
	struct dt_pdv pdv;

	cr_assert_eq(dt_pdu_next_pdv(&body, &pdv), 1);
	cr_expect(pdv.context == 1 && pdv.command && !pdv.last);
	cr_expect(dt_span_equal(pdv.bytes, BYTES(9)));
	cr_assert_eq(dt_pdu_next_pdv(&body, &pdv), 1);
	cr_expect(pdv.context == 5 && !pdv.command && pdv.last);
	cr_expect_eq(dt_pdu_next_pdv(&body, &pdv), 0);
}

Test(pdu, malformed_values_are_refused)
{
	struct dt_reader past =
	    dt_pdu_body(BYTES(4, 0, 0, 0, 0, 6, 0xff, 0xff, 0xff, 0xff, 1, 3));
	struct dt_reader tiny =
	    dt_pdu_body(BYTES(4, 0, 0, 0, 0, 6, 0, 0, 0, 1, 1, 3));
	struct dt_reader cut = dt_pdu_body(BYTES(4, 0, 0, 0, 0, 3, 0, 0, 0));
	struct dt_pdv pdv;

	cr_expect_eq(dt_pdu_next_pdv(&past, &pdv), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_pdu_next_pdv(&tiny, &pdv), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_pdu_next_pdv(&cut, &pdv), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_pdu_next_pdv(&cut, &pdv), DICOMTLS_E_FORMAT,
	    "an error stays one");
}

Test(pdu, header_asks_for_six_bytes)
{
	static const uint8_t header[] = { 5, 0, 0, 0, 0, 4 };
	uint8_t type;
	size_t size;

	for (size_t n = 0; n < sizeof(header); n++)
		cr_expect_eq(dt_pdu_header(dt_span(header, n), &type, &size), 0,
		    "%zu bytes", n);
	cr_assert_eq(dt_pdu_header(dt_span(header, 6), &type, &size), 1);
	cr_expect_eq(type, 5);
	cr_expect_eq(size, 10);
}

Test(pdu, header_refuses_unknown_types_at_the_first_byte)
{
	uint8_t type;
	size_t size;

	cr_expect_eq(dt_pdu_header(BYTES(0), &type, &size), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_pdu_header(BYTES(8), &type, &size), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_pdu_header(BYTES(0x16, 3, 1), &type, &size),
	    DICOMTLS_E_FORMAT, "a TLS record");
}

static int
header_of(uint8_t kind, uint32_t length)
{
	uint8_t bytes[] = { kind, 0, (uint8_t)(length >> 24),
		(uint8_t)(length >> 16), (uint8_t)(length >> 8),
		(uint8_t)length };
	uint8_t type;
	size_t size;

	return dt_pdu_header(dt_span(bytes, sizeof(bytes)), &type, &size);
}

Test(pdu, header_refuses_lengths_outside_the_limits)
{
	cr_expect_eq(header_of(1, DT_MAX_ASSOCIATE_PDU), 1);
	cr_expect_eq(header_of(1, DT_MAX_ASSOCIATE_PDU + 1), DICOMTLS_E_LIMIT);
	cr_expect_eq(header_of(1, 67), DICOMTLS_E_LIMIT);
	cr_expect_eq(header_of(4, DT_MAX_DATA_PDU), 1);
	cr_expect_eq(header_of(4, DT_MAX_DATA_PDU + 1), DICOMTLS_E_LIMIT);
	cr_expect_eq(header_of(4, UINT32_MAX), DICOMTLS_E_LIMIT);
	cr_expect_eq(header_of(4, 5), DICOMTLS_E_LIMIT);
	cr_expect_eq(header_of(7, 4), 1);
	cr_expect_eq(header_of(7, 5), DICOMTLS_E_LIMIT);
	cr_expect_eq(header_of(7, 3), DICOMTLS_E_LIMIT);
}

#include "dicom/part10.h"

#include "base/limits.h"
#include "dicom/association.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

/* A head put together byte by byte: what the reader is shown. */
struct head {
	struct dt_buffer bytes;
	struct dt_part10 meta;
	size_t size;
	struct dt_message why;
};

static void
raw(struct head *head, const void *bytes, size_t size)
{
	dt_buffer_append(&head->bytes, bytes, size);
}

static void
begin(struct head *head)
{
	static const uint8_t zeros[128];

	memset(head, 0, sizeof(*head));
	raw(head, zeros, sizeof(zeros));
	raw(head, "DICM", 4);
}

/* An element with a short length, and text as its value. */
static void
put(struct head *head, uint16_t element, const char *vr, const char *text)
{
	size_t size = strlen(text);

	dt_buffer_le16(&head->bytes, 2);
	dt_buffer_le16(&head->bytes, element);
	raw(head, vr, 2);
	dt_buffer_le16(&head->bytes, (uint16_t)(size + size % 2));
	raw(head, text, size + size % 2); /* text ends with its NUL */
}

static void
put_group_length(struct head *head, uint32_t length)
{
	raw(head, "\x02\0\0\0UL\x04\0", 8);
	dt_buffer_le32(&head->bytes, length);
}

static void
put_uids(struct head *head)
{
	put(head, 0x0002, "UI", "1.2.840.10008.5.1.4.1.1.7");
	put(head, 0x0003, "UI", "1.2.3.4");
	put(head, 0x0010, "UI", "1.2.840.10008.1.2.1");
}

/* The first element of a data set, of which no byte may be taken. */
static void
put_data_set(struct head *head)
{
	raw(head,
	    "\x08\0\x16\0UI\x02\0"
	    "1\0",
	    10);
}

static int
read_head(struct head *head)
{
	head->size = 0;
	return dt_part10_read(
	    dt_buffer_span(&head->bytes), &head->meta, &head->size, &head->why);
}

static void
expect_read(struct head *head, size_t data_set)
{
	cr_expect_eq(read_head(head), 0, "%s", head->why.text);
	cr_expect_str_eq(head->meta.sop_class, "1.2.840.10008.5.1.4.1.1.7");
	cr_expect_str_eq(head->meta.sop_instance, "1.2.3.4");
	cr_expect_str_eq(head->meta.transfer, "1.2.840.10008.1.2.1");
	cr_expect_eq(head->size, dt_buffer_size(&head->bytes) - data_set);
	dt_buffer_clear(&head->bytes);
}

static void
expect_refused(struct head *head, int code, const char *words)
{
	struct dt_part10 before;

	memset(&before, 'x', sizeof(before));
	head->meta = before;
	cr_expect_eq(read_head(head), code);
	cr_expect_not_null(strstr(head->why.text, words),
	    "\"%s\" does not say \"%s\"", head->why.text, words);
	cr_expect_eq(memcmp(&head->meta, &before, sizeof(before)), 0);
	cr_expect_eq(head->size, 0);
	dt_buffer_clear(&head->bytes);
}

Test(part10, uids_and_the_offset_of_the_data_set_are_read)
{
	struct head head;

	begin(&head);
	put_group_length(&head, 34 + 16 + 28);
	put_uids(&head);
	put_data_set(&head);
	expect_read(&head, 10);
}

Test(part10, group_length_is_not_believed)
{
	static const uint32_t lengths[] = { 0, 1, 77, 1000000, UINT32_MAX };
	struct head head;

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		begin(&head);
		put_group_length(&head, lengths[i]);
		put_uids(&head);
		put_data_set(&head);
		expect_read(&head, 10);
	}
}

Test(part10, group_length_may_be_missing)
{
	struct head head;

	begin(&head);
	put_uids(&head);
	put_data_set(&head);
	expect_read(&head, 10);
}

Test(part10, data_set_may_be_empty)
{
	struct head head;

	begin(&head);
	put_uids(&head);
	expect_read(&head, 0);
}

Test(part10, elements_without_use_are_passed_over)
{
	struct head head;

	begin(&head);
	raw(&head, "\x02\0\x01\0OB\0\0\x02\0\0\0\0\x01", 14);
	put_uids(&head);
	put(&head, 0x0016, "AE", "CT1 ");
	put(&head, 0x0100, "UI", "1.2.3");
	raw(&head, "\x02\0\x02\x01OB\0\0\x04\0\0\0\x08\0\x18\0", 16);
	put_data_set(&head);
	expect_read(&head, 10);
}

Test(part10, uids_padded_with_a_blank_are_read)
{
	struct head head;

	begin(&head);
	put(&head, 0x0002, "UI", "1.2.840.10008.5.1.4.1.1.7 ");
	put(&head, 0x0003, "UI", "1.2.3.4 ");
	put(&head, 0x0010, "UI", "1.2.840.10008.1.2.1 ");
	expect_read(&head, 0);
}

Test(part10, without_preamble_is_refused)
{
	struct head head = { 0 };

	put_data_set(&head);
	expect_refused(&head, DICOMTLS_E_FORMAT, "is not a DICOM file");
	expect_refused(&head, DICOMTLS_E_FORMAT, "is not a DICOM file");
	begin(&head);
	head.bytes.data[131] = 'N';
	put_uids(&head);
	expect_refused(&head, DICOMTLS_E_FORMAT, "is not a DICOM file");
}

Test(part10, each_uid_is_needed)
{
	struct head head;

	begin(&head);
	put(&head, 0x0003, "UI", "1.2.3.4");
	put(&head, 0x0010, "UI", "1.2");
	expect_refused(&head, DICOMTLS_E_FORMAT, "(0002,0002) is missing");
	begin(&head);
	put(&head, 0x0002, "UI", "1.2");
	put(&head, 0x0010, "UI", "1.2");
	expect_refused(&head, DICOMTLS_E_FORMAT, "(0002,0003) is missing");
	begin(&head);
	put(&head, 0x0002, "UI", "1.2");
	put(&head, 0x0003, "UI", "1.2");
	expect_refused(&head, DICOMTLS_E_FORMAT, "(0002,0010) is missing");
}

/* One character more than PS3.5 9.1 allows. */
#define LONG_UID                                                               \
	"12345678901234567890123456789012345678901234567890123456789"          \
	"012345"

Test(part10, what_is_no_uid_is_refused)
{
	static const char *const texts[] = { "", "../../etc/passwd", "1/2",
		"1..2", ".", "..", "1.2.", "1.2a", "1\\2", "1 2", LONG_UID };
	struct head head;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		begin(&head);
		put(&head, 0x0002, "UI", "1.2");
		put(&head, 0x0003, "UI", texts[i]);
		put(&head, 0x0010, "UI", "1.2");
		expect_refused(
		    &head, DICOMTLS_E_FORMAT, "(0002,0003) is not valid");
	}
}

Test(part10, nul_amid_a_uid_is_refused)
{
	struct head head;

	begin(&head);
	put(&head, 0x0002, "UI", "1.2");
	raw(&head,
	    "\x02\0\x03\0UI\x06\0"
	    "1.2\0"
	    "3\0",
	    14);
	expect_refused(&head, DICOMTLS_E_FORMAT, "(0002,0003) is not valid");
}

Test(part10, disorder_and_repetition_are_refused)
{
	struct head head;

	begin(&head);
	put_uids(&head);
	put(&head, 0x0003, "UI", "1.2.3.5");
	expect_refused(&head, DICOMTLS_E_FORMAT, "ascending");
	begin(&head);
	put_uids(&head);
	put(&head, 0x0010, "UI", "1.2");
	expect_refused(&head, DICOMTLS_E_FORMAT, "ascending");
}

Test(part10, implicit_vr_is_refused)
{
	struct head head;

	begin(&head);
	raw(&head,
	    "\x02\0\x02\0\x04\0\0\0"
	    "1.2\0",
	    12);
	expect_refused(&head, DICOMTLS_E_FORMAT, "Explicit VR Little Endian");
}

/* PS3.5 6.2: two capital letters. */
Test(part10, what_is_no_value_representation_is_refused)
{
	static const char *const wrong[] = { "1I", "uI", "U1", "Ui" };
	struct head head;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		begin(&head);
		put(&head, 0x0002, wrong[i], "1.2.840.10008.5.1.4.1.1.7");
		expect_refused(&head, DICOMTLS_E_FORMAT, "Explicit VR");
	}
}

Test(part10, undefined_length_is_refused)
{
	struct head head;

	begin(&head);
	raw(&head, "\x02\0\x01\0OB\0\0\xff\xff\xff\xff", 12);
	expect_refused(&head, DICOMTLS_E_FORMAT, "no defined length");
}

/* Cut at every byte: within an element it is refused, and between two there is
 * a UID missing, until all three are there. */
Test(part10, no_prefix_is_taken_for_the_whole)
{
	struct head head;
	struct dt_span all;

	begin(&head);
	put_group_length(&head, 34 + 16 + 28);
	put_uids(&head);
	all = dt_buffer_span(&head.bytes);
	for (size_t size = 0; size < all.size; size++)
		cr_expect_eq(dt_part10_read(dt_span(all.data, size), &head.meta,
				 &head.size, &head.why),
		    DICOMTLS_E_FORMAT, "%zu bytes", size);
	dt_buffer_clear(&head.bytes);
}

/* Private information of so many bytes behind the UIDs. */
static void
begin_with_private(struct head *head, uint32_t size)
{
	begin(head);
	put_uids(head);
	raw(head, "\x02\0\x02\x01OB\0\0", 8);
	dt_buffer_le32(&head->bytes, size);
	for (uint32_t i = 0; i < size; i++)
		dt_buffer_byte(&head->bytes, 0);
}

Test(part10, head_has_at_most_so_many_bytes)
{
	const uint32_t most = DT_MAX_FILE_META - (34 + 16 + 28) - 12;
	struct head head;

	begin_with_private(&head, most - 10);
	put_data_set(&head);
	cr_expect_eq(dt_buffer_size(&head.bytes), DT_PART10_ROOM);
	expect_read(&head, 10);
	begin_with_private(&head, most + 2);
	expect_refused(&head, DICOMTLS_E_LIMIT, "longer than 65536");
	begin_with_private(&head, most + 2);
	head.bytes.end -= 2; /* as much as is looked at */
	cr_expect_eq(dt_buffer_size(&head.bytes), DT_PART10_ROOM);
	expect_refused(&head, DICOMTLS_E_LIMIT, "longer than 65536");
	begin_with_private(&head, most);
	cr_expect_eq(dt_buffer_size(&head.bytes), DT_PART10_ROOM);
	expect_refused(&head, DICOMTLS_E_LIMIT, "longer than 65536");
}

/* Written from PS3.10 7.1 and PS3.5 7.1.2; the length counts what follows. */
Test(part10, written_head_has_the_bytes_of_the_standard)
{
	static const struct dt_part10 meta = { "1.2.3", "1.2.34", "1.2" };
	struct dt_buffer out = { 0 };
	struct head head;

	begin(&head);
	put_group_length(&head, 14 + 14 + 14 + 12 + 52 + 20);
	raw(&head, "\x02\0\x01\0OB\0\0\x02\0\0\0\0\x01", 14);
	put(&head, 0x0002, "UI", "1.2.3");
	put(&head, 0x0003, "UI", "1.2.34");
	put(&head, 0x0010, "UI", "1.2");
	put(&head, 0x0012, "UI", DT_IMPLEMENTATION_CLASS);
	put(&head, 0x0013, "SH", DT_IMPLEMENTATION_VERSION);
	cr_assert_eq(dt_part10_write(&meta, &out), 0);
	cr_expect(
	    dt_span_equal(dt_buffer_span(&out), dt_buffer_span(&head.bytes)));
	dt_buffer_clear(&out);
	dt_buffer_clear(&head.bytes);
}

Test(part10, what_is_written_can_be_read)
{
	static const struct dt_part10 meta = { "1.2.840.10008.5.1.4.1.1.7",
		"1.2.3.4", "1.2.840.10008.1.2.1" };
	struct head head = { 0 };

	cr_assert_eq(dt_part10_write(&meta, &head.bytes), 0);
	put_data_set(&head);
	expect_read(&head, 10);
}

Test(part10, nothing_is_written_without_valid_uids)
{
	static const struct dt_part10 metas[] = { { "", "1.2", "1.2" },
		{ "1.2", "../1", "1.2" }, { "1.2", "1.2", "x" } };
	struct dt_buffer out = { 0 };

	for (size_t i = 0; i < 3; i++) {
		cr_expect_eq(
		    dt_part10_write(&metas[i], &out), DICOMTLS_E_INVALID);
		cr_expect_eq(dt_buffer_size(&out), 0);
	}
	dt_buffer_clear(&out);
}

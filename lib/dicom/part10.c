/*
 * File meta information; see part10.h (PS3.10 7.1, encoding PS3.5 7.1.2).
 *
 * The group length is not believed: it is wrong in many files, and where the
 * next group begins is plain to see. Elements that are of no use here, private
 * information among them, are passed over when read and left out when written.
 */
#include "dicom/part10.h"

#include "base/limits.h"
#include "base/reader.h"
#include "dicom/association.h"
#include "dicom/pdu_item.h"

#include "dicomtls.h"

#define PREAMBLE_SIZE 128
#define META_GROUP 0x0002
#define UNDEFINED_LENGTH 0xffffffffu

/* Element numbers of group 0002 (PS3.10 table 7.1-1). */
enum {
	GROUP_LENGTH = 0x0000,
	META_VERSION = 0x0001,
	SOP_CLASS = 0x0002,
	SOP_INSTANCE = 0x0003,
	TRANSFER_SYNTAX = 0x0010,
	IMPLEMENTATION_CLASS = 0x0012,
	IMPLEMENTATION_VERSION = 0x0013
};

/* The UIDs to be read, and what they are called. */
static const struct {
	uint16_t element;
	size_t field;
	const char *name;
} uids[] = {
	{ SOP_CLASS, offsetof(struct dt_part10, sop_class),
	    "SOP class UID (0002,0002)" },
	{ SOP_INSTANCE, offsetof(struct dt_part10, sop_instance),
	    "SOP instance UID (0002,0003)" },
	{ TRANSFER_SYNTAX, offsetof(struct dt_part10, transfer),
	    "transfer syntax UID (0002,0010)" },
};

#define UID_COUNT (sizeof(uids) / sizeof(uids[0]))

/* VRs whose length has 32 bits, behind two reserved bytes (PS3.5 7.1.2). */
static bool
has_long_length(struct dt_span vr)
{
	static const char longs[][3] = { "OB", "OD", "OF", "OL", "OV", "OW",
		"SQ", "SV", "UC", "UN", "UR", "UT", "UV" };

	for (size_t i = 0; i < sizeof(longs) / sizeof(longs[0]); i++)
		if (memcmp(vr.data, longs[i], 2) == 0)
			return true;
	return false;
}

static bool
is_vr(struct dt_span vr)
{
	return vr.size == 2 && vr.data[0] >= 'A' && vr.data[0] <= 'Z' &&
	       vr.data[1] >= 'A' && vr.data[1] <= 'Z';
}

/* Group number of what comes next; it stays unread. Whoever ends amid it is
 * not in the meta group any more: an empty data set follows. */
static bool
is_in_group(const struct dt_reader *in)
{
	struct dt_reader ahead = *in;

	return dt_reader_left(in) > 0 && dt_read_le16(&ahead) == META_GROUP;
}

/* One element. NULL, or what is wrong with it. */
static const char *
next_element(struct dt_reader *in, uint16_t *element, struct dt_span *value)
{
	struct dt_span vr;
	uint32_t length;

	dt_read_skip(in, 2);
	*element = dt_read_le16(in);
	vr = dt_read_span(in, 2);
	if (!dt_reader_failed(in) && !is_vr(vr))
		return "the file meta information is not in Explicit VR Little "
		       "Endian";
	if (!dt_reader_failed(in) && has_long_length(vr)) {
		dt_read_skip(in, 2);
		length = dt_read_le32(in);
	} else {
		length = dt_read_le16(in);
	}
	if (length == UNDEFINED_LENGTH)
		return "an element of the file meta information has no "
		       "defined length";
	*value = dt_read_span(in, length);
	return NULL;
}

static int
take_uid(uint16_t element, struct dt_span value, struct dt_part10 *meta,
    struct dt_message *why)
{
	struct dt_span text = dt_pdu_item_unpadded(value);

	for (size_t i = 0; i < UID_COUNT; i++) {
		if (uids[i].element != element)
			continue;
		if (dt_association_set_uid(
			(char *)meta + uids[i].field, text) == 0)
			return 0;
		dt_message_set(why, "the %s is not valid", uids[i].name);
		return DICOMTLS_E_FORMAT;
	}
	return 0;
}

static int
find_missing(const struct dt_part10 *meta, struct dt_message *why)
{
	for (size_t i = 0; i < UID_COUNT; i++) {
		if (*((const char *)meta + uids[i].field) != '\0')
			continue;
		dt_message_set(why, "the %s is missing", uids[i].name);
		return DICOMTLS_E_FORMAT;
	}
	return 0;
}

/* What was shown has an end within the head: that of the file, or of our
 * patience. */
static int
refuse_end(size_t shown, struct dt_message *why)
{
	if (shown < DT_PART10_ROOM) {
		dt_message_set(why, "ends amid its file meta information");
		return DICOMTLS_E_FORMAT;
	}
	dt_message_set(why, "the file meta information is longer than %u bytes",
	    DT_MAX_FILE_META);
	return DICOMTLS_E_LIMIT;
}

static int
read_group(struct dt_reader *in, struct dt_part10 *meta, size_t shown,
    struct dt_message *why)
{
	int before = -1;

	while (is_in_group(in)) {
		struct dt_span value = { NULL, 0 };
		uint16_t element;
		const char *wrong = next_element(in, &element, &value);
		int rc;

		if (wrong == NULL && dt_reader_failed(in))
			return refuse_end(shown, why);
		if (wrong == NULL && element <= before)
			wrong = "the elements of the file meta information are "
				"not in ascending order";
		if (wrong != NULL) {
			dt_message_set(why, "%s", wrong);
			return DICOMTLS_E_FORMAT;
		}
		rc = take_uid(element, value, meta, why);
		if (rc < 0)
			return rc;
		before = element;
	}
	return dt_reader_left(in) == 0 && shown >= DT_PART10_ROOM
		   ? refuse_end(shown, why)
		   : 0;
}

int
dt_part10_read(struct dt_span start, struct dt_part10 *meta, size_t *size,
    struct dt_message *why)
{
	struct dt_reader in = dt_reader(start);
	struct dt_part10 found = { 0 };
	struct dt_span prefix;
	int rc;

	dt_read_skip(&in, PREAMBLE_SIZE);
	prefix = dt_read_span(&in, DT_PART10_PREFIX - PREAMBLE_SIZE);
	if (!dt_span_equal(prefix, dt_span("DICM", 4))) {
		dt_message_set(why,
		    "is not a DICOM file: the letters DICM behind a preamble "
		    "of %d bytes are missing",
		    PREAMBLE_SIZE);
		return DICOMTLS_E_FORMAT;
	}
	rc = read_group(&in, &found, start.size, why);
	if (rc == 0)
		rc = find_missing(&found, why);
	if (rc < 0)
		return rc;
	*meta = found;
	*size = start.size - dt_reader_left(&in);
	return 0;
}

static void
put_head(struct dt_buffer *out, uint16_t element, const char *vr)
{
	dt_buffer_le16(out, META_GROUP);
	dt_buffer_le16(out, element);
	dt_buffer_append(out, vr, 2);
}

/* Text of even length: UIDs are padded with NUL, other text with a blank
 * (PS3.5 6.2). */
static void
put_text(struct dt_buffer *out, uint16_t element, const char *vr,
    const char *text, uint8_t padding)
{
	size_t size = strlen(text);

	put_head(out, element, vr);
	dt_buffer_le16(out, (uint16_t)(size + size % 2));
	dt_buffer_append(out, text, size);
	if (size % 2 != 0)
		dt_buffer_byte(out, padding);
}

/* All that the group length counts. */
static void
put_elements(const struct dt_part10 *meta, struct dt_buffer *out)
{
	put_head(out, META_VERSION, "OB");
	dt_buffer_le16(out, 0); /* reserved */
	dt_buffer_le32(out, 2);
	dt_buffer_append(out, "\x00\x01", 2);
	put_text(out, SOP_CLASS, "UI", meta->sop_class, '\0');
	put_text(out, SOP_INSTANCE, "UI", meta->sop_instance, '\0');
	put_text(out, TRANSFER_SYNTAX, "UI", meta->transfer, '\0');
	put_text(
	    out, IMPLEMENTATION_CLASS, "UI", DT_IMPLEMENTATION_CLASS, '\0');
	put_text(
	    out, IMPLEMENTATION_VERSION, "SH", DT_IMPLEMENTATION_VERSION, ' ');
}

int
dt_part10_write(const struct dt_part10 *meta, struct dt_buffer *out)
{
	static const uint8_t preamble[PREAMBLE_SIZE];
	struct dt_buffer elements = { 0 };
	bool failed;

	for (size_t i = 0; i < UID_COUNT; i++) {
		const char *uid = (const char *)meta + uids[i].field;

		if (!dt_uid_is_valid(dt_span(uid, strlen(uid))))
			return DICOMTLS_E_INVALID;
	}
	put_elements(meta, &elements);
	dt_buffer_append(out, preamble, sizeof(preamble));
	dt_buffer_append(out, "DICM", 4);
	put_head(out, GROUP_LENGTH, "UL");
	dt_buffer_le16(out, 4);
	dt_buffer_le32(out, (uint32_t)dt_buffer_size(&elements));
	dt_buffer_append(
	    out, dt_buffer_span(&elements).data, dt_buffer_size(&elements));
	failed = dt_buffer_failed(out) || dt_buffer_failed(&elements);
	dt_buffer_clear(&elements);
	return failed ? DICOMTLS_E_NOMEM : 0;
}

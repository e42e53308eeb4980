/*
 * Command sets and their way through P-DATA-TF; see dimse.h (PS3.7 6.3, 9.3,
 * PS3.8 9.3.5, annex E).
 */
#include "dicom/dimse.h"

#include "base/limits.h"
#include "base/reader.h"
#include "dicom/pdu.h"

#include "dicomtls.h"

#define ELEMENT_HEADER_SIZE 8

/* Item length and message control header around the bytes of a value. */
#define PDV_OVERHEAD 6

void
dt_command_clear(struct dt_command *command)
{
	dt_buffer_clear(&command->elements);
}

/* Takes the next element of group 0000 (PS3.5 7.1.3). */
static bool
next_element(struct dt_reader *in, unsigned *element, struct dt_span *value)
{
	uint32_t length;

	if (dt_read_le16(in) != 0)
		return false;
	*element = dt_read_le16(in);
	length = dt_read_le32(in);
	*value = dt_read_span(in, length);
	return !dt_reader_failed(in) && length % 2 == 0;
}

static bool
find_element(
    const struct dt_command *command, unsigned element, struct dt_span *value)
{
	struct dt_reader in = dt_reader(dt_buffer_span(&command->elements));
	unsigned number;

	while (next_element(&in, &number, value))
		if (number == element)
			return true;
	return false;
}

/* The number of the last element, 0 if there is none. */
static unsigned
last_element(const struct dt_command *command)
{
	struct dt_reader in = dt_reader(dt_buffer_span(&command->elements));
	struct dt_span value;
	unsigned number, last = 0;

	while (next_element(&in, &number, &value))
		last = number;
	return last;
}

static int
put_element(struct dt_command *command, unsigned element, struct dt_span value,
    uint8_t padding)
{
	struct dt_buffer *out = &command->elements;

	if (element <= last_element(command) || element > UINT16_MAX)
		return DICOMTLS_E_INVALID;
	if (dt_buffer_reserve(out, ELEMENT_HEADER_SIZE + value.size + 1) ==
	    NULL)
		return DICOMTLS_E_NOMEM;
	dt_buffer_le16(out, 0);
	dt_buffer_le16(out, (uint16_t)element);
	dt_buffer_le32(out, (uint32_t)(value.size + value.size % 2));
	dt_buffer_append(out, value.data, value.size);
	if (value.size % 2 != 0)
		dt_buffer_byte(out, padding);
	return 0;
}

int
dt_command_put_u16(struct dt_command *command, unsigned element, uint16_t value)
{
	uint8_t bytes[] = { (uint8_t)value, (uint8_t)(value >> 8) };

	return put_element(command, element, dt_span(bytes, sizeof(bytes)), 0);
}

int
dt_command_put_uid(
    struct dt_command *command, unsigned element, const char *uid)
{
	return put_element(command, element, dt_span(uid, strlen(uid)), 0);
}

bool
dt_command_u16(
    const struct dt_command *command, unsigned element, uint16_t *value)
{
	struct dt_span bytes;

	if (!find_element(command, element, &bytes) || bytes.size != 2)
		return false;
	*value = (uint16_t)(bytes.data[0] | bytes.data[1] << 8);
	return true;
}

bool
dt_command_text(
    const struct dt_command *command, unsigned element, char *text, size_t room)
{
	struct dt_span bytes;

	if (!find_element(command, element, &bytes))
		return false;
	while (bytes.size > 0 && (bytes.data[bytes.size - 1] == '\0' ||
				     bytes.data[bytes.size - 1] == ' '))
		bytes.size--;
	if (bytes.size >= room || memchr(bytes.data, '\0', bytes.size) != NULL)
		return false;
	memcpy(text, bytes.data, bytes.size);
	text[bytes.size] = '\0';
	return true;
}

bool
dt_command_has_data_set(const struct dt_command *command)
{
	uint16_t type;

	return dt_command_u16(command, DT_COMMAND_DATA_SET_TYPE, &type) &&
	       type != DT_NO_DATA_SET;
}

/* One element of a command set that is made: text, or a number. */
struct element {
	unsigned number;
	const char *text; /* NULL: value counts */
	uint8_t padding;
	uint16_t value;
	bool absent;
};

static struct element
number_element(unsigned number, uint16_t value)
{
	return (struct element){ .number = number, .value = value };
}

/* Is left out without a UID. */
static struct element
uid_element(unsigned number, const char *uid)
{
	return (struct element){
		.number = number, .text = uid, .absent = uid == NULL
	};
}

static int
put(struct dt_command *command, const struct element *element)
{
	if (element->absent)
		return 0;
	if (element->text == NULL)
		return dt_command_put_u16(
		    command, element->number, element->value);
	return put_element(command, element->number,
	    dt_span(element->text, strlen(element->text)), element->padding);
}

/* A command set of these elements, which ascend. */
static int
make(struct dt_command *command, const struct element *elements, size_t count)
{
	int rc = 0;

	dt_command_clear(command);
	for (size_t i = 0; i < count && rc == 0; i++)
		rc = put(command, &elements[i]);
	return rc;
}

#define MAKE(command, elements)                                                \
	make(command, elements, sizeof(elements) / sizeof((elements)[0]))

int
dt_command_c_echo_rq(
    struct dt_command *command, uint16_t message_id, const char *class_uid)
{
	const struct element elements[] = {
		uid_element(DT_COMMAND_AFFECTED_CLASS, class_uid),
		number_element(DT_COMMAND_FIELD, DT_C_ECHO_RQ),
		number_element(DT_COMMAND_MESSAGE_ID, message_id),
		number_element(DT_COMMAND_DATA_SET_TYPE, DT_NO_DATA_SET),
	};

	return MAKE(command, elements);
}

int
dt_command_c_echo_rsp(struct dt_command *command, uint16_t message_id,
    const char *class_uid, uint16_t status)
{
	const struct element elements[] = {
		uid_element(DT_COMMAND_AFFECTED_CLASS, class_uid),
		number_element(DT_COMMAND_FIELD, DT_C_ECHO_RSP),
		number_element(DT_COMMAND_RESPONDED_ID, message_id),
		number_element(DT_COMMAND_DATA_SET_TYPE, DT_NO_DATA_SET),
		number_element(DT_COMMAND_STATUS, status),
	};

	return MAKE(command, elements);
}

int
dt_command_c_store_rq(
    struct dt_command *command, const struct dt_store_request *request)
{
	const bool moved = request->move_ae != NULL;
	const struct element elements[] = {
		uid_element(DT_COMMAND_AFFECTED_CLASS, request->class_uid),
		number_element(DT_COMMAND_FIELD, DT_C_STORE_RQ),
		number_element(DT_COMMAND_MESSAGE_ID, request->message_id),
		number_element(DT_COMMAND_PRIORITY, request->priority),
		number_element(DT_COMMAND_DATA_SET_TYPE, DT_DATA_SET_FOLLOWS),
		uid_element(
		    DT_COMMAND_AFFECTED_INSTANCE, request->instance_uid),
		{ .number = DT_COMMAND_MOVE_TITLE,
		    .text = request->move_ae,
		    .padding = ' ',
		    .absent = !moved },
		{ .number = DT_COMMAND_MOVE_ID,
		    .value = request->move_message_id,
		    .absent = !moved },
	};

	return MAKE(command, elements);
}

int
dt_command_c_store_rsp(struct dt_command *command,
    const struct dt_store_request *request, uint16_t status)
{
	const struct element elements[] = {
		uid_element(DT_COMMAND_AFFECTED_CLASS, request->class_uid),
		number_element(DT_COMMAND_FIELD, DT_C_STORE_RSP),
		number_element(DT_COMMAND_RESPONDED_ID, request->message_id),
		number_element(DT_COMMAND_DATA_SET_TYPE, DT_NO_DATA_SET),
		number_element(DT_COMMAND_STATUS, status),
		uid_element(
		    DT_COMMAND_AFFECTED_INSTANCE, request->instance_uid),
	};

	return MAKE(command, elements);
}

int
dt_command_encode(const struct dt_command *command, struct dt_buffer *out)
{
	struct dt_span elements = dt_buffer_span(&command->elements);

	dt_buffer_le16(out, 0);
	dt_buffer_le16(out, DT_COMMAND_GROUP_LENGTH);
	dt_buffer_le32(out, 4);
	dt_buffer_le32(out, (uint32_t)elements.size);
	dt_buffer_append(out, elements.data, elements.size);
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}

/* Elements ascend, the first is the group length, one tells the command. */
static bool
is_command_set(struct dt_span bytes, size_t *first)
{
	struct dt_reader in = dt_reader(bytes);
	unsigned before, number;
	struct dt_span value;
	bool has_field = false;

	if (!next_element(&in, &before, &value) ||
	    before != DT_COMMAND_GROUP_LENGTH || value.size != 4)
		return false;
	*first = bytes.size - dt_reader_left(&in);
	while (dt_reader_left(&in) > 0) {
		if (!next_element(&in, &number, &value) || number <= before)
			return false;
		has_field |= number == DT_COMMAND_FIELD && value.size == 2;
		before = number;
	}
	return has_field;
}

int
dt_command_decode(struct dt_command *command, struct dt_span bytes)
{
	struct dt_buffer elements = { 0 };
	size_t first;

	if (!is_command_set(bytes, &first))
		return DICOMTLS_E_FORMAT;
	if (dt_buffer_append(
		&elements, bytes.data + first, bytes.size - first) < 0)
		return DICOMTLS_E_NOMEM;
	dt_command_clear(command);
	command->elements = elements;
	return 0;
}

/* PS3.8 D.1: the maximum length is that of the variable field, item length
 * and control header included; fragments have an even length (PS3.8 E.2). The
 * longest PDU we make fills TLS records of 16 KiB to the last octet. */
size_t
dt_dimse_fragment_size(uint32_t max_length)
{
	size_t size = DT_MAX_SENT_FRAGMENT - DT_PDU_DATA_OVERHEAD;

	if (max_length != 0 && max_length < size + PDV_OVERHEAD)
		size =
		    max_length > PDV_OVERHEAD ? max_length - PDV_OVERHEAD : 0;
	size -= size % 2;
	return size == 0 ? 2 : size;
}

int
dt_dimse_fragment(const struct dt_command *command, uint8_t context,
    uint32_t max_length, dt_pdu_fn emit, void *arg)
{
	size_t most = dt_dimse_fragment_size(max_length);
	struct dt_buffer set = { 0 };
	struct dt_buffer pdu = { 0 };
	int rc = dt_command_encode(command, &set);

	while (rc == 0 && dt_buffer_size(&set) > 0) {
		struct dt_pdv pdv = { .context = context,
			.command = true,
			.bytes = dt_buffer_span(&set) };

		if (pdv.bytes.size > most)
			pdv.bytes.size = most;
		pdv.last = pdv.bytes.size == dt_buffer_size(&set);
		rc = dt_pdu_encode_data(&pdv, &pdu);
		if (rc == 0)
			rc = emit(dt_buffer_span(&pdu), arg);
		dt_buffer_consume(&set, pdv.bytes.size);
		dt_buffer_consume(&pdu, dt_buffer_size(&pdu));
	}
	dt_buffer_clear(&set);
	dt_buffer_clear(&pdu);
	return rc;
}

static int
take_command(struct dt_dimse *dimse, const struct dt_pdv *pdv)
{
	int rc;

	if (pdv->bytes.size >
	    DT_MAX_COMMAND_SET - dt_buffer_size(&dimse->bytes))
		return DICOMTLS_E_LIMIT;
	rc = dt_buffer_append(&dimse->bytes, pdv->bytes.data, pdv->bytes.size);
	if (rc < 0 || !pdv->last)
		return rc;
	rc = dt_command_decode(&dimse->command, dt_buffer_span(&dimse->bytes));
	if (rc < 0)
		return rc;
	dimse->has_command = true;
	return DT_DIMSE_COMMAND;
}

int
dt_dimse_take(struct dt_dimse *dimse, const struct dt_pdv *pdv)
{
	if (dimse->context != 0 && dimse->context != pdv->context)
		return DICOMTLS_E_INVALID;
	/* PS3.8 E.2: the command comes whole before the data set. */
	if (pdv->command == dimse->has_command)
		return DICOMTLS_E_INVALID;
	dimse->context = pdv->context;
	return pdv->command ? take_command(dimse, pdv) : DT_DIMSE_DATA;
}

bool
dt_dimse_is_whole(
    const struct dt_dimse *dimse, int step, const struct dt_pdv *pdv)
{
	if (step == DT_DIMSE_DATA)
		return pdv->last;
	return step == DT_DIMSE_COMMAND &&
	       !dt_command_has_data_set(&dimse->command);
}

void
dt_dimse_reset(struct dt_dimse *dimse)
{
	dt_buffer_consume(&dimse->bytes, dt_buffer_size(&dimse->bytes));
	dt_command_clear(&dimse->command);
	dimse->context = 0;
	dimse->has_command = false;
}

void
dt_dimse_clear(struct dt_dimse *dimse)
{
	dt_buffer_clear(&dimse->bytes);
	dt_command_clear(&dimse->command);
	*dimse = (struct dt_dimse){ 0 };
}

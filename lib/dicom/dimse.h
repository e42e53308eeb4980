/*
 * DIMSE messages (PS3.7 6.3, 9.3, annex E): command sets in Implicit VR Little
 * Endian, those of C-ECHO and C-STORE in particular, and the way of a message
 * through P-DATA-TF: cut into presentation data values and put together again.
 *
 * What is in a data set is nobody's business here; it is sent by
 * data_cutter.h.
 */
#ifndef DICOMTLS_DICOM_DIMSE_H
#define DICOMTLS_DICOM_DIMSE_H

#include "base/buffer.h"

/* Element numbers in group 0000 (PS3.7 E.1). */
enum dt_command_element {
	DT_COMMAND_GROUP_LENGTH = 0x0000,
	DT_COMMAND_AFFECTED_CLASS = 0x0002,
	DT_COMMAND_REQUESTED_CLASS = 0x0003,
	DT_COMMAND_FIELD = 0x0100,
	DT_COMMAND_MESSAGE_ID = 0x0110,
	DT_COMMAND_RESPONDED_ID = 0x0120,
	DT_COMMAND_PRIORITY = 0x0700,
	DT_COMMAND_DATA_SET_TYPE = 0x0800,
	DT_COMMAND_STATUS = 0x0900,
	DT_COMMAND_AFFECTED_INSTANCE = 0x1000,
	DT_COMMAND_REQUESTED_INSTANCE = 0x1001,
	DT_COMMAND_MOVE_TITLE = 0x1030,
	DT_COMMAND_MOVE_ID = 0x1031
};

/* Values of DT_COMMAND_FIELD we make or look at; a response has the last
 * bit. */
enum {
	DT_C_STORE_RQ = 0x0001,
	DT_C_STORE_RSP = 0x8001,
	DT_C_ECHO_RQ = 0x0030,
	DT_C_ECHO_RSP = 0x8030
};

/* Values of DT_COMMAND_DATA_SET_TYPE: none follows, or one does (any other
 * value says so too). */
#define DT_NO_DATA_SET 0x0101
#define DT_DATA_SET_FOLLOWS 0x0000

/* A command set: its elements as encoded, ascending, without group length.
 * Initialise with zeros. */
struct dt_command {
	struct dt_buffer elements;
};

void dt_command_clear(struct dt_command *command);

/* Append an element; numbers must ascend, else DICOMTLS_E_INVALID. A UID is
 * padded with NUL (PS3.5 6.2). */
int dt_command_put_u16(
    struct dt_command *command, unsigned element, uint16_t value);
int dt_command_put_uid(
    struct dt_command *command, unsigned element, const char *uid);

/* False if the element is absent or has another size. */
bool dt_command_u16(
    const struct dt_command *command, unsigned element, uint16_t *value);
/* Text without padding into room bytes with its NUL. False if the element is
 * absent or does not fit. */
bool dt_command_text(const struct dt_command *command, unsigned element,
    char *text, size_t room);
bool dt_command_has_data_set(const struct dt_command *command);

/* Replaces what the command set held. PS3.7 9.3: class NULL leaves the
 * element out. 0 or DICOMTLS_E_NOMEM. */
int dt_command_c_echo_rq(
    struct dt_command *command, uint16_t message_id, const char *class_uid);
int dt_command_c_echo_rsp(struct dt_command *command, uint16_t message_id,
    const char *class_uid, uint16_t status);

/* What a C-STORE is about (PS3.7 9.1.1); all borrowed. */
struct dt_store_request {
	uint8_t context;
	uint16_t message_id;
	const char *class_uid;
	const char *instance_uid;
	uint16_t priority;   /* 0 medium, 1 high, 2 low */
	const char *move_ae; /* NULL: not the consequence of a C-MOVE */
	uint16_t move_message_id;
};

int dt_command_c_store_rq(
    struct dt_command *command, const struct dt_store_request *request);
int dt_command_c_store_rsp(struct dt_command *command,
    const struct dt_store_request *request, uint16_t status);

/* Bytes with group length, appended. */
int dt_command_encode(const struct dt_command *command, struct dt_buffer *out);
/* DICOMTLS_E_FORMAT: another group, descending elements, a length that is odd
 * or reaches past the end, no command field. The group length element is
 * taken for what it is worth: it has to be first, its value is not used. */
int dt_command_decode(struct dt_command *command, struct dt_span bytes);

/* One presentation data value (PS3.8 9.3.5.1, E.2). */
struct dt_pdv {
	uint8_t context;
	bool command; /* else data set */
	bool last;
	struct dt_span bytes;
};

/* Cuts a command into complete P-DATA-TF PDUs, each with a value field of at
 * most max_length bytes (0: no limit), and hands each to emit. 0, what emit
 * returned, or DICOMTLS_E_NOMEM. */
typedef int (*dt_pdu_fn)(struct dt_span pdu, void *arg);
int dt_dimse_fragment(const struct dt_command *command, uint8_t context,
    uint32_t max_length, dt_pdu_fn emit, void *arg);

/* The most octets of a message in one fragment for a peer that takes P-DATA-TF
 * of max_length (0: no limit); even, and bounded. */
size_t dt_dimse_fragment_size(uint32_t max_length);

/* Puts a message together. Initialise with zeros. */
struct dt_dimse {
	uint8_t context; /* 0: between messages */
	bool has_command;
	struct dt_buffer bytes;
	struct dt_command command;
};

/* What a value was. */
enum dt_dimse_step {
	DT_DIMSE_MORE = 0, /* a part of a command set */
	DT_DIMSE_COMMAND,  /* the end of one: see context and command */
	DT_DIMSE_DATA	   /* a part of its data set, the last part perhaps */
};

/*
 * Takes the next value; dt_dimse_step, or
 *   DICOMTLS_E_INVALID  a value that may not come now: another context within
 *                       a message, data without or inside a command set, a
 *                       command set inside a data set
 *   DICOMTLS_E_FORMAT   a command set that cannot be decoded
 *   DICOMTLS_E_LIMIT    one that is too long
 */
int dt_dimse_take(struct dt_dimse *dimse, const struct dt_pdv *pdv);
/* True if step, which pdv was, ended the message: dt_dimse_reset comes next. */
bool dt_dimse_is_whole(
    const struct dt_dimse *dimse, int step, const struct dt_pdv *pdv);
void dt_dimse_reset(struct dt_dimse *dimse);
void dt_dimse_clear(struct dt_dimse *dimse);

#endif

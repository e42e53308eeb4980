/*
 * PDUs as bytes; see pdu.h (PS3.8 9.3). Lengths of
 * PDUs are judged before anything is stored, lengths of items by the bounded
 * reader they are read with.
 */
#include "dicom/pdu.h"

#include "base/limits.h"
#include "dicom/pdu_item.h"
#include "dicom/user_information.h"

#include "dicomtls.h"

/* Item types (PS3.8 9.3.2). */
enum {
	ITEM_APPLICATION_CONTEXT = 0x10,
	ITEM_CONTEXT_RQ = 0x20,
	ITEM_CONTEXT_AC = 0x21,
	ITEM_ABSTRACT_SYNTAX = 0x30,
	ITEM_TRANSFER_SYNTAX = 0x40,
	ITEM_USER_INFORMATION = 0x50
};

/* Version to the reserved bytes after the titles. */
#define ASSOCIATE_FIXED_SIZE 68

/* Length and control header of one data value, and nothing else. */
#define SMALLEST_PDV 6

/* What the length field may say, by type. */
static const struct {
	size_t least;
	size_t most;
} body_sizes[] = {
	[DT_PDU_ASSOCIATE_RQ] = { ASSOCIATE_FIXED_SIZE, DT_MAX_ASSOCIATE_PDU },
	[DT_PDU_ASSOCIATE_AC] = { ASSOCIATE_FIXED_SIZE, DT_MAX_ASSOCIATE_PDU },
	[DT_PDU_ASSOCIATE_RJ] = { 4, 4 },
	[DT_PDU_DATA_TF] = { SMALLEST_PDV, DT_MAX_DATA_PDU },
	[DT_PDU_RELEASE_RQ] = { 4, 4 },
	[DT_PDU_RELEASE_RP] = { 4, 4 },
	[DT_PDU_ABORT] = { 4, 4 },
};

int
dt_pdu_header(struct dt_span bytes, uint8_t *type, size_t *size)
{
	struct dt_reader in = dt_reader(bytes);
	uint8_t kind = dt_read_u8(&in);
	size_t length;

	if (bytes.size == 0)
		return 0;
	if (kind < DT_PDU_ASSOCIATE_RQ || kind > DT_PDU_ABORT)
		return DICOMTLS_E_FORMAT;
	dt_read_skip(&in, 1);
	length = dt_read_be32(&in);
	if (dt_reader_failed(&in))
		return 0;
	*type = kind;
	if (length < body_sizes[kind].least || length > body_sizes[kind].most)
		return DICOMTLS_E_LIMIT;
	*size = DT_PDU_HEADER_SIZE + length;
	return 1;
}

/* ------------------------------------------------------------- encoding -- */

static int
finish(const struct dt_buffer *out)
{
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}

static void
put_pdu(struct dt_buffer *out, enum dt_pdu_type type, struct dt_span body)
{
	dt_buffer_byte(out, (uint8_t)type);
	dt_buffer_byte(out, 0);
	dt_buffer_be32(out, (uint32_t)body.size);
	dt_buffer_append(out, body.data, body.size);
}

static void
put_title(struct dt_buffer *out, const char *title)
{
	size_t size = strlen(title);

	dt_buffer_append(out, title, size);
	dt_buffer_append(out, "                ", DT_TITLE_MAX - size);
}

/* PS3.8 9.3.2.2 */
static void
put_proposed(struct dt_buffer *out, const struct dt_presentation *p)
{
	struct dt_buffer part = { 0 };

	dt_buffer_append(&part, (uint8_t[]){ p->id, 0, 0, 0 }, 4);
	dt_pdu_item_put_text(&part, ITEM_ABSTRACT_SYNTAX, p->abstract);
	for (size_t i = 0; i < dt_presentation_transfer_count(p); i++)
		dt_pdu_item_put_text(&part, ITEM_TRANSFER_SYNTAX,
		    dt_presentation_transfer(p, i));
	dt_pdu_item_put_gathered(out, ITEM_CONTEXT_RQ, &part);
}

/* PS3.8 9.3.3.2: one transfer syntax, which means nothing in a rejection but
 * has to be there. */
static void
put_answered(struct dt_buffer *out, const struct dt_presentation *p)
{
	const char *transfer = dt_presentation_transfer(p, 0);
	struct dt_buffer part = { 0 };

	dt_buffer_append(&part, (uint8_t[]){ p->id, 0, p->result, 0 }, 4);
	dt_pdu_item_put_text(&part, ITEM_TRANSFER_SYNTAX,
	    transfer != NULL ? transfer : DT_UID_IMPLICIT_LE);
	dt_pdu_item_put_gathered(out, ITEM_CONTEXT_AC, &part);
}

int
dt_pdu_encode_associate(
    const struct dt_association *association, struct dt_buffer *out)
{
	static const uint8_t reserved[32];
	struct dt_buffer body = { 0 }, information = { 0 };

	dt_buffer_be16(&body, association->version);
	dt_buffer_be16(&body, 0);
	put_title(&body, association->called);
	put_title(&body, association->calling);
	dt_buffer_append(&body, reserved, sizeof(reserved));
	dt_pdu_item_put_text(
	    &body, ITEM_APPLICATION_CONTEXT, association->application);
	for (size_t i = 0; i < association->contexts.count; i++) {
		if (association->request)
			put_proposed(&body, dt_association_at(association, i));
		else
			put_answered(&body, dt_association_at(association, i));
	}
	dt_user_information_put(association, &information);
	dt_pdu_item_put_gathered(&body, ITEM_USER_INFORMATION, &information);
	put_pdu(out,
	    association->request ? DT_PDU_ASSOCIATE_RQ : DT_PDU_ASSOCIATE_AC,
	    dt_buffer_span(&body));
	out->failed |= dt_buffer_failed(&body);
	dt_buffer_clear(&body);
	return finish(out);
}

int
dt_pdu_encode_reject(
    uint8_t result, uint8_t source, uint8_t reason, struct dt_buffer *out)
{
	uint8_t body[] = { 0, result, source, reason };

	put_pdu(out, DT_PDU_ASSOCIATE_RJ, dt_span(body, sizeof(body)));
	return finish(out);
}

int
dt_pdu_encode_release(enum dt_pdu_type type, struct dt_buffer *out)
{
	put_pdu(out, type, dt_span((uint8_t[]){ 0, 0, 0, 0 }, 4));
	return finish(out);
}

int
dt_pdu_encode_abort(uint8_t source, uint8_t reason, struct dt_buffer *out)
{
	uint8_t body[] = { 0, 0, source, reason };

	put_pdu(out, DT_PDU_ABORT, dt_span(body, sizeof(body)));
	return finish(out);
}

/* PS3.8 9.3.5.1 and the control header of E.2: bit 0 command, bit 1 last. */
static uint8_t *
put_be32(uint8_t *at, size_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		*at++ = (uint8_t)(value >> shift);
	return at;
}

void
dt_pdu_data_header(uint8_t *at, const struct dt_pdv *pdv)
{
	size_t item = pdv->bytes.size + 2;

	*at++ = DT_PDU_DATA_TF;
	*at++ = 0;
	at = put_be32(at, item + 4);
	at = put_be32(at, item);
	*at++ = pdv->context;
	*at = (uint8_t)((pdv->command ? 1 : 0) | (pdv->last ? 2 : 0));
}

int
dt_pdu_encode_data(const struct dt_pdv *pdv, struct dt_buffer *out)
{
	uint8_t header[DT_PDU_DATA_OVERHEAD];

	dt_pdu_data_header(header, pdv);
	dt_buffer_append(out, header, sizeof(header));
	dt_buffer_append(out, pdv->bytes.data, pdv->bytes.size);
	return finish(out);
}

/* ------------------------------------------------------------- decoding -- */

/* A transfer syntax named twice counts once, and those over our limit not at
 * all. */
static int
take_transfer(struct dt_presentation *p, struct dt_span uid)
{
	int rc = dt_presentation_add_transfer(p, dt_pdu_item_unpadded(uid));

	return rc == DICOMTLS_E_LIMIT ? 0 : rc;
}

static int
read_syntaxes(struct dt_reader *in, struct dt_presentation *p)
{
	struct dt_span content;
	uint8_t type;
	int rc = 0;

	while (rc == 0 && dt_pdu_item_next(in, &type, &content)) {
		if (type == ITEM_ABSTRACT_SYNTAX)
			rc = dt_presentation_set_abstract(
			    p, dt_pdu_item_unpadded(content));
		else if (type == ITEM_TRANSFER_SYNTAX)
			rc = take_transfer(p, content);
	}
	return rc == 0 && dt_reader_failed(in) ? DICOMTLS_E_FORMAT : rc;
}

/* Both kinds of context start alike; the result of a proposal is reserved. */
static int
read_context(struct dt_association *a, struct dt_span item)
{
	struct dt_reader in = dt_reader(item);
	struct dt_presentation *p;
	uint8_t id, result;
	int rc;

	id = dt_read_u8(&in);
	dt_read_skip(&in, 1);
	result = dt_read_u8(&in);
	dt_read_skip(&in, 1);
	if (dt_reader_failed(&in))
		return DICOMTLS_E_FORMAT;
	rc = dt_association_add(a, id, a->request ? 0 : result, &p);
	if (rc < 0)
		return rc == DICOMTLS_E_NOMEM ? rc : DICOMTLS_E_FORMAT;
	/* What stands beside a rejection is not to be tested (9.3.3.2). */
	if (!a->request && result != DT_RESULT_ACCEPTANCE)
		return 0;
	rc = read_syntaxes(&in, p);
	if (rc < 0)
		return rc;
	if (dt_presentation_transfer_count(p) == 0 ||
	    (a->request && p->abstract[0] == '\0'))
		return DICOMTLS_E_FORMAT;
	return 0;
}

/* Contexts of the other kind of PDU are unknown items here. */
static int
read_item(struct dt_association *a, uint8_t type, struct dt_span content)
{
	if (type == ITEM_APPLICATION_CONTEXT)
		return dt_association_set_uid(
		    a->application, dt_pdu_item_unpadded(content));
	if (type == (a->request ? ITEM_CONTEXT_RQ : ITEM_CONTEXT_AC))
		return read_context(a, content);
	if (type == ITEM_USER_INFORMATION)
		return dt_user_information_read(a, content);
	return 0;
}

/* The titles of an answer are reserved and not to be tested (9.3.3). */
static int
read_titles(struct dt_association *a, struct dt_reader *in)
{
	struct dt_span called = dt_read_span(in, DT_TITLE_MAX);
	struct dt_span calling = dt_read_span(in, DT_TITLE_MAX);
	int rc;

	if (dt_reader_failed(in))
		return DICOMTLS_E_FORMAT;
	rc = dt_association_set_title(a->called, called);
	if (rc == 0)
		rc = dt_association_set_title(a->calling, calling);
	return a->request ? rc : 0;
}

static int
read_associate(struct dt_association *a, struct dt_reader *in)
{
	struct dt_span content;
	uint8_t type;
	int rc;

	a->version = dt_read_be16(in);
	dt_read_skip(in, 2);
	rc = read_titles(a, in);
	dt_read_skip(in, 32);
	while (rc == 0 && dt_pdu_item_next(in, &type, &content))
		rc = read_item(a, type, content);
	if (rc == 0 && (dt_reader_failed(in) || a->application[0] == '\0'))
		rc = DICOMTLS_E_FORMAT;
	/* An answer learns the names of its contexts from the request. */
	if (rc == 0 && a->request)
		rc = dt_user_information_place(a);
	return rc;
}

struct dt_reader
dt_pdu_body(struct dt_span pdu)
{
	struct dt_reader in = dt_reader(pdu);

	dt_read_skip(&in, DT_PDU_HEADER_SIZE);
	return in;
}

int
dt_pdu_decode_associate(struct dt_span pdu, struct dt_association *association)
{
	struct dt_reader in = dt_pdu_body(pdu);
	struct dt_association made;
	int rc;

	if (dt_reader_failed(&in))
		return DICOMTLS_E_FORMAT;
	dt_association_init_empty(&made, pdu.data[0] == DT_PDU_ASSOCIATE_RQ);
	rc = read_associate(&made, &in);
	if (rc < 0)
		dt_association_clear(&made);
	else
		*association = made;
	return rc;
}

int
dt_pdu_decode_reject(
    struct dt_span pdu, uint8_t *result, uint8_t *source, uint8_t *reason)
{
	struct dt_reader in = dt_pdu_body(pdu);
	struct dt_span body;

	dt_read_skip(&in, 1);
	body = dt_read_span(&in, 3);
	if (dt_reader_failed(&in))
		return DICOMTLS_E_FORMAT;
	*result = body.data[0];
	*source = body.data[1];
	*reason = body.data[2];
	return 0;
}

int
dt_pdu_decode_abort(struct dt_span pdu, uint8_t *source, uint8_t *reason)
{
	struct dt_reader in = dt_pdu_body(pdu);
	struct dt_span body;

	dt_read_skip(&in, 2);
	body = dt_read_span(&in, 2);
	if (dt_reader_failed(&in))
		return DICOMTLS_E_FORMAT;
	*source = body.data[0];
	*reason = body.data[1];
	return 0;
}

int
dt_pdu_next_pdv(struct dt_reader *body, struct dt_pdv *pdv)
{
	struct dt_span value;
	uint32_t length;

	if (dt_reader_left(body) == 0 && !dt_reader_failed(body))
		return 0;
	length = dt_read_be32(body);
	value = dt_read_span(body, length);
	if (dt_reader_failed(body) || length < 2)
		return DICOMTLS_E_FORMAT;
	pdv->context = value.data[0];
	pdv->command = (value.data[1] & 1) != 0;
	pdv->last = (value.data[1] & 2) != 0;
	pdv->bytes = dt_span(value.data + 2, length - 2);
	return 1;
}

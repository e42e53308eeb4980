/*
 * The upper layer of one association (PS3.8 section 9): bytes and requests of
 * the local user go in, PDUs to send and indications come out. It owns the
 * state (ul_state.h) and the two association objects; it has no socket and no
 * timer, but tells its owner what to do with them.
 *
 * All functions call back before they return. An event function may call the
 * request functions of the same object; it must not free it.
 *
 * The transport is there before the association is asked for, as the contract
 * has it: A-ASSOCIATE request and transport confirmation are one step here.
 */
#ifndef DICOMTLS_DICOM_UL_H
#define DICOMTLS_DICOM_UL_H

#include "dicom/association.h"
#include "dicom/data_stream.h"
#include "dicom/dimse.h"
#include "dicom/pdu.h"

struct dt_ul;

enum dt_ul_result {
	DT_UL_OK = 0,
	DT_UL_NOMEM,
	DT_UL_STATE,	  /* not possible in this state */
	DT_UL_TYPE,	  /* a request where an answer belongs, or reverse */
	DT_UL_INCOMPLETE, /* association object that cannot be sent */
	DT_UL_CONTEXT,	  /* presentation context not accepted */
	DT_UL_TRANSFER,	  /* accepted with another transfer syntax */
	DT_UL_RANGE	  /* result, source or reason PS3.8 does not have */
};

/* A-ABORT sources and reasons (PS3.8 9.3.8). */
enum {
	DT_ABORT_USER = 0,
	DT_ABORT_PROVIDER = 2,
	DT_ABORT_NOT_SPECIFIED = 0,
	DT_ABORT_UNRECOGNIZED_PDU = 1,
	DT_ABORT_UNEXPECTED_PDU = 2,
	DT_ABORT_UNEXPECTED_PARAMETER = 5,
	DT_ABORT_INVALID_PARAMETER = 6
};

/* None may be NULL. */
struct dt_ul_events {
	/* Send one whole PDU; copy it. */
	void (*send)(enum dt_pdu_type type, struct dt_span pdu, void *arg);
	/* Send the data set of the command that was sent last, by
	 * data_cutter.h, before anything that is sent later but an A-ABORT.
	 * The source is the owner's from now on. */
	void (*send_data)(uint8_t context, uint32_t max_length,
	    const struct dt_data_source *source, void *arg);
	/* (Re)start the ARTIM timer, or stop it. */
	void (*artim)(bool start, void *arg);
	/* Send what is queued, then close the transport. Nothing that arrives
	 * is looked at any more. */
	void (*close)(void *arg);

	/* A whole PDU arrived; comes before the indication it causes. The
	 * bytes are borrowed until dt_ul_next is called again. */
	void (*received)(enum dt_pdu_type type, struct dt_span pdu, void *arg);
	/* Indications. The objects are borrowed for the call. */
	void (*associate_request)(
	    const struct dt_association *request, void *arg);
	void (*associate_accept)(
	    const struct dt_association *answer, void *arg);
	void (*associate_reject)(
	    uint8_t result, uint8_t source, uint8_t reason, void *arg);
	/* A whole command set. If it announces a data set, data follows. */
	void (*command)(
	    uint8_t context, const struct dt_command *command, void *arg);
	/* The next octets of the data set (none, perhaps), borrowed until
	 * dt_ul_next is called again; last: the message is whole. */
	void (*data)(struct dt_span octets, bool last, void *arg);
	void (*release_request)(void *arg);
	void (*release_response)(void *arg);
	/* A-ABORT from the peer, or one that this end sent because the peer
	 * broke the protocol (source DT_ABORT_PROVIDER). Not called when the
	 * transport breaks, which the owner knows, nor for dt_ul_is_starved.
	 */
	void (*abort)(uint8_t source, uint8_t reason, void *arg);
};

/* requestor: this end will ask for the association. NULL: no memory. */
struct dt_ul *dt_ul_new(
    bool requestor, const struct dt_ul_events *events, void *arg);
void dt_ul_free(struct dt_ul *ul);

/* From the transport. open: call once, when bytes may flow (with TLS: after
 * the handshake). feed: any number of bytes, copied. next: looks at the next
 * PDU among them; false: there is no whole one. */
void dt_ul_open(struct dt_ul *ul);
void dt_ul_feed(struct dt_ul *ul, struct dt_span bytes);
bool dt_ul_next(struct dt_ul *ul);
void dt_ul_transport_closed(struct dt_ul *ul);
void dt_ul_artim_expired(struct dt_ul *ul);

/* Requests of the local user. The objects are copied. */
enum dt_ul_result dt_ul_associate_request(
    struct dt_ul *ul, const struct dt_association *request);
enum dt_ul_result dt_ul_associate_accept(
    struct dt_ul *ul, const struct dt_association *answer);
enum dt_ul_result dt_ul_associate_reject(
    struct dt_ul *ul, uint8_t result, uint8_t source, uint8_t reason);
/* A message: source is that of its data set, and NULL exactly if the command
 * announces none (else DT_UL_INCOMPLETE); it is taken on DT_UL_OK only.
 * transfer is the transfer syntax of the data set; NULL or empty: that of the
 * context, or the caller does not know. */
struct dt_ul_message {
	uint8_t context;
	const struct dt_command *command;
	const struct dt_data_source *source;
	const char *transfer;
};
enum dt_ul_result dt_ul_send(
    struct dt_ul *ul, const struct dt_ul_message *message);
enum dt_ul_result dt_ul_release_request(struct dt_ul *ul);
enum dt_ul_result dt_ul_release_response(struct dt_ul *ul);
enum dt_ul_result dt_ul_abort(struct dt_ul *ul, uint8_t source, uint8_t reason);

/* The association was aborted, or the transport closed, because there was no
 * memory on this side. */
bool dt_ul_is_starved(const struct dt_ul *ul);

/* Established, releasing included (Sta6 to Sta12). */
bool dt_ul_is_associated(const struct dt_ul *ul);
/* get0; NULL while there is none. */
const struct dt_association *dt_ul_request(const struct dt_ul *ul);
const struct dt_association *dt_ul_answer(const struct dt_ul *ul);

#endif

/*
 * What a connection does for its protocol object: it sends, sets the timer,
 * tells the program, closes; see link_private.h.
 */
#include "ltdic/link_private.h"

#include "ltdic/deliver.h"
#include "ltdic/report.h"

#include "base/limits.h"

static void
do_artim(struct dt_link *link, bool begin)
{
	if (link->artim == NULL)
		return;
	if (begin)
		dt_timer_start(link->artim, dt_link_patience(link->net).artim);
	else
		dt_timer_stop(link->artim);
}

static enum dt_ul_result
abort_association(struct dt_ul *ul, const struct dt_request *request)
{
	return dt_ul_abort(ul, request->source, request->reason);
}

void
dt_link_abort(struct dt_link *link)
{
	const struct dt_request request = { .make = abort_association,
		.source = PDU_ABORT_SOURCE_PROVIDER,
		.reason = PDU_ABORT_REASON_UNKNOWN };

	dt_exchange_request(link->exchange, &request);
}

/* Gives the transport PDUs until it has enough; on_sent goes on. */
static void
pump(struct dt_link *link)
{
	struct dt_outgoing *outgoing = dt_exchange_outgoing(link->exchange);
	struct dt_buffer pdu = { 0 };
	uint8_t type;
	int rc = 1;

	while (!link->ended && link->in_flight < DT_MAX_IN_FLIGHT && rc != 0) {
		rc = dt_outgoing_next(outgoing, &pdu, &type);
		if (rc > 0) {
			link->in_flight += dt_buffer_size(&pdu);
			dt_transport_send(link->transport, &pdu, type);
		} else if (rc < 0) {
			dt_report_text(link->net, DICOM_ERROR_READ,
			    "a data set to be sent could not be read");
			link->cause = DICOM_ERROR_READ;
			dt_link_abort(link);
		}
	}
	dt_buffer_clear(&pdu);
}

static void
do_item(struct dt_link *link, struct dt_item *item)
{
	if (item->kind == DT_ITEM_ARTIM) {
		do_artim(link, item->start);
	} else if (item->kind == DT_ITEM_COMMAND) {
		struct dt_message_in *message = item->message;

		item->message = NULL;
		dt_incoming_take(&link->incoming, link->net, link, message);
	} else if (item->kind == DT_ITEM_DATA) {
		dt_incoming_put(&link->incoming, link->net, link, item);
	} else {
		if (item->kind == DT_ITEM_ABORT)
			dt_incoming_cut(&link->incoming);
		dt_deliver_item(link->net, link, item);
	}
}

/* The program is gone; nobody is to be told. */
static void
finish(struct dt_link *link)
{
	if (!link->ended &&
	    dt_outgoing_is_empty(dt_exchange_outgoing(link->exchange)))
		dt_link_end(link, false);
}

void
dt_link_drain(struct dt_link *link)
{
	bool broken = false;
	bool closing = false;
	struct dt_item *item;

	if (link->transport == NULL && !link->finishing)
		return;
	pump(link);
	if (link->finishing) {
		finish(link);
		return;
	}
	while (!link->ended && !closing &&
	       (item = dt_exchange_next(link->exchange, &broken)) != NULL) {
		closing = item->kind == DT_ITEM_CLOSE;
		if (!closing)
			do_item(link, item);
		dt_item_free(item);
		pump(link);
	}
	/* Where something is missing, its end is no good one. */
	if (broken && link->cause == DICOM_SUCCESS)
		link->cause = DICOM_ERROR_MEMORY;
	if ((closing || broken) && !link->ended)
		dt_link_lose(link, link->cause);
}

void
dt_link_drain_steps(struct dt_link *link)
{
	bool more = true;

	while (more && !link->ended) {
		more = dt_exchange_step(link->exchange);
		dt_link_drain(link);
	}
}

/* The protocol object in reach of any thread; see exchange.h. */
#include "ltdic/exchange.h"

#include "dicomtls.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct dt_exchange {
	pthread_mutex_t lock; /* everything below */
	struct dt_ul *ul;
	struct dt_item *first;
	struct dt_item **last;
	bool asked; /* an A-ASSOCIATE-RQ was sent or received */
	bool ended; /* the association was refused, released or aborted */
	bool broken;
	struct dt_outgoing *outgoing; /* has a lock of its own */
};

void
dt_message_in_free(struct dt_message_in *message)
{
	if (message == NULL)
		return;
	dt_command_clear(&message->command);
	dt_buffer_clear(&message->encoded);
	free(message);
}

void
dt_item_free(struct dt_item *item)
{
	if (item == NULL)
		return;
	dt_message_in_free(item->message);
	if (item->kind == DT_ITEM_ASSOCIATE_REQUEST ||
	    item->kind == DT_ITEM_ASSOCIATE_ACCEPT)
		dt_associate_clear(&item->association);
	free(item);
}

/* NULL marks the exchange as broken. */
static struct dt_item *
new_item(struct dt_exchange *exchange, enum dt_item_kind kind)
{
	struct dt_item *item = calloc(1, sizeof(*item));

	if (item == NULL)
		exchange->broken = true;
	else
		item->kind = kind;
	return item;
}

static void
queue(struct dt_exchange *exchange, struct dt_item *item)
{
	if (item == NULL)
		return;
	*exchange->last = item;
	exchange->last = &item->next;
}

static void
note_pdu(struct dt_exchange *exchange, enum dt_pdu_type type)
{
	if (type == DT_PDU_ASSOCIATE_RQ)
		exchange->asked = true;
	if (type == DT_PDU_ASSOCIATE_RJ || type == DT_PDU_RELEASE_RP ||
	    type == DT_PDU_ABORT)
		exchange->ended = true;
}

static void
on_send(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	struct dt_exchange *exchange = arg;

	note_pdu(exchange, type);
	if (dt_outgoing_put(exchange->outgoing, (uint8_t)type, pdu) < 0)
		exchange->broken = true;
}

static void
on_send_data(uint8_t context, uint32_t max_length,
    const struct dt_data_source *source, void *arg)
{
	struct dt_exchange *exchange = arg;

	if (dt_outgoing_put_data(
		exchange->outgoing, context, max_length, source) < 0)
		exchange->broken = true;
}

static void
on_received(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	struct dt_item *item = new_item(arg, DT_ITEM_RECEIVED);

	note_pdu(arg, type);
	if (item != NULL) {
		item->type = (uint8_t)type;
		item->bytes = pdu;
	}
	queue(arg, item);
}

static void
on_artim(bool start, void *arg)
{
	struct dt_item *item = new_item(arg, DT_ITEM_ARTIM);

	if (item != NULL)
		item->start = start;
	queue(arg, item);
}

static void
on_close(void *arg)
{
	queue(arg, new_item(arg, DT_ITEM_CLOSE));
}

static void
queue_association(struct dt_exchange *exchange, enum dt_item_kind kind,
    const struct dt_association *association)
{
	struct dt_item *item = new_item(exchange, kind);

	if (item == NULL)
		return;
	if (dt_associate_init(&item->association, association) != 0) {
		exchange->broken = true;
		free(item);
		return;
	}
	queue(exchange, item);
}

static void
on_associate_request(const struct dt_association *request, void *arg)
{
	queue_association(arg, DT_ITEM_ASSOCIATE_REQUEST, request);
}

static void
on_associate_accept(const struct dt_association *answer, void *arg)
{
	queue_association(arg, DT_ITEM_ASSOCIATE_ACCEPT, answer);
}

static void
on_associate_reject(uint8_t result, uint8_t source, uint8_t reason, void *arg)
{
	struct dt_item *item = new_item(arg, DT_ITEM_ASSOCIATE_REJECT);

	if (item != NULL) {
		item->result = result;
		item->source = source;
		item->reason = reason;
	}
	queue(arg, item);
}

static int
copy_message(struct dt_message_in *message, const struct dt_ul *ul,
    uint8_t context, const struct dt_command *command)
{
	const struct dt_presentation *p =
	    dt_association_find(dt_ul_answer(ul), context);
	struct dt_span elements = dt_buffer_span(&command->elements);

	message->context = context;
	if (p != NULL) {
		const char *transfer = dt_presentation_transfer(p, 0);

		strcpy(message->abstract_syntax, p->abstract);
		strcpy(message->transfer_syntax, transfer);
	}
	if (dt_buffer_append(
		&message->command.elements, elements.data, elements.size) < 0)
		return DICOMTLS_E_NOMEM;
	return dt_command_encode(command, &message->encoded);
}

static void
on_command(uint8_t context, const struct dt_command *command, void *arg)
{
	struct dt_exchange *exchange = arg;
	struct dt_message_in *message = calloc(1, sizeof(*message));
	struct dt_item *item = new_item(exchange, DT_ITEM_COMMAND);

	if (item == NULL || message == NULL ||
	    copy_message(message, exchange->ul, context, command) < 0) {
		exchange->broken = true;
		dt_message_in_free(message);
		dt_item_free(item);
		return;
	}
	item->message = message;
	queue(exchange, item);
}

static void
on_data(struct dt_span octets, bool last, void *arg)
{
	struct dt_item *item = new_item(arg, DT_ITEM_DATA);

	if (item != NULL) {
		item->bytes = octets;
		item->last = last;
	}
	queue(arg, item);
}

static void
on_release_request(void *arg)
{
	queue(arg, new_item(arg, DT_ITEM_RELEASE_REQUEST));
}

static void
on_release_response(void *arg)
{
	queue(arg, new_item(arg, DT_ITEM_RELEASE_RESPONSE));
}

static void
on_abort(uint8_t source, uint8_t reason, void *arg)
{
	struct dt_item *item = new_item(arg, DT_ITEM_ABORT);

	if (item != NULL) {
		item->source = source;
		item->reason = reason;
	}
	queue(arg, item);
}

static const struct dt_ul_events events = {
	.send = on_send,
	.send_data = on_send_data,
	.artim = on_artim,
	.close = on_close,
	.received = on_received,
	.associate_request = on_associate_request,
	.associate_accept = on_associate_accept,
	.associate_reject = on_associate_reject,
	.command = on_command,
	.data = on_data,
	.release_request = on_release_request,
	.release_response = on_release_response,
	.abort = on_abort,
};

struct dt_exchange *
dt_exchange_new(bool requestor)
{
	struct dt_exchange *exchange = calloc(1, sizeof(*exchange));

	if (exchange == NULL)
		return NULL;
	exchange->ul = dt_ul_new(requestor, &events, exchange);
	exchange->outgoing = dt_outgoing_new();
	if (exchange->ul == NULL || exchange->outgoing == NULL) {
		dt_ul_free(exchange->ul);
		dt_outgoing_free(exchange->outgoing);
		free(exchange);
		return NULL;
	}
	exchange->last = &exchange->first;
	pthread_mutex_init(&exchange->lock, NULL);
	return exchange;
}

void
dt_exchange_free(struct dt_exchange *exchange)
{
	if (exchange == NULL)
		return;
	while (exchange->first != NULL) {
		struct dt_item *item = exchange->first;

		exchange->first = item->next;
		dt_item_free(item);
	}
	dt_ul_free(exchange->ul);
	dt_outgoing_free(exchange->outgoing);
	pthread_mutex_destroy(&exchange->lock);
	free(exchange);
}

enum dt_ul_result
dt_exchange_request(
    struct dt_exchange *exchange, const struct dt_request *request)
{
	enum dt_ul_result result;

	pthread_mutex_lock(&exchange->lock);
	result = request->make(exchange->ul, request);
	pthread_mutex_unlock(&exchange->lock);
	return result;
}

bool
dt_exchange_is_associated(struct dt_exchange *exchange)
{
	bool associated;

	pthread_mutex_lock(&exchange->lock);
	associated = dt_ul_is_associated(exchange->ul);
	pthread_mutex_unlock(&exchange->lock);
	return associated;
}

struct dt_outgoing *
dt_exchange_outgoing(struct dt_exchange *exchange)
{
	return exchange->outgoing;
}

struct dt_associate *
dt_exchange_lend_answer(struct dt_exchange *exchange)
{
	struct dt_associate *lent = NULL;

	pthread_mutex_lock(&exchange->lock);
	if (dt_ul_is_associated(exchange->ul))
		lent = dt_associate_lend(dt_ul_answer(exchange->ul));
	pthread_mutex_unlock(&exchange->lock);
	return lent;
}

void
dt_exchange_open(struct dt_exchange *exchange)
{
	pthread_mutex_lock(&exchange->lock);
	dt_ul_open(exchange->ul);
	pthread_mutex_unlock(&exchange->lock);
}

void
dt_exchange_feed(struct dt_exchange *exchange, struct dt_span bytes)
{
	pthread_mutex_lock(&exchange->lock);
	dt_ul_feed(exchange->ul, bytes);
	pthread_mutex_unlock(&exchange->lock);
}

bool
dt_exchange_step(struct dt_exchange *exchange)
{
	bool more;

	pthread_mutex_lock(&exchange->lock);
	more = dt_ul_next(exchange->ul);
	pthread_mutex_unlock(&exchange->lock);
	return more;
}

bool
dt_exchange_expired(struct dt_exchange *exchange)
{
	bool waiting;

	pthread_mutex_lock(&exchange->lock);
	waiting = !exchange->ended;
	dt_ul_artim_expired(exchange->ul);
	pthread_mutex_unlock(&exchange->lock);
	return waiting;
}

bool
dt_exchange_closed(struct dt_exchange *exchange)
{
	bool open;

	pthread_mutex_lock(&exchange->lock);
	open = exchange->asked && !exchange->ended;
	dt_ul_transport_closed(exchange->ul);
	pthread_mutex_unlock(&exchange->lock);
	return open;
}

struct dt_item *
dt_exchange_next(struct dt_exchange *exchange, bool *broken)
{
	struct dt_item *item;

	pthread_mutex_lock(&exchange->lock);
	item = exchange->first;
	if (item != NULL)
		exchange->first = item->next;
	if (exchange->first == NULL)
		exchange->last = &exchange->first;
	*broken = exchange->broken || dt_ul_is_starved(exchange->ul);
	pthread_mutex_unlock(&exchange->lock);
	return item;
}

/* The protocol object in reach of any thread; see exchange.h. */
#include "ltdic/exchange.h"

#include <pthread.h>
#include <stdlib.h>

struct dt_exchange {
	pthread_mutex_t lock; /* everything below */
	struct dt_ul *ul;
	struct dt_item *first;
	struct dt_item **last;
	bool asked; /* an A-ASSOCIATE-RQ was sent or received */
	bool ended; /* the association was refused, released or aborted */
	bool broken;
	unsigned unsent; /* PDUs */
};

void
dt_item_free(struct dt_item *item)
{
	if (item == NULL)
		return;
	dt_buffer_clear(&item->bytes);
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
queue_bytes(struct dt_exchange *exchange, enum dt_item_kind kind,
    enum dt_pdu_type type, struct dt_span pdu)
{
	struct dt_item *item = new_item(exchange, kind);

	if (item == NULL)
		return;
	item->type = (uint8_t)type;
	if (dt_buffer_append(&item->bytes, pdu.data, pdu.size) != 0) {
		exchange->broken = true;
		dt_item_free(item);
		return;
	}
	queue(exchange, item);
}

static void
on_send(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	struct dt_exchange *exchange = arg;

	if (type == DT_PDU_ASSOCIATE_RQ)
		exchange->asked = true;
	if (type == DT_PDU_ASSOCIATE_RJ || type == DT_PDU_RELEASE_RP ||
	    type == DT_PDU_ABORT)
		exchange->ended = true;
	exchange->unsent++;
	queue_bytes(exchange, DT_ITEM_SEND, type, pdu);
}

static void
on_received(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	struct dt_exchange *exchange = arg;

	if (type == DT_PDU_ASSOCIATE_RQ)
		exchange->asked = true;
	if (type == DT_PDU_ASSOCIATE_RJ || type == DT_PDU_RELEASE_RP ||
	    type == DT_PDU_ABORT)
		exchange->ended = true;
	queue_bytes(exchange, DT_ITEM_RECEIVED, type, pdu);
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

static void
on_command(uint8_t context, const struct dt_command *command, void *arg)
{
	struct dt_item *item = new_item(arg, DT_ITEM_COMMAND);

	if (item == NULL)
		return;
	item->context = context;
	dt_command_u16(command, DT_COMMAND_FIELD, &item->field);
	dt_command_u16(command,
	    item->field == DT_C_ECHO_RSP ? DT_COMMAND_RESPONDED_ID
					 : DT_COMMAND_MESSAGE_ID,
	    &item->message_id);
	dt_command_u16(command, DT_COMMAND_STATUS, &item->status);
	if (!dt_command_text(command, DT_COMMAND_AFFECTED_CLASS,
		item->class_uid, sizeof(item->class_uid)))
		item->class_uid[0] = '\0';
	if (dt_command_encode(command, &item->bytes) < 0)
		((struct dt_exchange *)arg)->broken = true;
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
	.artim = on_artim,
	.close = on_close,
	.received = on_received,
	.associate_request = on_associate_request,
	.associate_accept = on_associate_accept,
	.associate_reject = on_associate_reject,
	.command = on_command,
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
	if (exchange->ul == NULL) {
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

unsigned
dt_exchange_unsent(struct dt_exchange *exchange)
{
	unsigned unsent;

	pthread_mutex_lock(&exchange->lock);
	unsent = exchange->unsent;
	pthread_mutex_unlock(&exchange->lock);
	return unsent;
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
dt_exchange_sent(struct dt_exchange *exchange)
{
	pthread_mutex_lock(&exchange->lock);
	exchange->unsent--;
	pthread_mutex_unlock(&exchange->lock);
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
	*broken = exchange->broken;
	pthread_mutex_unlock(&exchange->lock);
	return item;
}

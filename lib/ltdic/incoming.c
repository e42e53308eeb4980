/* Messages on their way in; see incoming.h. */
#include "ltdic/incoming.h"

#include "ltdic/services.h"

static bool
is_store_request(const struct dt_message_in *message)
{
	uint16_t field;

	return dt_command_u16(&message->command, DT_COMMAND_FIELD, &field) &&
	       field == DT_C_STORE_RQ;
}

/* The sink of the handle, if this is for it. */
static bool
find_sink(struct dt_net *net, const struct dt_message_in *message,
    struct dt_data_sink *sink)
{
	bool has;

	pthread_mutex_lock(&net->lock);
	has = net->has_sink && is_store_request(message);
	*sink = net->sink;
	pthread_mutex_unlock(&net->lock);
	return has;
}

static void
begin(struct dt_incoming *incoming, struct dt_net *net,
    const DICOMNETCALLBACK *callbacks)
{
	const struct dt_message_in *message = incoming->message;
	const struct dt_data_head head = { .context = message->context,
		.command = &message->command,
		.abstract_syntax = message->abstract_syntax,
		.transfer_syntax = message->transfer_syntax };

	if (find_sink(net, message, &incoming->sink))
		incoming->is_open = incoming->sink.begin(incoming->sink.arg,
					&head, &incoming->stream) == 0;
	else if (dt_service_wants(callbacks, message))
		incoming->spool = dt_spool_new(net->folder);
}

void
dt_incoming_take(struct dt_incoming *incoming, struct dt_net *net,
    struct dt_link *link, struct dt_message_in *message)
{
	DICOMNETCALLBACK callbacks;

	if (!dt_command_has_data_set(&message->command)) {
		dt_service_deliver(net, link, message, NULL);
		dt_message_in_free(message);
		return;
	}
	incoming->message = message;
	if (!dt_net_enter(net, link, &callbacks))
		return;
	begin(incoming, net, &callbacks);
	dt_net_leave(net);
}

static void
end_stream(struct dt_incoming *incoming, enum dt_data_end end)
{
	if (incoming->is_open)
		incoming->sink.end(incoming->stream, end);
	incoming->is_open = false;
}

static void
put(struct dt_incoming *incoming, struct dt_span octets)
{
	if (incoming->is_open &&
	    incoming->sink.put(incoming->stream, octets) < 0)
		end_stream(incoming, DT_DATA_CUT);
	if (incoming->spool != NULL &&
	    dt_spool_put(incoming->spool, octets) < 0) {
		dt_spool_free(incoming->spool);
		incoming->spool = NULL;
	}
}

/* The message is whole: the next one may begin, even while the program is
 * being told of this one. */
static void
finish(struct dt_incoming *incoming, struct dt_net *net, struct dt_link *link)
{
	struct dt_message_in *message = incoming->message;
	struct dt_content *content = NULL;

	if (incoming->spool != NULL)
		content = dt_spool_take(incoming->spool);
	incoming->spool = NULL;
	incoming->message = NULL;
	dt_service_deliver(net, link, message, content);
	dt_content_unref(content);
	dt_message_in_free(message);
}

void
dt_incoming_put(struct dt_incoming *incoming, struct dt_net *net,
    struct dt_link *link, const struct dt_item *piece)
{
	DICOMNETCALLBACK callbacks;

	if (incoming->message == NULL || !dt_net_enter(net, link, &callbacks))
		return;
	if (piece->bytes.size > 0)
		put(incoming, piece->bytes);
	if (piece->last)
		end_stream(incoming, DT_DATA_COMPLETE);
	dt_net_leave(net);
	if (piece->last)
		finish(incoming, net, link);
}

void
dt_incoming_cut(struct dt_incoming *incoming)
{
	end_stream(incoming, DT_DATA_CUT);
	dt_spool_free(incoming->spool);
	dt_message_in_free(incoming->message);
	*incoming = (struct dt_incoming){ 0 };
}

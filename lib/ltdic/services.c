/* Callbacks for DIMSE messages (PS3.7 9): RECEIVEDATA for each, then the one
 * of its service; RECEIVEUNKNOWN where we know none. */
#include "ltdic/services.h"

#include "ltdic/dataset.h"
#include "ltdic/tell.h"

/* One message on its way to the program. */
struct visit {
	struct dt_net *net;
	const struct service *service;
	const DICOMNETCALLBACK *call;
	HDICOMNET handle;
	const struct dt_message_in *message;
	HDICOMDS command;
	HDICOMDS data;
};

/* An element as text, empty if it is not there. */
static char *
text_of(const struct visit *visit, unsigned element, char *text, size_t room)
{
	if (!dt_command_text(&visit->message->command, element, text, room))
		text[0] = '\0';
	return text;
}

static uint16_t
number_of(const struct visit *visit, unsigned element)
{
	uint16_t value = 0;

	dt_command_u16(&visit->message->command, element, &value);
	return value;
}

static void
call_echo_request(const struct visit *v)
{
	char class_uid[DT_UID_MAX + 1];

	v->call->pfnReceiveCEchoRequest(v->handle, v->message->context,
	    number_of(v, DT_COMMAND_MESSAGE_ID),
	    text_of(v, DT_COMMAND_AFFECTED_CLASS, class_uid, sizeof(class_uid)),
	    v->call->pUserData);
}

static void
call_echo_response(const struct visit *v)
{
	char class_uid[DT_UID_MAX + 1];

	v->call->pfnReceiveCEchoResponse(v->handle, v->message->context,
	    number_of(v, DT_COMMAND_RESPONDED_ID),
	    text_of(v, DT_COMMAND_AFFECTED_CLASS, class_uid, sizeof(class_uid)),
	    number_of(v, DT_COMMAND_STATUS), v->call->pUserData);
}

static void
call_store_request(const struct visit *v)
{
	char class_uid[DT_UID_MAX + 1];
	char instance[DT_UID_MAX + 1];
	char title[DT_TITLE_MAX + 1];

	v->call->pfnReceiveCStoreRequest(v->handle, v->message->context,
	    number_of(v, DT_COMMAND_MESSAGE_ID),
	    text_of(v, DT_COMMAND_AFFECTED_CLASS, class_uid, sizeof(class_uid)),
	    text_of(
		v, DT_COMMAND_AFFECTED_INSTANCE, instance, sizeof(instance)),
	    number_of(v, DT_COMMAND_PRIORITY),
	    text_of(v, DT_COMMAND_MOVE_TITLE, title, sizeof(title)),
	    number_of(v, DT_COMMAND_MOVE_ID), v->data, v->call->pUserData);
}

static void
call_store_response(const struct visit *v)
{
	char class_uid[DT_UID_MAX + 1];
	char instance[DT_UID_MAX + 1];

	v->call->pfnReceiveCStoreResponse(v->handle, v->message->context,
	    number_of(v, DT_COMMAND_RESPONDED_ID),
	    text_of(v, DT_COMMAND_AFFECTED_CLASS, class_uid, sizeof(class_uid)),
	    text_of(
		v, DT_COMMAND_AFFECTED_INSTANCE, instance, sizeof(instance)),
	    number_of(v, DT_COMMAND_STATUS), v->call->pUserData);
}

static void
call_unknown(const struct visit *v)
{
	v->call->pfnReceiveUnknown(v->handle, v->message->context, v->command,
	    v->data, v->call->pUserData);
}

static const struct service {
	uint16_t field;
	size_t member;
	void (*call)(const struct visit *visit);
} services[] = {
	{ DT_C_ECHO_RQ, DT_CALLBACK(pfnReceiveCEchoRequest),
	    call_echo_request },
	{ DT_C_ECHO_RSP, DT_CALLBACK(pfnReceiveCEchoResponse),
	    call_echo_response },
	{ DT_C_STORE_RQ, DT_CALLBACK(pfnReceiveCStoreRequest),
	    call_store_request },
	{ DT_C_STORE_RSP, DT_CALLBACK(pfnReceiveCStoreResponse),
	    call_store_response },
};

static const struct service unknown = { 0, DT_CALLBACK(pfnReceiveUnknown),
	call_unknown };

static const struct service *
find_service(const struct dt_message_in *message)
{
	uint16_t field = 0;

	dt_command_u16(&message->command, DT_COMMAND_FIELD, &field);
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		if (services[i].field == field)
			return &services[i];
	return &unknown;
}

bool
dt_service_wants(
    const DICOMNETCALLBACK *callbacks, const struct dt_message_in *message)
{
	return callbacks->pfnReceiveData != NULL ||
	       dt_has_callback(callbacks, find_service(message)->member);
}

/* L_DicomGetCommandSet answers while the callback runs. */
static void
show_command_set(struct dt_net *net, struct dt_dataset *command)
{
	pthread_mutex_lock(&net->lock);
	net->command_set = command;
	pthread_mutex_unlock(&net->lock);
}

static void
call_data(const struct visit *v)
{
	v->call->pfnReceiveData(v->handle, v->message->context, v->command,
	    v->data, v->call->pUserData);
}

static const struct service any = { 0, DT_CALLBACK(pfnReceiveData), call_data };

static void
tell_service(const DICOMNETCALLBACK *table, void *arg)
{
	struct visit *visit = arg;

	visit->call = table;
	show_command_set(visit->net, visit->command);
	visit->service->call(visit);
	show_command_set(visit->net, NULL);
}

/* The program may close or free the handle in the first of the two callbacks;
 * the second must not come then. */
static void
visit_program(struct dt_net *net, struct dt_link *link, struct visit *visit)
{
	const struct service *const steps[] = { &any,
		find_service(visit->message) };

	visit->net = net;
	visit->handle = net->handle;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		visit->service = steps[i];
		dt_tell(net, link, steps[i]->member, tell_service, visit);
	}
}

/* What the data set is, as the message around it says. */
static void
describe(const struct dt_message_in *message, struct dt_part10 *meta)
{
	*meta = (struct dt_part10){ 0 };
	strcpy(meta->transfer, message->transfer_syntax);
	if (!dt_command_text(&message->command, DT_COMMAND_AFFECTED_CLASS,
		meta->sop_class, sizeof(meta->sop_class)))
		meta->sop_class[0] = '\0';
	if (!dt_command_text(&message->command, DT_COMMAND_AFFECTED_INSTANCE,
		meta->sop_instance, sizeof(meta->sop_instance)))
		meta->sop_instance[0] = '\0';
}

void
dt_service_deliver(struct dt_net *net, struct dt_link *link,
    const struct dt_message_in *message, struct dt_content *data)
{
	struct visit visit = { .message = message };
	struct dt_dataset command =
	    dt_dataset_lend(dt_buffer_span(&message->encoded), true);
	struct dt_dataset set;
	struct dt_part10 meta;

	describe(message, &meta);
	set = dt_dataset_lend_content(data, &meta);
	visit.command = &command;
	visit.data = data == NULL ? NULL : &set;
	visit_program(net, link, &visit);
	dt_dataset_take_back(&command);
	dt_dataset_take_back(&set);
}

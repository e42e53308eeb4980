/* Callbacks for DIMSE messages (PS3.7 9): RECEIVEDATA for each, then the one
 * of its service; RECEIVEUNKNOWN where we know none. */
#include "ltdic/services.h"

#include "ltdic/dataset.h"

/* One message on its way to the program. */
struct visit {
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

/* Where the callback of a service stands in the table; all of them are
 * pointers to functions. */
#define MEMBER(name) offsetof(DICOMNETCALLBACK, name)

static const struct service {
	uint16_t field;
	size_t member;
	void (*call)(const struct visit *visit);
} services[] = {
	{ DT_C_ECHO_RQ, MEMBER(pfnReceiveCEchoRequest), call_echo_request },
	{ DT_C_ECHO_RSP, MEMBER(pfnReceiveCEchoResponse), call_echo_response },
	{ DT_C_STORE_RQ, MEMBER(pfnReceiveCStoreRequest), call_store_request },
	{ DT_C_STORE_RSP, MEMBER(pfnReceiveCStoreResponse),
	    call_store_response },
};

static const struct service unknown = { 0, MEMBER(pfnReceiveUnknown),
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

static bool
has_callback(const DICOMNETCALLBACK *table, const struct service *service)
{
	void (*function)(void);

	memcpy(
	    &function, (const char *)table + service->member, sizeof(function));
	return function != NULL;
}

bool
dt_service_wants(
    const DICOMNETCALLBACK *callbacks, const struct dt_message_in *message)
{
	return callbacks->pfnReceiveData != NULL ||
	       has_callback(callbacks, find_service(message));
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
	if (v->call->pfnReceiveData != NULL)
		v->call->pfnReceiveData(v->handle, v->message->context,
		    v->command, v->data, v->call->pUserData);
}

static void
call_service(const struct visit *v)
{
	const struct service *service = find_service(v->message);

	if (has_callback(v->call, service))
		service->call(v);
}

/* The program may close or free the handle in the first of the two callbacks;
 * the second must not come then. */
static void
visit_program(struct dt_net *net, struct dt_link *link, struct visit *visit)
{
	void (*const steps[])(
	    const struct visit *) = { call_data, call_service };
	DICOMNETCALLBACK callbacks;

	visit->call = &callbacks;
	visit->handle = net->handle;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (!dt_net_enter(net, link, &callbacks))
			return;
		show_command_set(net, visit->command);
		steps[i](visit);
		show_command_set(net, NULL);
		dt_net_leave(net);
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

/* Accessors of an event and the cache of its texts; see event.h. */
#include "verify/event.h"

#include "base/buffer.h"
#include "compat/certificate_string.h"
#include "compat/name_print.h"

#include <stdlib.h>

struct text {
	const struct dt_cert *cert;
	char *certificate;
	char *subject;
};

int
dicomtls_event_ok(const struct dicomtls_event *event)
{
	return event->ok;
}

int
dicomtls_event_depth(const struct dicomtls_event *event)
{
	return event->depth;
}

int
dicomtls_event_error(const struct dicomtls_event *event)
{
	return event->error;
}

void
dicomtls_event_certificate(
    const struct dicomtls_event *event, gnutls_datum_t *der)
{
	/* gnutls_datum_t has no const; nobody writes through it. */
	der->data = (unsigned char *)(uintptr_t)event->cert->der.data;
	der->size = (unsigned)event->cert->der.size;
}

static struct text *
find_text(const struct dicomtls_event *event)
{
	struct dt_array *made = &event->texts->made;
	struct text *text;

	for (size_t i = 0; i < made->count; i++) {
		text = made->items[i];
		if (text->cert == event->cert)
			return text;
	}
	text = calloc(1, sizeof(*text));
	if (text == NULL)
		return NULL;
	text->cert = event->cert;
	if (dt_array_push(made, text) < 0) {
		free(text);
		return NULL;
	}
	return text;
}

const char *
dicomtls_event_certificate_string(const struct dicomtls_event *event)
{
	struct text *text = find_text(event);
	struct dt_buffer out = { 0 };

	if (text == NULL)
		return NULL;
	if (text->certificate == NULL) {
		dt_certificate_string(event->cert, &out);
		text->certificate = dt_buffer_take_text(&out);
	}
	return text->certificate;
}

const char *
dicomtls_event_subject(const struct dicomtls_event *event)
{
	struct text *text = find_text(event);
	struct dt_buffer out = { 0 };

	if (text == NULL)
		return NULL;
	if (text->subject == NULL) {
		dt_name_print(&event->cert->subject, &out);
		text->subject = dt_buffer_take_text(&out);
	}
	return text->subject;
}

void
dt_event_texts_clear(struct dt_event_texts *texts)
{
	for (size_t i = 0; i < texts->made.count; i++) {
		struct text *text = texts->made.items[i];

		free(text->certificate);
		free(text->subject);
		free(text);
	}
	dt_array_clear(&texts->made);
}

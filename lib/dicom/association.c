/*
 * The association as data; see association.h (PS3.8 9.3.2, 9.3.3).
 */
#include "dicom/association.h"

#include "base/limits.h"
#include "dicom/user_information.h"

#include "dicomtls.h"

#include <stdlib.h>

void
dt_association_init_empty(struct dt_association *a, bool request)
{
	*a = (struct dt_association){ .request = request };
}

void
dt_association_init(struct dt_association *association, bool request)
{
	dt_association_init_empty(association, request);
	association->version = 1;
	strcpy(association->application, DT_UID_APPLICATION_CONTEXT);
	association->has_max_length = true;
	association->max_length = DT_DEFAULT_MAX_LENGTH;
	association->has_class = true;
	strcpy(association->class_uid, DT_IMPLEMENTATION_CLASS);
	association->has_version_name = true;
	strcpy(association->version_name, DT_IMPLEMENTATION_VERSION);
}

void
dt_association_clear(struct dt_association *association)
{
	for (size_t i = 0; i < association->contexts.count; i++)
		dt_presentation_free(association->contexts.items[i]);
	dt_array_clear(&association->contexts);
	dt_user_items_clear(association);
	dt_association_init_empty(association, association->request);
}

static int
add_copy(struct dt_association *association, const struct dt_presentation *from)
{
	struct dt_presentation *copy = dt_presentation_copy(from);
	int rc = DICOMTLS_E_NOMEM;

	if (copy != NULL)
		rc = dt_array_push(&association->contexts, copy);
	if (rc < 0)
		dt_presentation_free(copy);
	return rc;
}

int
dt_association_copy(
    struct dt_association *copy, const struct dt_association *from)
{
	struct dt_association made = *from;

	int rc;

	made.contexts = (struct dt_array){ 0 };
	made.items = (struct dt_array){ 0 };
	rc = dt_user_items_copy(&made, from);
	for (size_t i = 0; rc == 0 && i < from->contexts.count; i++)
		rc = add_copy(&made, from->contexts.items[i]);
	if (rc < 0)
		dt_association_clear(&made);
	else
		*copy = made;
	return rc;
}

/* PS3.5 6.2: blanks around an AE title do not count. */
static struct dt_span
strip(struct dt_span text)
{
	while (text.size > 0 && (text.data[text.size - 1] == ' ' ||
				    text.data[text.size - 1] == '\0'))
		text.size--;
	while (text.size > 0 && text.data[0] == ' ')
		text = dt_span(text.data + 1, text.size - 1);
	return text;
}

/* Graphic ASCII without backslash, into a field of max + 1 bytes. */
static int
set_text(char *field, size_t max, struct dt_span text)
{
	text = strip(text);
	if (text.size > max)
		return DICOMTLS_E_LIMIT;
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] < 0x20 || text.data[i] > 0x7e ||
		    text.data[i] == '\\')
			return DICOMTLS_E_FORMAT;
	memcpy(field, text.data, text.size);
	field[text.size] = '\0';
	return 0;
}

int
dt_association_set_title(char *title, struct dt_span text)
{
	return set_text(title, DT_TITLE_MAX, text);
}

int
dt_association_set_version_name(char *name, struct dt_span text)
{
	return set_text(name, DT_VERSION_NAME_MAX, text);
}

int
dt_association_set_uid(char *field, struct dt_span text)
{
	if (!dt_uid_is_valid(text))
		return DICOMTLS_E_FORMAT;
	memcpy(field, text.data, text.size);
	field[text.size] = '\0';
	return 0;
}

struct dt_presentation *
dt_association_at(const struct dt_association *association, size_t index)
{
	if (index >= association->contexts.count)
		return NULL;
	return association->contexts.items[index];
}

static size_t
position(const struct dt_association *association, unsigned id)
{
	size_t i;

	for (i = 0; i < association->contexts.count; i++)
		if (dt_association_at(association, i)->id == id)
			break;
	return i;
}

struct dt_presentation *
dt_association_find(const struct dt_association *association, unsigned id)
{
	return dt_association_at(association, position(association, id));
}

/* Identifiers are odd bytes, each once: that bounds the number of contexts
 * (DT_MAX_CONTEXTS). */
int
dt_association_add(struct dt_association *association, uint8_t id,
    uint8_t result, struct dt_presentation **added)
{
	struct dt_presentation *p;

	if (!dt_presentation_id_is_valid(id) ||
	    dt_association_find(association, id) != NULL)
		return DICOMTLS_E_INVALID;
	p = dt_presentation_new(id, result);
	if (p == NULL || dt_array_push(&association->contexts, p) < 0) {
		dt_presentation_free(p);
		return DICOMTLS_E_NOMEM;
	}
	if (added != NULL)
		*added = p;
	return 0;
}

void
dt_association_remove(struct dt_association *association, unsigned id)
{
	size_t at = position(association, id);

	if (at >= association->contexts.count)
		return;
	dt_presentation_free(association->contexts.items[at]);
	dt_array_remove(&association->contexts, at);
}

bool
dt_association_is_complete_request(const struct dt_association *request)
{
	if (request->called[0] == '\0' || request->calling[0] == '\0' ||
	    request->contexts.count == 0)
		return false;
	for (size_t i = 0; i < request->contexts.count; i++) {
		const struct dt_presentation *p = dt_association_at(request, i);

		if (p->abstract[0] == '\0' ||
		    dt_presentation_transfer_count(p) == 0)
			return false;
	}
	return true;
}

static bool
context_answers(const struct dt_presentation *answer,
    const struct dt_presentation *proposed)
{
	if (proposed == NULL)
		return false;
	if (answer->result != DT_RESULT_ACCEPTANCE)
		return true;
	return dt_presentation_transfer_count(answer) == 1 &&
	       dt_presentation_has_transfer(
		   proposed, dt_presentation_transfer(answer, 0));
}

bool
dt_association_answers(
    const struct dt_association *answer, const struct dt_association *request)
{
	for (size_t i = 0; i < answer->contexts.count; i++) {
		const struct dt_presentation *p = dt_association_at(answer, i);

		if (!context_answers(p, dt_association_find(request, p->id)))
			return false;
	}
	return true;
}

int
dt_association_name_contexts(
    struct dt_association *answer, const struct dt_association *request)
{
	for (size_t i = 0; i < answer->contexts.count; i++) {
		struct dt_presentation *p = dt_association_at(answer, i);
		const struct dt_presentation *proposed =
		    dt_association_find(request, p->id);

		if (proposed != NULL)
			memcpy(p->abstract, proposed->abstract,
			    sizeof(p->abstract));
	}
	return dt_user_information_place(answer);
}

int
dt_association_complete_answer(
    struct dt_association *answer, const struct dt_association *request)
{
	memcpy(answer->called, request->called, sizeof(answer->called));
	memcpy(answer->calling, request->calling, sizeof(answer->calling));
	dt_user_information_limit(answer, request);
	for (size_t i = 0; i < request->contexts.count; i++) {
		uint8_t id = dt_association_at(request, i)->id;

		if (dt_association_find(answer, id) != NULL)
			continue;
		if (dt_association_add(answer, id, DT_RESULT_NO_REASON, NULL) <
		    0)
			return DICOMTLS_E_NOMEM;
	}
	return 0;
}

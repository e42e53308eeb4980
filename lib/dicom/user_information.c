/* User information of associations; see user_information.h. */
#include "dicom/user_information.h"

#include "base/limits.h"
#include "dicom/pdu_item.h"

#include "dicomtls.h"

#include <stdlib.h>

/* Item types (PS3.8 D.1, PS3.7 D.3.3). */
enum {
	ITEM_MAX_LENGTH = 0x51,
	ITEM_CLASS_UID = 0x52,
	ITEM_ASYNC_WINDOW = 0x53,
	ITEM_ROLES = 0x54,
	ITEM_VERSION_NAME = 0x55,
	ITEM_EXTENDED = 0x56
};

#define LONGEST_ITEM 0xffff

bool
dt_user_item_is_special(uint8_t type)
{
	return type >= ITEM_MAX_LENGTH && type <= ITEM_EXTENDED;
}

/* ------------------------------------------------------- items as bytes -- */

static void
free_item(struct dt_user_item *item)
{
	if (item == NULL)
		return;
	dt_buffer_clear(&item->bytes);
	free(item);
}

static struct dt_user_item *
new_item(uint8_t type, struct dt_span bytes)
{
	struct dt_user_item *item = calloc(1, sizeof(*item));

	if (item == NULL)
		return NULL;
	item->type = type;
	if (dt_buffer_append(&item->bytes, bytes.data, bytes.size) == 0)
		return item;
	free_item(item);
	return NULL;
}

int
dt_user_item_add(
    struct dt_association *association, uint8_t type, struct dt_span bytes)
{
	struct dt_user_item *item;

	if (association->items.count >= DT_MAX_USER_ITEMS ||
	    bytes.size > LONGEST_ITEM)
		return DICOMTLS_E_LIMIT;
	item = new_item(type, bytes);
	if (item == NULL || dt_array_push(&association->items, item) < 0) {
		free_item(item);
		return DICOMTLS_E_NOMEM;
	}
	return 0;
}

int
dt_user_item_set(struct dt_association *association, size_t index, uint8_t type,
    struct dt_span bytes)
{
	struct dt_user_item *item;

	if (index >= association->items.count)
		return DICOMTLS_E_INVALID;
	if (bytes.size > LONGEST_ITEM)
		return DICOMTLS_E_LIMIT;
	item = new_item(type, bytes);
	if (item == NULL)
		return DICOMTLS_E_NOMEM;
	free_item(association->items.items[index]);
	association->items.items[index] = item;
	return 0;
}

int
dt_user_item_remove(struct dt_association *association, size_t index)
{
	if (index >= association->items.count)
		return DICOMTLS_E_INVALID;
	free_item(association->items.items[index]);
	dt_array_remove(&association->items, index);
	return 0;
}

const struct dt_user_item *
dt_user_item_at(const struct dt_association *association, size_t index)
{
	if (index >= association->items.count)
		return NULL;
	return association->items.items[index];
}

void
dt_user_items_clear(struct dt_association *association)
{
	for (size_t i = 0; i < association->items.count; i++)
		free_item(association->items.items[i]);
	dt_array_clear(&association->items);
}

int
dt_user_items_copy(
    struct dt_association *copy, const struct dt_association *from)
{
	for (size_t i = 0; i < from->items.count; i++) {
		const struct dt_user_item *item = from->items.items[i];

		if (dt_user_item_add(
			copy, item->type, dt_buffer_span(&item->bytes)) < 0)
			return DICOMTLS_E_NOMEM;
	}
	return 0;
}

/* ------------------------------------------------------------- encoding -- */

static void
put_max_length(const struct dt_association *a, struct dt_buffer *out)
{
	struct dt_buffer part = { 0 };

	dt_buffer_be32(&part, a->max_length);
	dt_pdu_item_put_gathered(out, ITEM_MAX_LENGTH, &part);
}

static void
put_window(const struct dt_association *a, struct dt_buffer *out)
{
	struct dt_buffer part = { 0 };

	dt_buffer_be16(&part, a->invoked);
	dt_buffer_be16(&part, a->performed);
	dt_pdu_item_put_gathered(out, ITEM_ASYNC_WINDOW, &part);
}

static void
put_uid(struct dt_buffer *part, const char *uid)
{
	dt_buffer_be16(part, (uint16_t)strlen(uid));
	dt_buffer_text(part, uid);
}

/* PS3.7 D.3.3.4 */
static void
put_roles(const struct dt_presentation *p, struct dt_buffer *out)
{
	struct dt_buffer part = { 0 };

	put_uid(&part, p->abstract);
	dt_buffer_byte(&part, p->user_role);
	dt_buffer_byte(&part, p->provider_role);
	dt_pdu_item_put_gathered(out, ITEM_ROLES, &part);
}

/* PS3.7 D.3.3.5 */
static void
put_extended(const struct dt_presentation *p, struct dt_buffer *out)
{
	struct dt_span bytes = dt_buffer_span(&p->extended);
	struct dt_buffer part = { 0 };

	put_uid(&part, p->abstract);
	dt_buffer_append(&part, bytes.data, bytes.size);
	dt_pdu_item_put_gathered(out, ITEM_EXTENDED, &part);
}

static bool
has_roles(const struct dt_presentation *p)
{
	return p->has_roles;
}

static bool
has_extended(const struct dt_presentation *p)
{
	return dt_buffer_size(&p->extended) > 0;
}

/* An item for each abstract syntax, not for each context that has it: the
 * first context speaks for all. */
static void
put_by_syntax(const struct dt_association *a, struct dt_buffer *out,
    bool (*has)(const struct dt_presentation *),
    void (*put)(const struct dt_presentation *, struct dt_buffer *))
{
	for (size_t i = 0; i < a->contexts.count; i++) {
		const struct dt_presentation *p = dt_association_at(a, i);
		size_t k = 0;

		if (!has(p) || p->abstract[0] == '\0')
			continue;
		while (k < i && !(has(dt_association_at(a, k)) &&
				    strcmp(dt_association_at(a, k)->abstract,
					p->abstract) == 0))
			k++;
		if (k == i)
			put(p, out);
	}
}

/* In ascending order of types, as PS3.7 D.3.3 asks for. */
void
dt_user_information_put(
    const struct dt_association *association, struct dt_buffer *out)
{
	const struct dt_association *a = association;

	if (a->has_max_length)
		put_max_length(a, out);
	if (a->has_class)
		dt_pdu_item_put_text(out, ITEM_CLASS_UID, a->class_uid);
	if (a->has_window)
		put_window(a, out);
	put_by_syntax(a, out, has_roles, put_roles);
	if (a->has_version_name)
		dt_pdu_item_put_text(out, ITEM_VERSION_NAME, a->version_name);
	put_by_syntax(a, out, has_extended, put_extended);
	for (size_t i = 0; i < a->items.count; i++) {
		const struct dt_user_item *item = a->items.items[i];

		dt_pdu_item_put(out, item->type, dt_buffer_span(&item->bytes));
	}
}

/* ------------------------------------------------------------- decoding -- */

static int
read_max_length(struct dt_association *a, struct dt_span content)
{
	struct dt_reader in = dt_reader(content);

	a->max_length = dt_read_be32(&in);
	a->has_max_length = true;
	return content.size == 4 ? 0 : DICOMTLS_E_FORMAT;
}

/* Implementation identification is for people to read: what is not well
 * formed counts as absent. */
static int
read_class(struct dt_association *a, struct dt_span content)
{
	a->has_class = dt_association_set_uid(
			   a->class_uid, dt_pdu_item_unpadded(content)) == 0;
	return 0;
}

static int
read_version_name(struct dt_association *a, struct dt_span content)
{
	a->has_version_name =
	    dt_association_set_version_name(a->version_name, content) == 0;
	return 0;
}

static int
read_window(struct dt_association *a, struct dt_span content)
{
	struct dt_reader in = dt_reader(content);

	a->invoked = dt_read_be16(&in);
	a->performed = dt_read_be16(&in);
	a->has_window = true;
	return content.size == 4 ? 0 : DICOMTLS_E_FORMAT;
}

static int
read_item(struct dt_association *a, uint8_t type, struct dt_span content)
{
	int rc;

	if (type == ITEM_MAX_LENGTH)
		return read_max_length(a, content);
	if (type == ITEM_CLASS_UID)
		return read_class(a, content);
	if (type == ITEM_VERSION_NAME)
		return read_version_name(a, content);
	if (type == ITEM_ASYNC_WINDOW)
		return read_window(a, content);
	/* Roles and extended negotiation wait here for their contexts. More
	 * than we keep are passed over. */
	rc = dt_user_item_add(a, type, content);
	return rc == DICOMTLS_E_LIMIT ? 0 : rc;
}

int
dt_user_information_read(
    struct dt_association *association, struct dt_span content)
{
	struct dt_reader in = dt_reader(content);
	struct dt_span item;
	uint8_t type;
	int rc = 0;

	while (rc == 0 && dt_pdu_item_next(&in, &type, &item))
		rc = read_item(association, type, item);
	return rc == 0 && dt_reader_failed(&in) ? DICOMTLS_E_FORMAT : rc;
}

/* ------------------------------------------------------ between the two -- */

static bool
is_named(const struct dt_presentation *p, struct dt_span uid)
{
	return dt_span_equal(dt_span(p->abstract, strlen(p->abstract)), uid);
}

static int
give(struct dt_presentation *p, uint8_t type, struct dt_span rest)
{
	if (type == ITEM_EXTENDED) {
		dt_buffer_clear(&p->extended);
		return dt_buffer_append(&p->extended, rest.data, rest.size);
	}
	if (rest.size != 2)
		return 0;
	p->has_roles = true;
	p->user_role = rest.data[0] != 0;
	p->provider_role = rest.data[1] != 0;
	return 0;
}

static size_t
extended_size(const struct dt_association *a)
{
	size_t sum = 0;

	for (size_t i = 0; i < a->contexts.count; i++)
		sum += dt_buffer_size(&dt_association_at(a, i)->extended);
	return sum;
}

/* Each context gets a copy of its own. */
static int
give_all(struct dt_association *a, uint8_t type, struct dt_span uid,
    struct dt_span rest)
{
	size_t kept = extended_size(a);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < a->contexts.count; i++) {
		struct dt_presentation *p = dt_association_at(a, i);

		if (!is_named(p, uid))
			continue;
		kept -= dt_buffer_size(&p->extended);
		kept += rest.size;
		rc = type == ITEM_EXTENDED && kept > DT_MAX_EXTENDED
			 ? DICOMTLS_E_LIMIT
			 : give(p, type, rest);
	}
	return rc;
}

/* One that is not well formed names no context. */
static int
place(struct dt_association *a, const struct dt_user_item *item)
{
	struct dt_reader in = dt_reader(dt_buffer_span(&item->bytes));
	struct dt_span uid = dt_read_span(&in, dt_read_be16(&in));
	struct dt_span rest = dt_read_span(&in, dt_reader_left(&in));

	if (dt_reader_failed(&in))
		return 0;
	return give_all(a, item->type, dt_pdu_item_unpadded(uid), rest);
}

int
dt_user_information_place(struct dt_association *association)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < association->items.count;) {
		const struct dt_user_item *item = association->items.items[i];

		if (item->type == ITEM_ROLES || item->type == ITEM_EXTENDED) {
			rc = place(association, item);
			dt_user_item_remove(association, i);
		} else {
			i++;
		}
	}
	return rc;
}

/* 0 is any number. */
static uint16_t
smaller(uint16_t a, uint16_t b)
{
	if (a == 0 || b == 0)
		return a == 0 ? b : a;
	return a < b ? a : b;
}

static void
limit_context(
    struct dt_presentation *answer, const struct dt_presentation *proposed)
{
	answer->has_roles = answer->has_roles && proposed->has_roles;
	answer->user_role = answer->user_role && proposed->user_role;
	answer->provider_role =
	    answer->provider_role && proposed->provider_role;
	if (!has_extended(proposed))
		dt_buffer_clear(&answer->extended);
}

void
dt_user_information_limit(
    struct dt_association *answer, const struct dt_association *request)
{
	answer->has_window = answer->has_window && request->has_window;
	answer->invoked = smaller(answer->invoked, request->invoked);
	answer->performed = smaller(answer->performed, request->performed);
	for (size_t i = 0; i < answer->contexts.count; i++) {
		struct dt_presentation *p = dt_association_at(answer, i);
		const struct dt_presentation *proposed =
		    dt_association_find(request, p->id);

		if (proposed != NULL)
			limit_context(p, proposed);
	}
}

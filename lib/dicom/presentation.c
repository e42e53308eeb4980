/*
 * Presentation contexts; see presentation.h (PS3.8 9.3.2.2, UIDs PS3.5 9.1).
 */
#include "dicom/presentation.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <stdlib.h>

bool
dt_uid_is_valid(struct dt_span text)
{
	uint8_t before = '.';

	if (text.size == 0 || text.size > DT_UID_MAX)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		uint8_t c = text.data[i];

		if (c == '.' ? before == '.' : c < '0' || c > '9')
			return false;
		before = c;
	}
	return before != '.';
}

bool
dt_presentation_id_is_valid(unsigned id)
{
	return id <= 255 && id % 2 == 1;
}

struct dt_presentation *
dt_presentation_new(uint8_t id, uint8_t result)
{
	struct dt_presentation *p = calloc(1, sizeof(*p));

	if (p != NULL) {
		p->id = id;
		p->result = result;
	}
	return p;
}

void
dt_presentation_free(struct dt_presentation *presentation)
{
	if (presentation == NULL)
		return;
	for (size_t i = 0; i < presentation->transfers.count; i++)
		free(presentation->transfers.items[i]);
	dt_array_clear(&presentation->transfers);
	dt_buffer_clear(&presentation->extended);
	free(presentation);
}

size_t
dt_presentation_transfer_count(const struct dt_presentation *p)
{
	return p->transfers.count;
}

const char *
dt_presentation_transfer(const struct dt_presentation *p, size_t index)
{
	return index < p->transfers.count ? p->transfers.items[index] : NULL;
}

/* Where a transfer syntax is; the count if it is not there. */
static size_t
find_transfer(const struct dt_presentation *p, struct dt_span uid)
{
	size_t i;

	for (i = 0; i < p->transfers.count; i++) {
		const char *text = p->transfers.items[i];

		if (dt_span_equal(dt_span(text, strlen(text)), uid))
			break;
	}
	return i;
}

bool
dt_presentation_has_transfer(const struct dt_presentation *p, const char *uid)
{
	return find_transfer(p, dt_span(uid, strlen(uid))) < p->transfers.count;
}

int
dt_presentation_set_abstract(struct dt_presentation *p, struct dt_span uid)
{
	if (!dt_uid_is_valid(uid))
		return DICOMTLS_E_FORMAT;
	memcpy(p->abstract, uid.data, uid.size);
	p->abstract[uid.size] = '\0';
	return 0;
}

static char *
copy_text(struct dt_span text)
{
	return strndup((const char *)text.data, text.size);
}

int
dt_presentation_add_transfer(struct dt_presentation *p, struct dt_span uid)
{
	char *text;
	int rc;

	if (!dt_uid_is_valid(uid))
		return DICOMTLS_E_FORMAT;
	if (find_transfer(p, uid) < p->transfers.count ||
	    p->transfers.count >= DT_MAX_TRANSFER_SYNTAXES)
		return DICOMTLS_E_LIMIT;
	text = copy_text(uid);
	if (text == NULL)
		return DICOMTLS_E_NOMEM;
	rc = dt_array_push(&p->transfers, text);
	if (rc < 0)
		free(text);
	return rc;
}

int
dt_presentation_set_transfer(
    struct dt_presentation *p, size_t index, struct dt_span uid)
{
	size_t at = find_transfer(p, uid);
	char *text;

	if (index >= p->transfers.count)
		return DICOMTLS_E_INVALID;
	if (!dt_uid_is_valid(uid))
		return DICOMTLS_E_FORMAT;
	if (at < p->transfers.count)
		return at == index ? 0 : DICOMTLS_E_LIMIT;
	text = copy_text(uid);
	if (text == NULL)
		return DICOMTLS_E_NOMEM;
	free(p->transfers.items[index]);
	p->transfers.items[index] = text;
	return 0;
}

int
dt_presentation_remove_transfer(struct dt_presentation *p, size_t index)
{
	if (index >= p->transfers.count)
		return DICOMTLS_E_INVALID;
	free(p->transfers.items[index]);
	dt_array_remove(&p->transfers, index);
	return 0;
}

struct dt_presentation *
dt_presentation_copy(const struct dt_presentation *presentation)
{
	struct dt_presentation *copy =
	    dt_presentation_new(presentation->id, presentation->result);
	struct dt_span extended = dt_buffer_span(&presentation->extended);

	if (copy == NULL)
		return NULL;
	memcpy(copy->abstract, presentation->abstract, sizeof(copy->abstract));
	copy->has_roles = presentation->has_roles;
	copy->user_role = presentation->user_role;
	copy->provider_role = presentation->provider_role;
	if (dt_buffer_append(&copy->extended, extended.data, extended.size) <
	    0) {
		dt_presentation_free(copy);
		return NULL;
	}
	for (size_t i = 0; i < presentation->transfers.count; i++) {
		const char *uid = presentation->transfers.items[i];

		if (dt_presentation_add_transfer(
			copy, dt_span(uid, strlen(uid))) < 0) {
			dt_presentation_free(copy);
			return NULL;
		}
	}
	return copy;
}

/* The queue of PDUs and data sets to send; see outgoing.h. */
#include "ltdic/outgoing.h"

#include "base/limits.h"
#include "dicom/pdu.h"

#include "dicomtls.h"

#include <pthread.h>
#include <stdlib.h>

/* One thing to send: a PDU, or a data set of which the rest is to be sent. */
struct part {
	struct part *next;
	uint8_t type;
	bool is_data;
	struct dt_buffer pdu;
	struct dt_data_cutter cutter;
	uint64_t pdus; /* that it still counts for */
};

struct dt_outgoing {
	pthread_mutex_t lock; /* the list and what it counts */
	struct part *first;
	struct part **last;
	size_t parts;
	uint64_t pdus;
	bool aborted;  /* an A-ABORT is in the list */
	bool skipping; /* everything before it is dropped; loop thread */
};

static void
free_part(struct part *part)
{
	if (part == NULL)
		return;
	if (part->is_data)
		dt_data_cutter_clear(&part->cutter);
	dt_buffer_clear(&part->pdu);
	free(part);
}

struct dt_outgoing *
dt_outgoing_new(void)
{
	struct dt_outgoing *outgoing = calloc(1, sizeof(*outgoing));

	if (outgoing == NULL)
		return NULL;
	outgoing->last = &outgoing->first;
	pthread_mutex_init(&outgoing->lock, NULL);
	return outgoing;
}

void
dt_outgoing_free(struct dt_outgoing *outgoing)
{
	if (outgoing == NULL)
		return;
	while (outgoing->first != NULL) {
		struct part *part = outgoing->first;

		outgoing->first = part->next;
		free_part(part);
	}
	pthread_mutex_destroy(&outgoing->lock);
	free(outgoing);
}

static void
put_part(struct dt_outgoing *outgoing, struct part *part)
{
	pthread_mutex_lock(&outgoing->lock);
	*outgoing->last = part;
	outgoing->last = &part->next;
	outgoing->parts++;
	outgoing->pdus += part->pdus;
	outgoing->aborted |= part->type == DT_PDU_ABORT;
	pthread_mutex_unlock(&outgoing->lock);
}

int
dt_outgoing_put(struct dt_outgoing *outgoing, uint8_t type, struct dt_span pdu)
{
	struct part *part = calloc(1, sizeof(*part));

	if (part == NULL || dt_buffer_append(&part->pdu, pdu.data, pdu.size)) {
		free_part(part);
		return DICOMTLS_E_NOMEM;
	}
	part->type = type;
	part->pdus = 1;
	put_part(outgoing, part);
	return 0;
}

int
dt_outgoing_put_data(struct dt_outgoing *outgoing, uint8_t context,
    uint32_t max_length, const struct dt_data_source *source)
{
	struct part *part = calloc(1, sizeof(*part));

	if (part == NULL) {
		if (source->close != NULL)
			source->close(source->arg);
		return DICOMTLS_E_NOMEM;
	}
	part->type = DT_PDU_DATA_TF;
	part->is_data = true;
	dt_data_cutter_init(&part->cutter, context, max_length, source);
	part->pdus = dt_data_cutter_count(&part->cutter);
	put_part(outgoing, part);
	return 0;
}

/* The first part that is to be sent, left in the list: only this thread takes
 * parts away, others add to the end. */
static struct part *
head_part(struct dt_outgoing *outgoing)
{
	struct part *part;

	pthread_mutex_lock(&outgoing->lock);
	part = outgoing->first;
	if (part != NULL && part->is_data && outgoing->aborted)
		outgoing->skipping = true;
	pthread_mutex_unlock(&outgoing->lock);
	return part;
}

/* pdus of it were made and are counted until they are sent. */
static void
remove_head(struct dt_outgoing *outgoing, uint64_t made)
{
	struct part *part = outgoing->first;

	pthread_mutex_lock(&outgoing->lock);
	outgoing->first = part->next;
	if (outgoing->first == NULL)
		outgoing->last = &outgoing->first;
	outgoing->parts--;
	outgoing->pdus = outgoing->pdus - part->pdus + made;
	pthread_mutex_unlock(&outgoing->lock);
	free_part(part);
}

/* No lock is held while the source is read. */
static int
next_of_data(
    struct dt_outgoing *outgoing, struct part *part, struct dt_buffer *pdu)
{
	int more = dt_data_cutter_next(&part->cutter, pdu);

	if (more < 0) {
		remove_head(outgoing, 0);
		return more;
	}
	if (more == 0) {
		remove_head(outgoing, 1);
		return 1;
	}
	pthread_mutex_lock(&outgoing->lock);
	outgoing->pdus -= part->pdus;
	part->pdus = dt_data_cutter_count(&part->cutter);
	outgoing->pdus += part->pdus + 1;
	pthread_mutex_unlock(&outgoing->lock);
	return 1;
}

int
dt_outgoing_next(
    struct dt_outgoing *outgoing, struct dt_buffer *pdu, uint8_t *type)
{
	struct part *part;

	while ((part = head_part(outgoing)) != NULL) {
		if (outgoing->skipping && part->type != DT_PDU_ABORT) {
			remove_head(outgoing, 0);
			continue;
		}
		*type = part->type;
		if (part->is_data)
			return next_of_data(outgoing, part, pdu);
		dt_buffer_clear(pdu);
		*pdu = part->pdu;
		part->pdu = (struct dt_buffer){ 0 };
		remove_head(outgoing, 1);
		return 1;
	}
	return 0;
}

void
dt_outgoing_sent(struct dt_outgoing *outgoing)
{
	pthread_mutex_lock(&outgoing->lock);
	outgoing->pdus--;
	pthread_mutex_unlock(&outgoing->lock);
}

uint64_t
dt_outgoing_count(struct dt_outgoing *outgoing)
{
	uint64_t pdus;

	pthread_mutex_lock(&outgoing->lock);
	pdus = outgoing->pdus;
	pthread_mutex_unlock(&outgoing->lock);
	return pdus;
}

static size_t
count_parts(struct dt_outgoing *outgoing)
{
	size_t parts;

	pthread_mutex_lock(&outgoing->lock);
	parts = outgoing->parts;
	pthread_mutex_unlock(&outgoing->lock);
	return parts;
}

bool
dt_outgoing_is_empty(struct dt_outgoing *outgoing)
{
	return count_parts(outgoing) == 0;
}

bool
dt_outgoing_is_full(struct dt_outgoing *outgoing)
{
	return count_parts(outgoing) >= DT_MAX_WAITING;
}

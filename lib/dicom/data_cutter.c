/* Data sets on their way into PDUs; see data_cutter.h. */
#include "dicom/data_cutter.h"

#include "dicom/pdu.h"

#include "dicomtls.h"

void
dt_data_cutter_init(struct dt_data_cutter *cutter, uint8_t context,
    uint32_t max_length, const struct dt_data_source *source)
{
	*cutter = (struct dt_data_cutter){
		.source = *source,
		.context = context,
		.most = dt_dimse_fragment_size(max_length),
		.left = source->size,
	};
}

void
dt_data_cutter_clear(struct dt_data_cutter *cutter)
{
	if (cutter->source.close != NULL)
		cutter->source.close(cutter->source.arg);
	cutter->source.close = NULL;
}

uint64_t
dt_data_cutter_count(const struct dt_data_cutter *cutter)
{
	if (cutter->left == DT_SIZE_UNKNOWN || cutter->left == 0)
		return 1;
	return (cutter->left - 1) / cutter->most + 1;
}

/* Fills room octets, or as many as there are. */
static int
read_all(struct dt_data_cutter *cutter, uint8_t *octets, size_t *size)
{
	size_t room = *size;
	size_t have = 0;
	int rc = 0;

	if (cutter->has_ahead && room > 0)
		octets[have++] = cutter->ahead;
	cutter->has_ahead = false;
	while (have < room) {
		size_t more = room - have;

		rc = cutter->source.read(
		    cutter->source.arg, octets + have, &more);
		if (rc < 0 || more == 0)
			break;
		have += more;
	}
	*size = have;
	return rc;
}

/* A look beyond what was read. */
static int
is_at_end(struct dt_data_cutter *cutter, bool *end)
{
	size_t size = 1;
	int rc = read_all(cutter, &cutter->ahead, &size);

	cutter->has_ahead = size == 1;
	*end = size == 0;
	return rc;
}

/* Octets of the data set behind the header; *last as the PDU has to say it. */
static int
fill(struct dt_data_cutter *cutter, uint8_t *octets, size_t *size, bool *last)
{
	bool sized = cutter->left != DT_SIZE_UNKNOWN;
	size_t want = cutter->most;
	bool end;
	int rc;

	if (sized && cutter->left < want)
		want = (size_t)cutter->left;
	*size = want;
	rc = read_all(cutter, octets, size);
	if (rc == 0 && sized && *size < want)
		rc = DICOMTLS_E_IO;
	if (rc < 0)
		return rc;
	if (sized)
		cutter->left -= want;
	*last = sized && cutter->left == 0;
	if (sized && !*last)
		return 0;
	rc = is_at_end(cutter, &end);
	if (rc == 0 && sized && !end)
		rc = DICOMTLS_E_IO;
	*last = end;
	return rc;
}

int
dt_data_cutter_next(struct dt_data_cutter *cutter, struct dt_buffer *pdu)
{
	uint8_t *at =
	    dt_buffer_reserve(pdu, DT_PDU_DATA_OVERHEAD + cutter->most);
	bool last = false;
	size_t size;
	int rc;

	if (at == NULL)
		return DICOMTLS_E_NOMEM;
	rc = fill(cutter, at + DT_PDU_DATA_OVERHEAD, &size, &last);
	if (rc < 0)
		return rc;
	dt_pdu_data_header(
	    at, &(struct dt_pdv){ .context = cutter->context,
		    .last = last,
		    .bytes = dt_span(at + DT_PDU_DATA_OVERHEAD, size) });
	dt_buffer_commit(pdu, DT_PDU_DATA_OVERHEAD + size);
	return last ? 0 : 1;
}

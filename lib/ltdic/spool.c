/* Data sets on their way into an HDICOMDS; see spool.h. */
#include "ltdic/spool.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct dt_spool {
	const char *folder;
	struct dt_buffer bytes; /* while there is no file */
	int fd;			/* -1: none yet */
	uint64_t size;
};

struct dt_spool *
dt_spool_new(const char *folder)
{
	struct dt_spool *spool = calloc(1, sizeof(*spool));

	if (spool == NULL)
		return NULL;
	spool->folder = folder;
	spool->fd = -1;
	return spool;
}

void
dt_spool_free(struct dt_spool *spool)
{
	if (spool == NULL)
		return;
	dt_buffer_clear(&spool->bytes);
	if (spool->fd >= 0)
		close(spool->fd);
	free(spool);
}

/* Where the file system cannot make a file without a name, one with a name is
 * made and the name taken away at once. */
static int
open_nameless(const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	char *name;

	if (fd >= 0 || asprintf(&name, "%s/dicomtls-XXXXXX", folder) < 0)
		return fd;
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	free(name);
	return fd;
}

/* What was kept in memory so far goes first. */
static int
move_to_file(struct dt_spool *spool)
{
	int rc;

	spool->fd = open_nameless(spool->folder);
	if (spool->fd < 0)
		return DICOMTLS_E_IO;
	rc = dt_octets_write(spool->fd, dt_buffer_span(&spool->bytes));
	dt_buffer_clear(&spool->bytes);
	return rc;
}

int
dt_spool_put(struct dt_spool *spool, struct dt_span octets)
{
	int rc = 0;

	if (octets.size > DT_MAX_DATA_SET - spool->size)
		return DICOMTLS_E_LIMIT;
	spool->size += octets.size;
	if (spool->fd < 0 && spool->size <= DT_MAX_DATA_IN_MEMORY)
		return dt_buffer_append(
		    &spool->bytes, octets.data, octets.size);
	if (spool->fd < 0)
		rc = move_to_file(spool);
	return rc < 0 ? rc : dt_octets_write(spool->fd, octets);
}

struct dt_content *
dt_spool_take(struct dt_spool *spool)
{
	struct dt_content *content;

	if (spool->fd < 0)
		content = dt_content_of_buffer(&spool->bytes);
	else
		content = dt_content_of_file(spool->fd, 0, spool->size);
	spool->fd = -1;
	dt_spool_free(spool);
	return content;
}

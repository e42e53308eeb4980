/* Octets of a data set in memory or in a file; see content.h. */
#include "ltdic/content.h"

#include "dicomtls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct dt_content {
	atomic_uint refs;
	struct dt_buffer bytes;
	int fd; /* -1: in memory */
	uint64_t offset;
	uint64_t size;
};

static struct dt_content *
new_content(void)
{
	struct dt_content *content = calloc(1, sizeof(*content));

	if (content == NULL)
		return NULL;
	atomic_init(&content->refs, 1);
	content->fd = -1;
	return content;
}

struct dt_content *
dt_content_of_buffer(struct dt_buffer *buffer)
{
	struct dt_content *content = new_content();

	if (content == NULL) {
		dt_buffer_clear(buffer);
		return NULL;
	}
	content->bytes = *buffer;
	content->size = dt_buffer_size(buffer);
	*buffer = (struct dt_buffer){ 0 };
	return content;
}

struct dt_content *
dt_content_of_file(int fd, uint64_t offset, uint64_t size)
{
	struct dt_content *content = new_content();

	if (content == NULL) {
		close(fd);
		return NULL;
	}
	content->fd = fd;
	content->offset = offset;
	content->size = size;
	/* A hint; where it is not taken reading is slower, not wrong. */
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return content;
}

void
dt_content_skip(struct dt_content *content, uint64_t size)
{
	content->offset += size;
	content->size -= size;
}

struct dt_content *
dt_content_ref(struct dt_content *content)
{
	if (content != NULL)
		atomic_fetch_add(&content->refs, 1);
	return content;
}

void
dt_content_unref(struct dt_content *content)
{
	if (content == NULL || atomic_fetch_sub(&content->refs, 1) != 1)
		return;
	dt_buffer_clear(&content->bytes);
	if (content->fd >= 0)
		close(content->fd);
	free(content);
}

uint64_t
dt_content_size(const struct dt_content *content)
{
	return content->size;
}

struct dt_span
dt_content_span(const struct dt_content *content)
{
	return content->fd < 0 ? dt_buffer_span(&content->bytes)
			       : dt_span(NULL, 0);
}

int
dt_content_read(const struct dt_content *content, uint64_t at, uint8_t *octets,
    size_t *size)
{
	uint64_t left = at < content->size ? content->size - at : 0;
	size_t want = *size < left ? *size : (size_t)left;
	ssize_t n;

	if (content->fd < 0) {
		memcpy(octets, dt_buffer_span(&content->bytes).data + at, want);
		*size = want;
		return 0;
	}
	do
		n = pread(
		    content->fd, octets, want, (off_t)(content->offset + at));
	while (n < 0 && errno == EINTR);
	if (n < 0 || (n == 0 && want > 0))
		return DICOMTLS_E_IO;
	*size = (size_t)n;
	return 0;
}

int
dt_content_copy(const struct dt_content *content, struct dt_buffer *out)
{
	uint8_t *at;
	size_t have = 0;

	if (content->size > SIZE_MAX / 4)
		return DICOMTLS_E_NOMEM;
	at = dt_buffer_reserve(out, (size_t)content->size);
	if (at == NULL)
		return DICOMTLS_E_NOMEM;
	while (have < content->size) {
		size_t more = (size_t)content->size - have;
		int rc = dt_content_read(content, have, at + have, &more);

		if (rc < 0)
			return rc;
		have += more;
	}
	dt_buffer_commit(out, have);
	return 0;
}

int
dt_octets_write(int fd, struct dt_span octets)
{
	while (octets.size > 0) {
		ssize_t n = write(fd, octets.data, octets.size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return DICOMTLS_E_IO;
		octets = dt_span_tail(octets, (size_t)n);
	}
	return 0;
}

struct cursor {
	struct dt_content *content;
	uint64_t at;
};

static int
read_on(void *arg, uint8_t *octets, size_t *size)
{
	struct cursor *cursor = arg;
	int rc = dt_content_read(cursor->content, cursor->at, octets, size);

	if (rc == 0)
		cursor->at += *size;
	return rc;
}

static void
close_cursor(void *arg)
{
	struct cursor *cursor = arg;

	dt_content_unref(cursor->content);
	free(cursor);
}

int
dt_content_source(struct dt_content *content, struct dt_data_source *source)
{
	struct cursor *cursor = calloc(1, sizeof(*cursor));

	if (cursor == NULL)
		return DICOMTLS_E_NOMEM;
	cursor->content = dt_content_ref(content);
	*source = (struct dt_data_source){
		.size = content->size,
		.read = read_on,
		.close = close_cursor,
		.arg = cursor,
	};
	return 0;
}

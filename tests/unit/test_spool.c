/* Data sets that are kept, and what holds them afterwards (content.h). */
#include "ltdic/spool.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file system that makes no file without a name, as NFS. */
static bool names_only;

int __real_open(const char *name, int flags, ...);
int __wrap_open(const char *name, int flags, ...);
int
__wrap_open(const char *name, int flags, ...)
{
	va_list rest;
	mode_t mode;

	if (names_only && (flags & O_TMPFILE) == O_TMPFILE) {
		errno = EOPNOTSUPP;
		return -1;
	}
	va_start(rest, flags);
	mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE
		   ? va_arg(rest, mode_t)
		   : 0;
	va_end(rest);
	return __real_open(name, flags, mode);
}

/* Writes and reads of files are interrupted every other time, and do half. */
static bool by_halves;
static unsigned interrupted;

static size_t
granted(size_t size)
{
	if (!by_halves)
		return size;
	errno = EINTR;
	return ++interrupted % 2 == 1 ? 0 : (size + 1) / 2;
}

ssize_t __real_write(int fd, const void *octets, size_t size);
ssize_t __wrap_write(int fd, const void *octets, size_t size);
ssize_t
__wrap_write(int fd, const void *octets, size_t size)
{
	size_t n = granted(size);

	return n == 0 && size > 0 ? -1 : __real_write(fd, octets, n);
}

ssize_t __real_pread(int fd, void *octets, size_t size, off_t at);
ssize_t __wrap_pread(int fd, void *octets, size_t size, off_t at);
ssize_t
__wrap_pread(int fd, void *octets, size_t size, off_t at)
{
	size_t n = granted(size);

	return n == 0 && size > 0 ? -1 : __real_pread(fd, octets, n, at);
}

/* Puts size octets 0, 1, 2 ... in pieces. */
static struct dt_content *
keep(size_t size, size_t piece)
{
	struct dt_spool *spool = dt_spool_new(P_tmpdir);
	uint8_t octets[4096];

	cr_assert_not_null(spool);
	for (size_t at = 0; at < size; at += piece) {
		size_t n = size - at < piece ? size - at : piece;

		for (size_t i = 0; i < n; i++)
			octets[i] = (uint8_t)(at + i);
		cr_assert_eq(dt_spool_put(spool, dt_span(octets, n)), 0);
	}
	return dt_spool_take(spool);
}

static void
expect_octets(struct dt_content *content, size_t size)
{
	struct dt_buffer copy = { 0 };
	struct dt_span bytes;

	cr_assert_not_null(content);
	cr_expect_eq(dt_content_size(content), size);
	cr_assert_eq(dt_content_copy(content, &copy), 0);
	bytes = dt_buffer_span(&copy);
	cr_assert_eq(bytes.size, size);
	for (size_t i = 0; i < size; i++)
		cr_assert_eq(bytes.data[i], (uint8_t)i);
	dt_buffer_clear(&copy);
}

Test(spool, short_data_set_stays_in_memory)
{
	struct dt_content *content = keep(DT_MAX_DATA_IN_MEMORY, 4096);

	cr_expect(dt_span_is_set(dt_content_span(content)));
	expect_octets(content, DT_MAX_DATA_IN_MEMORY);
	dt_content_unref(content);
}

Test(spool, long_data_set_goes_to_a_file_without_a_name)
{
	struct dt_content *content = keep(3 * DT_MAX_DATA_IN_MEMORY + 5, 4001);

	cr_expect_not(dt_span_is_set(dt_content_span(content)));
	expect_octets(content, 3 * DT_MAX_DATA_IN_MEMORY + 5);
	dt_content_unref(content);
}

/* write(2), read(2): a signal may come, and less may be done than asked. */
Test(spool, file_that_is_written_and_read_by_halves_is_whole)
{
	struct dt_content *content;

	by_halves = true;
	content = keep(3 * DT_MAX_DATA_IN_MEMORY + 5, 4001);
	expect_octets(content, 3 * DT_MAX_DATA_IN_MEMORY + 5);
	by_halves = false;
	cr_expect_gt(interrupted, 0);
	dt_content_unref(content);
}

Test(spool, nothing_is_an_empty_data_set)
{
	struct dt_content *content = keep(0, 1);

	expect_octets(content, 0);
	dt_content_unref(content);
}

Test(spool, folder_that_is_not_there_is_an_error)
{
	struct dt_spool *spool = dt_spool_new("/dev/null/nowhere");
	static const uint8_t octets[4096];
	size_t kept = 0;
	int rc = 0;

	while (rc == 0 && kept <= 2 * DT_MAX_DATA_IN_MEMORY) {
		rc = dt_spool_put(spool, dt_span(octets, sizeof(octets)));
		kept += sizeof(octets);
	}
	cr_expect_eq(rc, DICOMTLS_E_IO);
	cr_expect_eq(kept, DT_MAX_DATA_IN_MEMORY + sizeof(octets));
	dt_spool_free(spool);
}

Test(content, source_reads_all_and_keeps_the_content)
{
	struct dt_content *content = keep(3 * DT_MAX_DATA_IN_MEMORY, 4096);
	struct dt_data_source source;
	uint8_t octets[1000];
	size_t at = 0;

	cr_assert_eq(dt_content_source(content, &source), 0);
	dt_content_unref(content);
	cr_expect_eq(source.size, 3 * DT_MAX_DATA_IN_MEMORY);
	for (;;) {
		size_t size = sizeof(octets);

		cr_assert_eq(source.read(source.arg, octets, &size), 0);
		if (size == 0)
			break;
		for (size_t i = 0; i < size; i++)
			cr_assert_eq(octets[i], (uint8_t)at++);
	}
	cr_expect_eq(at, source.size);
	source.close(source.arg);
}

Test(content, file_that_became_shorter_is_an_error)
{
	char name[] = "/tmp/dicomtls-test-XXXXXX";
	int fd = mkstemp(name);
	struct dt_content *content;
	uint8_t octets[100];
	size_t size = sizeof(octets);

	cr_assert_geq(fd, 0);
	unlink(name);
	cr_assert_eq(ftruncate(fd, 50), 0);
	content = dt_content_of_file(fd, 0, 200);
	cr_expect_eq(dt_content_read(content, 0, octets, &size), 0);
	cr_expect_eq(size, 50);
	size = sizeof(octets);
	cr_expect_eq(
	    dt_content_read(content, 50, octets, &size), DICOMTLS_E_IO);
	size = sizeof(octets);
	cr_expect_eq(dt_content_read(content, 200, octets, &size), 0);
	cr_expect_eq(size, 0, "the end is none");
	dt_content_unref(content);
}

/* The system's answer for a disk that is full. */
Test(spool, file_that_takes_no_more_is_an_error)
{
	struct dt_spool *spool = dt_spool_new(P_tmpdir);
	static const uint8_t octets[4096];
	struct rlimit limit;
	size_t taken = 0;
	int rc = 0;

	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = 2 * DT_MAX_DATA_IN_MEMORY + 100;
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	while (rc == 0 && taken < 4 * DT_MAX_DATA_IN_MEMORY) {
		rc = dt_spool_put(spool, dt_span(octets, sizeof(octets)));
		taken += sizeof(octets);
	}
	cr_expect_eq(rc, DICOMTLS_E_IO);
	cr_expect_gt(taken, limit.rlim_cur);
	cr_expect_leq(taken, limit.rlim_cur + sizeof(octets));
	dt_spool_free(spool);
}

Test(spool, file_that_has_to_have_a_name_loses_it)
{
	char folder[] = "/tmp/dicomtls-spool-XXXXXX";
	struct dt_spool *spool;
	struct dt_content *content;
	static uint8_t octets[DT_MAX_DATA_IN_MEMORY + 1];

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)i;
	cr_assert_not_null(mkdtemp(folder));
	names_only = true;
	spool = dt_spool_new(folder);
	cr_expect_eq(dt_spool_put(spool, dt_span(octets, sizeof(octets))), 0);
	cr_expect_eq(rmdir(folder), 0, "nothing is in the folder");
	content = dt_spool_take(spool);
	cr_expect_not(dt_span_is_set(dt_content_span(content)));
	expect_octets(content, sizeof(octets));
	dt_content_unref(content);
}

/* dt_spool_put does not look at what it refuses. */
Test(spool, more_than_a_data_set_may_have_is_refused)
{
	struct dt_spool *spool = dt_spool_new(P_tmpdir);
	static const uint8_t octets[2];

	cr_expect_eq(
	    dt_spool_put(spool, dt_span(octets, (size_t)DT_MAX_DATA_SET + 1)),
	    DICOMTLS_E_LIMIT);
	cr_expect_eq(dt_spool_put(spool, dt_span(octets, 2)), 0);
	cr_expect_eq(
	    dt_spool_put(spool, dt_span(octets, (size_t)DT_MAX_DATA_SET - 1)),
	    DICOMTLS_E_LIMIT);
	dt_spool_free(spool);
	dt_spool_free(NULL);
}

/* Before memory is asked for: no machine has an address for each octet. */
Test(content, file_longer_than_memory_could_be_is_not_copied)
{
	struct dt_content *content =
	    dt_content_of_file(open("/dev/null", O_RDONLY), 0, SIZE_MAX / 2);
	struct dt_buffer copy = { 0 };

	cr_expect_eq(dt_content_copy(content, &copy), DICOMTLS_E_NOMEM);
	cr_expect_eq(dt_buffer_size(&copy), 0);
	dt_content_unref(content);
	dt_content_unref(NULL);
	cr_expect_null(dt_content_ref(NULL));
}

/* Data sets that are kept, and what holds them afterwards (content.h). */
#include "ltdic/spool.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

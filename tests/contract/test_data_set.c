/* Data sets of the program's own, and their files: what they hold, what they
 * refuse, and what becomes of them when a file does not do as it should. */
#include "ltdic.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE 300000u

static HDICOMDS set;
static char folder[] = "/tmp/dicomtls-set-XXXXXX";
static char file[64], other[64];
static L_UCHAR octets[SIZE];

static L_TCHAR *
str(const char *s)
{
	union {
		const char *in;
		L_TCHAR *out;
	} u = { s };

	return u.out;
}

static void
create(void)
{
	cr_assert_not_null(mkdtemp(folder));
	snprintf(file, sizeof(file), "%s/file.dcm", folder);
	snprintf(other, sizeof(other), "%s/other.dcm", folder);
	for (size_t i = 0; i < SIZE; i++)
		octets[i] = (L_UCHAR)(i * 7 + i / 256);
	set = L_DicomCreateDS(NULL);
	cr_assert_not_null(set);
	L_DicomSetEncodedDS(set, octets, SIZE);
	L_DicomSetTransferSyntaxDS(set, str(UID_EXPLICIT_VR_LITTLE_ENDIAN));
	L_DicomSetIdentityDS(
	    set, str("1.2.840.10008.5.1.4.1.1.7"), str("1.2.3"));
}

/* No test leaves another file. */
static void
destroy(void)
{
	L_DicomFreeDS(set);
	unlink(file);
	unlink(other);
	cr_expect_eq(rmdir(folder), 0);
}

TestSuite(data_set, .init = create, .fini = destroy);

static void
expect_octets(HDICOMDS h)
{
	L_UINT32 size = 0;
	const L_UCHAR *got = L_DicomGetEncodedDS(h, &size);

	cr_assert_eq(size, SIZE);
	cr_assert_not_null(got);
	cr_expect_eq(memcmp(got, octets, SIZE), 0);
}

Test(data_set, holds_a_copy_of_what_it_is_given)
{
	octets[0] ^= 1;
	cr_expect_neq(L_DicomGetEncodedDS(set, NULL)[0], octets[0]);
	octets[0] ^= 1;
	expect_octets(set);
	cr_expect_eq(L_DicomGetSizeDS(set), SIZE);
	cr_expect_eq(L_DicomSetEncodedDS(set, NULL, 1), DICOM_ERROR_NULL_PTR);
	expect_octets(set);
}

Test(data_set, may_be_emptied)
{
	L_UINT32 size = 1;

	cr_expect_eq(L_DicomSetEncodedDS(set, octets, 0), DICOM_SUCCESS);
	cr_expect_null(L_DicomGetEncodedDS(set, &size));
	cr_expect_eq(size, 0);
	cr_expect_eq(L_DicomGetSizeDS(set), 0);
}

Test(data_set, a_new_one_is_empty)
{
	HDICOMDS empty = L_DicomCreateDS(str("/tmp"));
	L_TCHAR text[65] = "#";
	L_UINT32 size = 1;

	cr_expect_null(L_DicomGetEncodedDS(empty, &size));
	cr_expect_eq(size, 0);
	L_DicomGetTransferSyntaxDS(empty, text, sizeof(text));
	cr_expect_str_empty(text);
	cr_expect_eq(L_DicomSetTransferSyntaxDS(empty, str("1.2")), 0);
	cr_expect_eq(L_DicomSetIdentityDS(empty, str("1.2"), str("1.3")), 0);
	cr_expect_eq(L_DicomSaveDS(empty, file, 0), DICOM_ERROR_PARAMETER);
	L_DicomFreeDS(empty);
}

Test(data_set, identifiers_are_taken_away_by_nothing)
{
	L_TCHAR text[65], instance[65];

	cr_expect_eq(L_DicomSetTransferSyntaxDS(set, NULL), DICOM_SUCCESS);
	L_DicomGetTransferSyntaxDS(set, text, sizeof(text));
	cr_expect_str_empty(text);
	cr_expect_eq(L_DicomSetIdentityDS(set, NULL, str("")), DICOM_SUCCESS);
	L_DicomGetIdentityDS(set, text, sizeof(text), instance, 65);
	cr_expect_str_empty(text);
	cr_expect_str_empty(instance);
}

/* PS3.5 9.1: components of digits, with a dot between two. */
Test(data_set, an_identity_that_is_half_wrong_changes_nothing)
{
	L_TCHAR text[65], instance[65];

	cr_expect_eq(L_DicomSetIdentityDS(set, str("1.9"), str("1..2")),
	    DICOM_ERROR_PARAMETER);
	cr_expect_eq(L_DicomSetIdentityDS(set, str("1.x"), str("1.9")),
	    DICOM_ERROR_PARAMETER);
	cr_expect_eq(
	    L_DicomSetTransferSyntaxDS(set, str(".")), DICOM_ERROR_PARAMETER);
	L_DicomGetIdentityDS(set, text, sizeof(text), instance, 65);
	cr_expect_str_eq(text, "1.2.840.10008.5.1.4.1.1.7");
	cr_expect_str_eq(instance, "1.2.3");
	L_DicomGetTransferSyntaxDS(set, text, sizeof(text));
	cr_expect_str_eq(text, UID_EXPLICIT_VR_LITTLE_ENDIAN);
}

static HDICOMDS
saved_and_loaded(L_UINT16 flags)
{
	HDICOMDS loaded = L_DicomCreateDS(NULL);

	cr_assert_eq(L_DicomSaveDS(set, file, 0), DICOM_SUCCESS);
	cr_assert_eq(L_DicomLoadDS(loaded, file, flags), DICOM_SUCCESS);
	return loaded;
}

Test(data_set, of_a_file_can_be_saved_without_being_read)
{
	HDICOMDS loaded = saved_and_loaded(0);

	cr_expect_eq(L_DicomSaveDS(loaded, other, DS_METAHEADER_PRESENT), 0);
	cr_expect_eq(L_DicomLoadDS(set, other, DS_METAHEADER_PRESENT), 0);
	expect_octets(set);
	expect_octets(loaded);
	expect_octets(loaded); /* which are in memory now */
	L_DicomFreeDS(loaded);
}

Test(data_set, of_a_file_outlives_its_name)
{
	HDICOMDS loaded = saved_and_loaded(0);

	unlink(file);
	expect_octets(loaded);
	L_DicomFreeDS(loaded);
}

Test(data_set, of_a_file_that_lost_its_end_cannot_be_read)
{
	HDICOMDS loaded = saved_and_loaded(0);
	L_UINT32 size = 1;

	cr_assert_eq(truncate(file, 1000), 0);
	cr_expect_null(L_DicomGetEncodedDS(loaded, &size));
	cr_expect_eq(size, 0);
	cr_expect_eq(L_DicomSaveDS(loaded, other, 0), DICOM_ERROR_READ);
	cr_expect_neq(access(other, F_OK), 0, "half a file is none");
	L_DicomFreeDS(loaded);
}

Test(data_set, that_was_closed_does_not_need_its_file)
{
	HDICOMDS loaded = saved_and_loaded(DS_LOAD_CLOSE);

	cr_assert_eq(truncate(file, 0), 0);
	expect_octets(loaded);
	L_DicomFreeDS(loaded);
}

/* PS3.10 7.1: the head ends behind its last element; nothing need follow. */
Test(data_set, of_a_file_with_nothing_behind_its_head_is_empty)
{
	HDICOMDS loaded = saved_and_loaded(0);
	struct stat info;

	cr_assert_eq(stat(file, &info), 0);
	cr_assert_eq(truncate(file, info.st_size - (off_t)SIZE), 0);
	cr_assert_eq(L_DicomLoadDS(loaded, file, 0), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetSizeDS(loaded), 0);
	cr_expect_null(L_DicomGetEncodedDS(loaded, NULL));
	cr_assert_eq(truncate(file, info.st_size - (off_t)SIZE - 1), 0);
	cr_expect_eq(L_DicomLoadDS(loaded, file, 0), DICOM_ERROR_FORMAT);
	cr_assert_eq(truncate(file, 0), 0);
	cr_expect_eq(L_DicomLoadDS(loaded, file, 0), DICOM_ERROR_FORMAT);
	L_DicomFreeDS(loaded);
}

/* A disk that is full, and a limit on the size of files. */
static void
limit_files(rlim_t size)
{
	struct rlimit limit;

	cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size;
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(data_set, without_room_for_the_new_file_the_old_one_stays)
{
	HDICOMDS loaded = saved_and_loaded(0);

	signal(SIGXFSZ, SIG_IGN);
	limit_files(SIZE / 2);
	cr_expect_eq(L_DicomSaveDS(set, file, 0), DICOM_ERROR_WRITE);
	limit_files(100);
	cr_expect_eq(L_DicomSaveDS(set, file, 0), DICOM_ERROR_WRITE,
	    "not even for its head");
	limit_files(RLIM_INFINITY);
	cr_assert_eq(L_DicomLoadDS(loaded, file, 0), DICOM_SUCCESS);
	expect_octets(loaded);
	L_DicomFreeDS(loaded);
}

Test(data_set, is_not_saved_over_a_folder)
{
	cr_assert_eq(mkdir(file, 0700), 0);
	cr_expect_eq(L_DicomSaveDS(set, file, 0), DICOM_ERROR_WRITE);
	cr_expect_eq(rmdir(file), 0);
	cr_expect_eq(L_DicomSaveDS(set, NULL, 0), DICOM_ERROR_NULL_PTR);
}

/*
 * Data sets and DICOM files (PS3.10 7.1): L_DicomLoadDS, L_DicomSaveDS.
 *
 * A loaded file is held open and read when its octets are asked for. A saved
 * one appears whole or not at all: it is written beside its name, which it
 * gets when everything is on the disk.
 */
#include "ltdic/dataset.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_SIZE (64 * 1024)

/* Opens a regular file; what may block for ever is not waited for. */
static L_INT
open_file(const char *name, int *fd, uint64_t *size)
{
	struct stat info;
	int opened = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (opened < 0)
		return DICOM_ERROR_OPEN;
	if (fstat(opened, &info) != 0 || !S_ISREG(info.st_mode)) {
		close(opened);
		return DICOM_ERROR_OPEN;
	}
	*fd = opened;
	*size = (uint64_t)info.st_size;
	return DICOM_SUCCESS;
}

static L_INT
read_head(const struct dt_content *file, struct dt_part10 *meta, size_t *head)
{
	uint8_t *start = malloc(DT_PART10_ROOM);
	size_t have = 0;
	int rc = start == NULL ? DICOMTLS_E_NOMEM : 0;

	while (rc == 0 && have < DT_PART10_ROOM) {
		size_t more = DT_PART10_ROOM - have;

		rc = dt_content_read(file, have, start + have, &more);
		if (rc < 0 || more == 0)
			break;
		have += more;
	}
	if (rc == 0)
		rc = dt_part10_read(dt_span(start, have), meta, head, NULL);
	free(start);
	if (rc == 0)
		return DICOM_SUCCESS;
	return rc == DICOMTLS_E_NOMEM ? DICOM_ERROR_MEMORY
	       : rc == DICOMTLS_E_IO  ? DICOM_ERROR_READ
				      : DICOM_ERROR_FORMAT;
}

/* The same octets in memory, for DS_LOAD_CLOSE. */
static L_INT
move_to_memory(struct dt_content **content)
{
	struct dt_buffer bytes = { 0 };
	int rc = dt_content_copy(*content, &bytes);

	if (rc < 0) {
		dt_buffer_clear(&bytes);
		return rc == DICOMTLS_E_IO ? DICOM_ERROR_READ
					   : DICOM_ERROR_MEMORY;
	}
	dt_content_unref(*content);
	*content = dt_content_of_buffer(&bytes);
	return *content == NULL ? DICOM_ERROR_MEMORY : DICOM_SUCCESS;
}

static L_INT
open_data_set(
    const char *name, struct dt_part10 *meta, struct dt_content **content)
{
	struct dt_content *file;
	uint64_t size = 0;
	size_t head = 0;
	int fd = -1;
	L_INT rc = open_file(name, &fd, &size);

	if (rc != DICOM_SUCCESS)
		return rc;
	file = dt_content_of_file(fd, 0, size);
	if (file == NULL)
		return DICOM_ERROR_MEMORY;
	rc = read_head(file, meta, &head);
	if (rc == DICOM_SUCCESS) {
		dt_content_skip(file, head);
		*content = file;
		return DICOM_SUCCESS;
	}
	dt_content_unref(file);
	return rc;
}

static L_INT
load(struct dt_dataset *dataset, const L_TCHAR *name, L_UINT16 flags)
{
	struct dt_content *content = NULL;
	struct dt_part10 meta;
	L_INT rc;

	if ((flags & ~(DS_METAHEADER_PRESENT | DS_LOAD_CLOSE)) != 0)
		return DICOM_ERROR_FEATURE_NOT_SUPPORTED;
	rc = open_data_set(name, &meta, &content);
	if (rc == DICOM_SUCCESS && (flags & DS_LOAD_CLOSE) != 0)
		rc = move_to_memory(&content);
	if (rc != DICOM_SUCCESS) {
		dt_content_unref(content);
		return rc;
	}
	dt_dataset_set_content(dataset, content);
	dataset->meta = meta;
	return DICOM_SUCCESS;
}

L_UINT16
L_DicomLoadDS(HDICOMDS hDS, L_TCHAR *pszFile, L_UINT16 nFlags)
{
	L_INT rc;
	struct dt_dataset *dataset = dt_dataset_get_own(hDS, &rc);

	if (dataset == NULL)
		return (L_UINT16)rc;
	if (pszFile == NULL)
		return DICOM_ERROR_NULL_PTR;
	return (L_UINT16)load(dataset, pszFile, nFlags);
}

static L_INT
write_all(int fd, struct dt_span octets)
{
	return dt_octets_write(fd, octets) == 0 ? DICOM_SUCCESS
						: DICOM_ERROR_WRITE;
}

static L_INT
write_content(int fd, const struct dt_content *content)
{
	uint8_t *octets = malloc(COPY_SIZE);
	L_INT rc = octets == NULL ? DICOM_ERROR_MEMORY : DICOM_SUCCESS;
	uint64_t at = 0;

	while (rc == DICOM_SUCCESS) {
		size_t size = COPY_SIZE;

		if (dt_content_read(content, at, octets, &size) < 0)
			rc = DICOM_ERROR_READ;
		else if (size == 0)
			break;
		else
			rc = write_all(fd, dt_span(octets, size));
		at += size;
	}
	free(octets);
	return rc;
}

static L_INT
write_file(int fd, const struct dt_dataset *dataset)
{
	struct dt_buffer head = { 0 };
	int made = dt_part10_write(&dataset->meta, &head);
	L_INT rc = DICOM_SUCCESS;

	if (made < 0)
		rc = made == DICOMTLS_E_NOMEM ? DICOM_ERROR_MEMORY
					      : DICOM_ERROR_PARAMETER;
	if (rc == DICOM_SUCCESS)
		rc = write_all(fd, dt_buffer_span(&head));
	if (rc == DICOM_SUCCESS)
		rc = write_content(fd, dataset->content);
	if (rc == DICOM_SUCCESS && fsync(fd) != 0)
		rc = DICOM_ERROR_WRITE;
	dt_buffer_clear(&head);
	return rc;
}

/* The name of a file beside the one to be, taken by no other save of this
 * process; NULL: no memory. */
static char *
name_beside(const char *name)
{
	static atomic_uint count;
	char *beside;

	return asprintf(&beside, "%s.%ld-%u.part", name, (long)getpid(),
		   atomic_fetch_add(&count, 1)) < 0
		   ? NULL
		   : beside;
}

/* Writes beside what gets its name at the end. It has the rights the program
 * gives its files. */
static L_INT
write_beside(
    const struct dt_dataset *dataset, const char *name, const char *beside)
{
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	L_INT rc;

	if (fd < 0)
		return DICOM_ERROR_OPEN;
	rc = write_file(fd, dataset);
	if (close(fd) != 0 && rc == DICOM_SUCCESS)
		rc = DICOM_ERROR_WRITE;
	if (rc == DICOM_SUCCESS && rename(beside, name) != 0)
		rc = DICOM_ERROR_WRITE;
	if (rc != DICOM_SUCCESS)
		unlink(beside);
	return rc;
}

static L_INT
save(const struct dt_dataset *dataset, const char *name)
{
	char *beside = name_beside(name);
	L_INT rc;

	if (beside == NULL)
		return DICOM_ERROR_MEMORY;
	rc = write_beside(dataset, name, beside);
	free(beside);
	return rc;
}

L_UINT16
L_DicomSaveDS(HDICOMDS hDS, L_TCHAR *pszFile, L_UINT16 nFlags)
{
	L_INT rc;
	const struct dt_dataset *dataset = dt_dataset_get(hDS, &rc);

	if (dataset == NULL)
		return (L_UINT16)rc;
	if (pszFile == NULL)
		return DICOM_ERROR_NULL_PTR;
	if ((nFlags & ~DS_METAHEADER_PRESENT) != 0)
		return DICOM_ERROR_FEATURE_NOT_SUPPORTED;
	if (dataset->content == NULL)
		return DICOM_ERROR_PARAMETER;
	return (L_UINT16)save(dataset, pszFile);
}

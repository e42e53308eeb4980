/*
 * Minted certificates and keys in files of a temporary directory; see mint.h.
 * The directory is ours alone (mkdtemp: mode 0700) and flat.
 */
#include "tools/mint.h"

#include "dicomtls.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
mint_dir_make(struct mint_dir *dir)
{
	const char *base = getenv("TMPDIR");
	char path[sizeof(dir->path)];
	int n;

	if (base == NULL || *base == '\0')
		base = "/tmp";
	n = snprintf(path, sizeof(path), "%s/dicomtls-XXXXXX", base);
	if (n < 0 || (size_t)n >= sizeof(path) || mkdtemp(path) == NULL)
		return DICOMTLS_E_IO;
	memcpy(dir->path, path, sizeof(path));
	return 0;
}

static char *
join(const struct mint_dir *dir, const char *name)
{
	struct dt_buffer path = { 0 };

	dt_buffer_printf(&path, "%s/%s", dir->path, name);
	return dt_buffer_take_text(&path);
}

static int
write_all(const char *path, struct dt_span content)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int rc = 0;

	if (fd < 0)
		return DICOMTLS_E_IO;
	while (rc == 0 && content.size > 0) {
		ssize_t n = write(fd, content.data, content.size);

		if (n <= 0) {
			rc = DICOMTLS_E_IO;
			break;
		}
		content.data += n;
		content.size -= (size_t)n;
	}
	if (close(fd) < 0)
		rc = DICOMTLS_E_IO;
	return rc;
}

char *
mint_dir_write(
    const struct mint_dir *dir, const char *name, struct dt_span content)
{
	char *path = join(dir, name);

	if (path != NULL && write_all(path, content) == 0)
		return path;
	free(path);
	return NULL;
}

char *
mint_dir_certificates(const struct mint_dir *dir, const char *name,
    const struct mint_spec *const *specs)
{
	struct dt_buffer pem = { 0 };
	char *path = NULL;
	int rc = 0;

	for (size_t i = 0; rc == 0 && specs[i] != NULL; i++)
		rc = mint_certificate(specs[i], MINT_PEM, &pem);
	if (rc == 0)
		path = mint_dir_write(dir, name, dt_buffer_span(&pem));
	dt_buffer_clear(&pem);
	return path;
}

char *
mint_dir_crl(const struct mint_dir *dir, const char *name,
    const struct mint_crl_spec *spec)
{
	struct dt_buffer pem = { 0 };
	char *path = NULL;

	if (mint_crl(spec, MINT_PEM, &pem) == 0)
		path = mint_dir_write(dir, name, dt_buffer_span(&pem));
	dt_buffer_clear(&pem);
	return path;
}

char *
mint_dir_key(const struct mint_dir *dir, const char *name,
    const struct mint_spec *spec, const char *password)
{
	struct dt_buffer pem = { 0 };
	char *path = NULL;

	if (mint_private_key(spec, MINT_PEM, password, &pem) == 0)
		path = mint_dir_write(dir, name, dt_buffer_span(&pem));
	dt_buffer_clear(&pem);
	return path;
}

void
mint_dir_remove(const struct mint_dir *dir)
{
	DIR *stream = opendir(dir->path);
	struct dirent *entry;

	if (stream == NULL)
		return;
	while ((entry = readdir(stream)) != NULL)
		unlinkat(dirfd(stream), entry->d_name, 0);
	closedir(stream);
	rmdir(dir->path);
}

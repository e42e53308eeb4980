/* Files with CRLs: reading them, all or nothing; see crl.h. */
#include "x509/crl.h"

#include "x509/pem.h"

#include "dicomtls.h"

/* One block; which one it is goes into the message. */
static int
read_block(struct dt_array *crls, const char *path, struct dt_pem *block,
    struct dt_message *why)
{
	struct dt_message inner = { "" };
	struct dt_crl *crl;
	int rc;

	if (!dt_pem_is_crl(block))
		return 0;
	rc = dt_crl_adopt(&crl, &block->der, &inner);
	if (rc == 0 && (rc = dt_array_push(crls, crl)) < 0)
		dt_crl_free(crl);
	if (rc < 0)
		dt_message_set(why, "%s: CRL %zu: %.150s", path,
		    crls->count + 1,
		    inner.text[0] != '\0' ? inner.text : dicomtls_strerror(rc));
	return rc;
}

static int
read_blocks(struct dt_array *crls, const char *path, struct dt_message *why)
{
	struct dt_buffer content = { 0 };
	struct dt_pem block = { 0 };
	struct dt_pem_iter iter;
	int rc = dt_file_read(path, &content, why);

	if (rc < 0)
		goto out;
	iter = dt_pem_iter(dt_buffer_span(&content));
	while ((rc = dt_pem_next(&iter, &block)) > 0)
		if ((rc = read_block(crls, path, &block, why)) < 0)
			goto out;
	if (rc == 0 && crls->count == 0) {
		rc = DICOMTLS_E_FORMAT;
		dt_message_set(why, "%s: holds no CRL", path);
	} else if (rc < 0) {
		dt_message_set(why, "%s: %s", path,
		    rc == DICOMTLS_E_FORMAT ? "a PEM block is damaged"
					    : dicomtls_strerror(rc));
	}
out:
	dt_pem_clear(&block);
	dt_buffer_wipe(&content);
	return rc;
}

int
dt_crl_read_file(
    struct dt_array *crls, const char *path, struct dt_message *why)
{
	struct dt_array read = { 0 };
	size_t before = crls->count;
	int rc = read_blocks(&read, path, why);

	for (size_t i = 0; i < read.count && rc == 0; i++)
		if ((rc = dt_array_push(crls, read.items[i])) == 0)
			dt_crl_ref(read.items[i]);
	if (rc < 0)
		while (crls->count > before)
			dt_crl_free(crls->items[--crls->count]);
	dt_crl_list_clear(&read);
	return rc;
}

void
dt_crl_list_clear(struct dt_array *crls)
{
	for (size_t i = 0; i < crls->count; i++)
		dt_crl_free(crls->items[i]);
	dt_array_clear(crls);
}

/* Certificate store: adding, loading files, looking up; see store.h. */
#include "verify/store.h"

#include "base/buffer.h"
#include "x509/pem.h"

#include "dicomtls.h"

#include <stdlib.h>

int
dicomtls_store_new(struct dicomtls_store **store)
{
	struct dicomtls_store *s;

	if (store == NULL)
		return DICOMTLS_E_INVALID;
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		return DICOMTLS_E_NOMEM;
	s->refs = 1;
	*store = s;
	return 0;
}

struct dicomtls_store *
dicomtls_store_ref(struct dicomtls_store *store)
{
	if (store != NULL)
		__atomic_add_fetch(&store->refs, 1, __ATOMIC_RELAXED);
	return store;
}

static void
free_certs(struct dt_array *certs)
{
	for (size_t i = 0; i < certs->count; i++)
		dt_cert_free(certs->items[i]);
	dt_array_clear(certs);
}

void
dicomtls_store_free(struct dicomtls_store *store)
{
	if (store == NULL ||
	    __atomic_sub_fetch(&store->refs, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	free_certs(&store->trusted);
	free_certs(&store->untrusted);
	free(store);
}

const char *
dicomtls_store_message(const struct dicomtls_store *store)
{
	return store == NULL ? "" : store->message.text;
}

/* First index whose subject is not below (or, with after, is above) name. */
static size_t
bound(const struct dt_array *certs, const struct dt_name *name, bool after)
{
	size_t low = 0, high = certs->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct dt_cert *cert = certs->items[middle];
		int order = dt_name_compare(&cert->subject, name);

		if (order < 0 || (after && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t
dt_store_find(const struct dicomtls_store *store, const struct dt_name *subject,
    size_t *count)
{
	size_t first;

	*count = 0;
	if (store == NULL)
		return 0;
	first = bound(&store->trusted, subject, false);
	*count = bound(&store->trusted, subject, true) - first;
	return first;
}

/* Takes over cert. A certificate that is there already is not added again
 * (X509_STORE_add_cert). */
static int
add_trusted(struct dicomtls_store *store, struct dt_cert *cert)
{
	size_t count, first = dt_store_find(store, &cert->subject, &count);
	size_t at = first + count;
	int rc;

	for (size_t i = first; i < at; i++) {
		if (!dt_cert_equal(dt_store_trusted(store, i), cert))
			continue;
		dt_cert_free(cert);
		return 0;
	}
	rc = dt_array_push(&store->trusted, cert);
	if (rc < 0) {
		dt_cert_free(cert);
		return rc;
	}
	for (size_t i = store->trusted.count - 1; i > at; i--)
		store->trusted.items[i] = store->trusted.items[i - 1];
	store->trusted.items[at] = cert;
	return 0;
}

static int
add_untrusted(struct dicomtls_store *store, struct dt_cert *cert)
{
	int rc = dt_array_push(&store->untrusted, cert);

	if (rc < 0)
		dt_cert_free(cert);
	return rc;
}

typedef int (*add_fn)(struct dicomtls_store *store, struct dt_cert *cert);

static int
add_der(struct dicomtls_store *store, struct dt_span der, add_fn add)
{
	struct dt_cert *cert;
	int rc = dt_cert_parse_aux(&cert, der, &store->message);

	return rc < 0 ? rc : add(store, cert);
}

int
dicomtls_store_add_der(
    struct dicomtls_store *store, const void *der, size_t size)
{
	if (store == NULL || der == NULL)
		return DICOMTLS_E_INVALID;
	return add_der(store, dt_span(der, size), add_trusted);
}

int
dicomtls_store_add_untrusted_der(
    struct dicomtls_store *store, const void *der, size_t size)
{
	if (store == NULL || der == NULL)
		return DICOMTLS_E_INVALID;
	return add_der(store, dt_span(der, size), add_untrusted);
}

/* One block of a file; which one it is goes into the message. */
static int
read_block(struct dicomtls_store *store, const char *path,
    const struct dt_pem *block, struct dt_array *certs)
{
	struct dt_message why = { "" };
	struct dt_cert *cert;
	int rc;

	if (!dt_pem_is_certificate(block))
		return 0;
	rc = dt_cert_parse_aux(&cert, dt_buffer_span(&block->der), &why);
	if (rc == 0 && (rc = dt_array_push(certs, cert)) < 0)
		dt_cert_free(cert);
	if (rc < 0)
		dt_message_set(&store->message, "%s: certificate %zu: %.150s",
		    path, certs->count + 1,
		    why.text[0] != '\0' ? why.text : dicomtls_strerror(rc));
	return rc;
}

/* All or nothing: the certificates are parsed before the first is added. */
static int
read_certs(
    struct dicomtls_store *store, const char *path, struct dt_array *certs)
{
	struct dt_buffer content = { 0 };
	struct dt_pem block = { 0 };
	struct dt_pem_iter iter;
	int rc = dt_file_read(path, &content, &store->message);

	if (rc < 0)
		goto out;
	iter = dt_pem_iter(dt_buffer_span(&content));
	while ((rc = dt_pem_next(&iter, &block)) > 0)
		if ((rc = read_block(store, path, &block, certs)) < 0)
			goto out;
	if (rc == 0 && certs->count == 0)
		rc = DICOMTLS_E_FORMAT;
	if (rc < 0)
		dt_message_set(&store->message, "%s: %s", path,
		    rc == DICOMTLS_E_FORMAT && certs->count == 0
			? "holds no certificate"
			: "a PEM block is damaged");
out:
	dt_pem_clear(&block);
	dt_buffer_wipe(&content);
	return rc;
}

static int
add_file(struct dicomtls_store *store, const char *path, add_fn add)
{
	struct dt_array certs = { 0 };
	int rc;

	if (store == NULL || path == NULL)
		return DICOMTLS_E_INVALID;
	store->message.text[0] = '\0';
	rc = read_certs(store, path, &certs);
	for (size_t i = 0; i < certs.count; i++) {
		if (rc == 0)
			rc = add(store, certs.items[i]);
		else
			dt_cert_free(certs.items[i]);
	}
	dt_array_clear(&certs);
	return rc;
}

int
dicomtls_store_add_file(struct dicomtls_store *store, const char *path)
{
	return add_file(store, path, add_trusted);
}

int
dicomtls_store_add_untrusted_file(
    struct dicomtls_store *store, const char *path)
{
	return add_file(store, path, add_untrusted);
}

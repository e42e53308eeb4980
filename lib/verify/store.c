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
	dt_crl_list_clear(&store->crls);
	free(store);
}

const char *
dicomtls_store_message(const struct dicomtls_store *store)
{
	return store == NULL ? "" : store->message.text;
}

/* The name by which an object is found. */
typedef const struct dt_name *(*name_fn)(const void *object);

static const struct dt_name *
cert_name(const void *object)
{
	return &((const struct dt_cert *)object)->subject;
}

static const struct dt_name *
crl_name(const void *object)
{
	return &((const struct dt_crl *)object)->issuer;
}

/* First index whose name is not below (or, with after, is above) name. */
static size_t
bound(const struct dt_array *objects, name_fn name_of,
    const struct dt_name *name, bool after)
{
	size_t low = 0, high = objects->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order =
		    dt_name_compare(name_of(objects->items[middle]), name);

		if (order < 0 || (after && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
find(const struct dt_array *objects, name_fn name_of,
    const struct dt_name *name, size_t *count)
{
	size_t first = bound(objects, name_of, name, false);

	*count = bound(objects, name_of, name, true) - first;
	return first;
}

size_t
dt_store_find(const struct dicomtls_store *store, const struct dt_name *subject,
    size_t *count)
{
	*count = 0;
	return store == NULL ? 0
			     : find(&store->trusted, cert_name, subject, count);
}

size_t
dt_store_find_crls(const struct dicomtls_store *store,
    const struct dt_name *issuer, size_t *count)
{
	*count = 0;
	return store == NULL ? 0 : find(&store->crls, crl_name, issuer, count);
}

/* Keeps the order: behind at objects. */
static int
insert(struct dt_array *objects, size_t at, void *object)
{
	int rc = dt_array_push(objects, object);

	if (rc < 0)
		return rc;
	for (size_t i = objects->count - 1; i > at; i--)
		objects->items[i] = objects->items[i - 1];
	objects->items[at] = object;
	return 0;
}

/* Takes over cert. A certificate that is there already is not added again
 * (X509_STORE_add_cert). */
static int
add_trusted(struct dicomtls_store *store, struct dt_cert *cert)
{
	size_t count, first = dt_store_find(store, &cert->subject, &count);
	int rc;

	for (size_t i = first; i < first + count; i++) {
		if (!dt_cert_equal(dt_store_trusted(store, i), cert))
			continue;
		dt_cert_free(cert);
		return 0;
	}
	rc = insert(&store->trusted, first + count, cert);
	if (rc < 0)
		dt_cert_free(cert);
	return rc;
}

/* Likewise (X509_STORE_add_crl). */
static int
add_crl(struct dicomtls_store *store, struct dt_crl *crl)
{
	size_t count, first = dt_store_find_crls(store, &crl->issuer, &count);
	int rc;

	for (size_t i = first; i < first + count; i++) {
		if (!dt_crl_equal(store->crls.items[i], crl))
			continue;
		dt_crl_free(crl);
		return 0;
	}
	rc = insert(&store->crls, first + count, crl);
	if (rc < 0)
		dt_crl_free(crl);
	return rc;
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

/* Trust settings are read where the label announces them, and from DER; behind
 * another certificate the reference passes them over (PEM_X509_INFO_read). */
static int
parse_block(
    const struct dt_pem *block, struct dt_cert **cert, struct dt_message *why)
{
	struct dt_span der = dt_buffer_span(&block->der);
	size_t used;

	return dt_span_is_set(block->label) &&
		       !dt_pem_is_trusted_certificate(block)
		   ? dt_cert_parse(cert, der, &used, why)
		   : dt_cert_parse_aux(cert, der, why);
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
	rc = parse_block(block, &cert, &why);
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

int
dicomtls_store_add_crl_der(
    struct dicomtls_store *store, const void *der, size_t size)
{
	struct dt_crl *crl;
	int rc;

	if (store == NULL || der == NULL)
		return DICOMTLS_E_INVALID;
	rc = dt_crl_parse(&crl, dt_span(der, size), NULL, &store->message);
	return rc < 0 ? rc : add_crl(store, crl);
}

int
dicomtls_store_add_crl_file(struct dicomtls_store *store, const char *path)
{
	struct dt_array crls = { 0 };
	int rc;

	if (store == NULL || path == NULL)
		return DICOMTLS_E_INVALID;
	store->message.text[0] = '\0';
	rc = dt_crl_read_file(&crls, path, &store->message);
	for (size_t i = 0; i < crls.count && rc == 0; i++)
		rc = add_crl(store, dt_crl_ref(crls.items[i]));
	dt_crl_list_clear(&crls);
	return rc;
}

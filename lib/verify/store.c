/* Certificate store: adding, loading files, looking up; see store.h. */
#include "verify/store.h"

#include "base/buffer.h"
#include "base/hash.h"
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

static void
clear_indexes(struct dt_shelf *shelf)
{
	dt_groups_clear(&shelf->by_name);
	dt_groups_clear(&shelf->by_identity);
}

void
dicomtls_store_free(struct dicomtls_store *store)
{
	if (store == NULL ||
	    __atomic_sub_fetch(&store->refs, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	clear_indexes(&store->trusted);
	clear_indexes(&store->crls);
	free_certs(&store->trusted.all);
	free_certs(&store->untrusted);
	dt_crl_list_clear(&store->crls.all);
	free(store);
}

const char *
dicomtls_store_message(const struct dicomtls_store *store)
{
	return store == NULL ? "" : store->message.text;
}

/* What a shelf has to know of its objects. */
struct kind {
	dt_groups_same_fn has_name; /* key: struct dt_name */
	dt_groups_same_fn is_same;  /* key: another object */
};

static bool
cert_has_name(const void *object, const void *key)
{
	const struct dt_cert *cert = object;

	return dt_name_compare(&cert->subject, key) == 0;
}

static bool
cert_is_same(const void *object, const void *key)
{
	return dt_cert_equal(object, key);
}

static bool
crl_has_name(const void *object, const void *key)
{
	const struct dt_crl *crl = object;

	return dt_name_compare(&crl->issuer, key) == 0;
}

static bool
crl_is_same(const void *object, const void *key)
{
	return dt_crl_equal(object, key);
}

static const struct kind cert_kind = { cert_has_name, cert_is_same };
static const struct kind crl_kind = { crl_has_name, crl_is_same };

struct dt_run
dt_store_find(const struct dicomtls_store *store, const struct dt_name *subject)
{
	return store == NULL
		   ? (struct dt_run){ NULL, 0 }
		   : dt_groups_find(&store->trusted.by_name,
			 dt_hash(subject->canonical), cert_has_name, subject);
}

struct dt_run
dt_store_find_crls(
    const struct dicomtls_store *store, const struct dt_name *issuer)
{
	return store == NULL
		   ? (struct dt_run){ NULL, 0 }
		   : dt_groups_find(&store->crls.by_name,
			 dt_hash(issuer->canonical), crl_has_name, issuer);
}

static int
enter(struct dt_shelf *shelf, const struct kind *kind, void *object,
    const struct dt_name *name, uint32_t identity)
{
	uint32_t hash = dt_hash(name->canonical);
	int rc =
	    dt_groups_add(&shelf->by_name, hash, kind->has_name, name, object);

	if (rc < 0)
		return rc;
	rc = dt_groups_add(
	    &shelf->by_identity, identity, kind->is_same, object, object);
	if (rc < 0)
		dt_groups_undo(&shelf->by_name, hash, kind->has_name, name);
	return rc;
}

/* identity: a hash that objects have in common if they are the same, and
 * others hardly ever. 1: it was added; 0: it is there already;
 * DICOMTLS_E_NOMEM. */
static int
put(struct dt_shelf *shelf, const struct kind *kind, void *object,
    const struct dt_name *name, uint32_t identity)
{
	int rc;

	if (dt_groups_find(&shelf->by_identity, identity, kind->is_same, object)
		.count > 0)
		return 0;
	rc = dt_array_push(&shelf->all, object);
	if (rc < 0)
		return rc;
	rc = enter(shelf, kind, object, name, identity);
	if (rc < 0)
		shelf->all.count--;
	return rc < 0 ? rc : 1;
}

/* Takes over cert. A certificate that is there already is not added again
 * (X509_STORE_add_cert). */
static int
add_trusted(struct dicomtls_store *store, struct dt_cert *cert)
{
	int rc = put(&store->trusted, &cert_kind, cert, &cert->subject,
	    dt_hash(cert->tbs));

	if (rc <= 0)
		dt_cert_free(cert);
	return rc < 0 ? rc : 0;
}

/* Likewise (X509_STORE_add_crl). */
static int
add_crl(struct dicomtls_store *store, struct dt_crl *crl)
{
	int rc = put(&store->crls, &crl_kind, crl, &crl->issuer,
	    dt_hash(crl->signature));

	if (rc <= 0)
		dt_crl_free(crl);
	return rc < 0 ? rc : 0;
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

/* What ended for want of memory says so, wherever that was. */
static int
explain(struct dicomtls_store *store, const char *path, int rc)
{
	if (rc == DICOMTLS_E_NOMEM)
		dt_message_set(&store->message, "%s%s%s",
		    path == NULL ? "" : path, path == NULL ? "" : ": ",
		    dicomtls_strerror(rc));
	return rc;
}

static int
add_der(struct dicomtls_store *store, struct dt_span der, add_fn add)
{
	struct dt_cert *cert;
	int rc = dt_cert_parse_aux(&cert, der, &store->message);

	if (rc == 0)
		rc = add(store, cert);
	return explain(store, NULL, rc);
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
	return explain(store, path, rc);
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
	if (rc == 0)
		rc = add_crl(store, crl);
	return explain(store, NULL, rc);
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
	return explain(store, path, rc);
}

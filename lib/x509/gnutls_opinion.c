/*
 * GnuTLS's own path validation (RFC 5280 6 as GnuTLS reads it), with the
 * anchor of a finished path as the only certificate it trusts.
 *
 * GnuTLS goes from the anchor down and stops at the first certificate it
 * refuses. Then it is asked again about those below, with the refused one as
 * their anchor: each certificate is judged once and a fault of one does not
 * hide another's.
 *
 * Left out: revocation and names of the peer, where the question itself
 * (scopes, host flags) is one GnuTLS does not have. Dates are judged here, by
 * what GnuTLS reads in them: its clock is one for the whole process.
 */
#include "x509/gnutls_opinion.h"

#include "dicomtls.h"

#include <gnutls/x509.h>

#include <stdlib.h>

static const struct {
	int purpose;
	const char *oid;
} purposes[] = {
	{ DICOMTLS_PURPOSE_SSL_CLIENT, GNUTLS_KP_TLS_WWW_CLIENT },
	{ DICOMTLS_PURPOSE_SSL_SERVER, GNUTLS_KP_TLS_WWW_SERVER },
	{ DICOMTLS_PURPOSE_NS_SSL_SERVER, GNUTLS_KP_TLS_WWW_SERVER },
	{ DICOMTLS_PURPOSE_SMIME_SIGN, GNUTLS_KP_EMAIL_PROTECTION },
	{ DICOMTLS_PURPOSE_SMIME_ENCRYPT, GNUTLS_KP_EMAIL_PROTECTION },
	{ DICOMTLS_PURPOSE_TIMESTAMP_SIGN, GNUTLS_KP_TIME_STAMPING },
};

/* The chain is in order: sorting it anew could only drop certificates. */
#define FLAGS                                                                  \
	(GNUTLS_VERIFY_DISABLE_TIME_CHECKS |                                   \
	    GNUTLS_VERIFY_DO_NOT_ALLOW_UNSORTED_CHAIN)

struct opinion {
	gnutls_x509_crt_t *certs;
	size_t count; /* certificates that were imported, from the anchor */
	const char *oid;
	unsigned *status;
	size_t lowest; /* the lowest certificate judged so far */
	unsigned told; /* bits told about certificates in one walk */
};

/* GnuTLS calls back without an argument; it does so inside its own call, on
 * the caller's thread. */
static _Thread_local struct opinion *listener;

static int
listen_to(gnutls_x509_crt_t cert, gnutls_x509_crt_t issuer,
    gnutls_x509_crl_t crl, unsigned status)
{
	struct opinion *opinion = listener;

	(void)issuer;
	(void)crl;
	for (size_t i = 0; i < opinion->count; i++) {
		if (opinion->certs[i] != cert)
			continue;
		opinion->status[i] |= status;
		opinion->told |= status;
		if (i < opinion->lowest)
			opinion->lowest = i;
	}
	return 0;
}

static int
ask(struct opinion *opinion, gnutls_x509_trust_list_t list, size_t length,
    unsigned *whole)
{
	gnutls_typed_vdata_st data = { GNUTLS_DT_KEY_PURPOSE_OID,
		(unsigned char *)(uintptr_t)opinion->oid, 0 };
	int e;

	listener = opinion;
	e = gnutls_x509_trust_list_verify_crt2(list, opinion->certs,
	    (unsigned)length, &data, opinion->oid == NULL ? 0 : 1, FLAGS, whole,
	    listen_to);
	listener = NULL;
	return e;
}

/* One walk: from below the certificate at anchor down to the leaf, or to the
 * first that is refused. What it says about the whole and about no
 * certificate in particular (the leaf's purpose) is the leaf's. */
static int
walk(struct opinion *opinion, size_t anchor)
{
	gnutls_x509_trust_list_t list;
	unsigned whole = 0;
	int e;

	if (gnutls_x509_trust_list_init(&list, 1) < 0)
		return DICOMTLS_E_NOMEM;
	opinion->told = GNUTLS_CERT_INVALID;
	e = gnutls_x509_trust_list_add_cas(list, &opinion->certs[anchor], 1, 0);
	if (e >= 0)
		e = ask(opinion, list, anchor == 0 ? 1 : anchor, &whole);
	gnutls_x509_trust_list_deinit(list, 0);
	if (e == GNUTLS_E_MEMORY_ERROR)
		return DICOMTLS_E_NOMEM;
	if (e < 0)
		whole = GNUTLS_CERT_INVALID;
	opinion->status[0] |=
	    e < 0 ? GNUTLS_CERT_INVALID : whole & ~opinion->told;
	return 0;
}

static int
walk_all(struct opinion *opinion, size_t anchor)
{
	for (;;) {
		int rc;

		opinion->lowest = anchor;
		rc = walk(opinion, anchor);
		if (rc < 0 || opinion->lowest == 0 || opinion->lowest == anchor)
			return rc;
		anchor = opinion->lowest;
	}
}

static unsigned
judge_dates(gnutls_x509_crt_t cert, int64_t now)
{
	time_t from = gnutls_x509_crt_get_activation_time(cert);
	time_t to = gnutls_x509_crt_get_expiration_time(cert);
	unsigned status = 0;

	if (from == (time_t)-1 || now < (int64_t)from)
		status |= GNUTLS_CERT_NOT_ACTIVATED | GNUTLS_CERT_INVALID;
	if (to == (time_t)-1 || now > (int64_t)to)
		status |= GNUTLS_CERT_EXPIRED | GNUTLS_CERT_INVALID;
	return status;
}

/* 1 imported, 0 GnuTLS cannot read it, or DICOMTLS_E_NOMEM. */
static int
import(gnutls_x509_crt_t *cert, struct dt_span der)
{
	const gnutls_datum_t datum = { (unsigned char *)(uintptr_t)der.data,
		(unsigned)der.size };
	int e;

	if (!dt_span_is_set(der))
		return 0;
	if (gnutls_x509_crt_init(cert) < 0)
		return DICOMTLS_E_NOMEM;
	e = gnutls_x509_crt_import(*cert, &datum, GNUTLS_X509_FMT_DER);
	if (e == GNUTLS_E_MEMORY_ERROR)
		return DICOMTLS_E_NOMEM;
	return e == 0;
}

/* From the anchor down, as far as GnuTLS can read; the index of the lowest
 * certificate that was imported goes to *lowest. */
static int
import_path(gnutls_x509_crt_t *certs, const struct dt_span *path,
    unsigned *status, size_t count, size_t *lowest)
{
	int imported = 1;

	for (*lowest = count; *lowest > 0; --*lowest) {
		size_t next = *lowest - 1;

		imported = import(&certs[next], path[next]);
		if (imported <= 0) {
			status[next] = GNUTLS_CERT_INVALID;
			break;
		}
	}
	return imported < 0 ? imported : 0;
}

static const char *
find_purpose(int purpose)
{
	for (size_t i = 0; i < sizeof(purposes) / sizeof(purposes[0]); i++)
		if (purposes[i].purpose == purpose)
			return purposes[i].oid;
	return NULL;
}

int
dt_gnutls_opinion(const struct dt_span *path, size_t count,
    const struct dt_opinion_question *question, unsigned *status)
{
	gnutls_x509_crt_t *certs = calloc(count, sizeof(gnutls_x509_crt_t));
	struct opinion opinion = { 0 };
	size_t lowest;
	int rc;

	if (certs == NULL)
		return DICOMTLS_E_NOMEM;
	memset(status, 0, count * sizeof(*status));
	rc = import_path(certs, path, status, count, &lowest);
	if (rc == 0 && lowest < count) {
		opinion.certs = certs + lowest;
		opinion.count = count - lowest;
		opinion.status = status + lowest;
		/* The purpose is asked of the leaf; without it nobody is. */
		if (lowest == 0)
			opinion.oid = find_purpose(question->purpose);
		rc = walk_all(&opinion, opinion.count - 1);
	}
	for (size_t i = lowest; question->dates && i < count; i++)
		status[i] |= judge_dates(certs[i], question->now);
	for (size_t i = 0; i < count; i++)
		if (certs[i] != NULL)
			gnutls_x509_crt_deinit(certs[i]);
	free(certs);
	return rc;
}

/*
 * The system's anchors; see system_trust.h. Where they are (a bundle, a PKCS#11
 * trust module) is a choice made when GnuTLS was built; it leaves out those
 * that are marked as distrusted.
 */
#include "x509/system_trust.h"

#include "dicomtls.h"

static int
give(gnutls_x509_crt_t crt, dt_anchor_fn fn, void *arg)
{
	gnutls_datum_t der;
	int e;

	if (gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER, &der) != 0)
		return DICOMTLS_E_NOMEM;
	e = fn(dt_span(der.data, der.size), arg);
	gnutls_free(der.data);
	return e;
}

int
dt_trust_list_each(gnutls_x509_trust_list_t list, dt_anchor_fn fn, void *arg,
    struct dt_message *why)
{
	gnutls_x509_trust_list_iter_t iter = NULL;
	gnutls_x509_crt_t crt;
	unsigned count = 0;
	int e = 0, got = 0;

	while (e == 0 && (got = gnutls_x509_trust_list_iter_get_ca(
			      list, &iter, &crt)) == 0) {
		e = give(crt, fn, arg);
		gnutls_x509_crt_deinit(crt);
		count++;
	}
	gnutls_x509_trust_list_iter_deinit(iter);
	if (got == GNUTLS_E_MEMORY_ERROR)
		e = DICOMTLS_E_NOMEM;
	if (e != 0 || count > 0)
		return e;
	dt_message_set(why, "the system has no trust anchors");
	return DICOMTLS_E_IO;
}

int
dt_system_trust_each(dt_anchor_fn fn, void *arg, struct dt_message *why)
{
	gnutls_x509_trust_list_t list;
	int e;

	if (gnutls_x509_trust_list_init(&list, 0) != 0)
		return DICOMTLS_E_NOMEM;
	e = gnutls_x509_trust_list_add_system_trust(list, 0, 0);
	if (e < 0) {
		dt_message_set(
		    why, "the system's trust anchors: %s", gnutls_strerror(e));
		e = DICOMTLS_E_IO;
	} else {
		e = dt_trust_list_each(list, fn, arg, why);
	}
	gnutls_x509_trust_list_deinit(list, 1);
	return e;
}

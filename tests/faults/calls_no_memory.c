/*
 * Each call of dicomtls.h and ltdic.h that allocates, with each of its
 * allocations failing in turn: it returns DICOMTLS_E_NOMEM or
 * DICOM_ERROR_MEMORY, what it writes to is as before, nothing leaks, and the
 * same call succeeds afterwards on the same object. Handshakes and associations
 * are for link_no_memory and service_no_memory. A plain program that speaks
 * TAP.
 */
#include "load/tell.h"
#include "support/heap.h"
#include "tools/mint.h"

#include "dicomtls.h"
#include "ltdic.h"

#include <gnutls/gnutls.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct mint_spec ca = {
	.subject = { { "CN", "Call CA", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};
static const struct mint_spec leaf = {
	.subject = { { "CN", "Call Leaf", 0 } },
	.issuer = &ca,
	.serial = "11",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};
static const struct mint_crl_spec crl = { .issuer = &ca, .number = 1 };

static struct mint_dir dir;
static char *ca_file, *leaf_file, *key_file, *crl_file;
static struct dt_buffer ca_der, leaf_der, crl_der;

/* What the calls are made on; made anew for each. */
static struct dicomtls_store *store;
static struct dicomtls_params *params;
static HDICOMNET net, other;
static HDICOMPDU pdu;
static HDICOMDS set;
static gnutls_session_t session;

/* What a call that failed must not have written. */
static char mark;
static bool touched;

static void
check_untouched(const void *output, int rc)
{
	touched |= rc < 0 && output != &mark;
}

static int
store_new(void)
{
	struct dicomtls_store *made = (void *)&mark;
	int rc = dicomtls_store_new(&made);

	check_untouched(made, rc);
	if (rc == 0)
		dicomtls_store_free(made);
	return rc;
}

static int
store_add_file(void)
{
	return dicomtls_store_add_file(store, ca_file);
}

static int
store_add_der(void)
{
	return dicomtls_store_add_der(store, ca_der.data, ca_der.end);
}

static int
store_add_untrusted_file(void)
{
	return dicomtls_store_add_untrusted_file(store, leaf_file);
}

static int
store_add_untrusted_der(void)
{
	return dicomtls_store_add_untrusted_der(
	    store, leaf_der.data, leaf_der.end);
}

static int
store_add_crl_file(void)
{
	return dicomtls_store_add_crl_file(store, crl_file);
}

static int
store_add_crl_der(void)
{
	return dicomtls_store_add_crl_der(store, crl_der.data, crl_der.end);
}

static int
signature_cache_new(void)
{
	struct dicomtls_signature_cache *made = (void *)&mark;
	int rc = dicomtls_signature_cache_new(&made, 64);

	check_untouched(made, rc);
	if (rc == 0)
		dicomtls_signature_cache_free(made);
	return rc;
}

static int
params_new(void)
{
	struct dicomtls_params *made = (void *)&mark;
	int rc = dicomtls_params_new(&made);

	check_untouched(made, rc);
	if (rc == 0)
		dicomtls_params_free(made);
	return rc;
}

static int
params_copy(void)
{
	struct dicomtls_params *made = (void *)&mark;
	int rc = dicomtls_params_copy(&made, params);

	check_untouched(made, rc);
	if (rc == 0)
		dicomtls_params_free(made);
	return rc;
}

static int
params_add_host(void)
{
	return dicomtls_params_add_host(params, "host.example");
}

static int
params_set_email(void)
{
	return dicomtls_params_set_email(params, "a@host.example");
}

static int
params_add_policy(void)
{
	return dicomtls_params_add_policy(params, "1.2.3.4");
}

static int
params_add_crl_file(void)
{
	return dicomtls_params_add_crl_file(params, crl_file);
}

static int
params_add_crl_der(void)
{
	return dicomtls_params_add_crl_der(params, crl_der.data, crl_der.end);
}

static int
certificate_string(void)
{
	char *text = &mark;
	int rc =
	    dicomtls_certificate_string(leaf_der.data, leaf_der.end, &text);

	check_untouched(text, rc);
	if (rc == 0)
		free(text);
	return rc;
}

/* Nobody is accepted: the store is empty. */
static int
verify(void)
{
	const gnutls_datum_t chain = { leaf_der.data, (unsigned)leaf_der.end };
	struct dicomtls_verdict verdict = { .result = 1 };
	int rc = dicomtls_verify(
	    store, params, &chain, 1, NULL, NULL, &verdict, NULL, 0);

	touched |= verdict.result == 1 ||
		   (rc == DICOMTLS_E_NOMEM &&
		       verdict.error != DICOMTLS_V_ERR_OUT_OF_MEM);
	return rc;
}

static int
session_attach(void)
{
	return dicomtls_session_attach(session, store, params, NULL, NULL);
}

static int
profile_new(void)
{
	struct dicomtls_profile *made = (void *)&mark;
	int rc = dicomtls_profile_new(&made, "B.12", NULL, 0);

	check_untouched(made, rc);
	if (rc == 0)
		dicomtls_profile_free(made);
	return rc;
}

static int
from_contract(long rc)
{
	return rc == DICOM_SUCCESS	  ? 0
	       : rc == DICOM_ERROR_MEMORY ? DICOMTLS_E_NOMEM
					  : DICOMTLS_E_INVALID;
}

static int
from_handle(const void *handle)
{
	return handle != NULL ? 0 : DICOMTLS_E_NOMEM;
}

static int
create_net(void)
{
	HDICOMNET made = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	L_DicomFreeNet(made);
	return from_handle(made);
}

static L_SSL_CTX_CREATE
context(void)
{
	return (L_SSL_CTX_CREATE){ .uStructSize = sizeof(L_SSL_CTX_CREATE),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE,
		.pszCAfile = ca_file };
}

static int
create_net_ext(void)
{
	L_SSL_CTX_CREATE create = context();
	HDICOMNET made =
	    L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &create);

	L_DicomFreeNet(made);
	if (made == NULL)
		return from_contract(create.nSuccess);
	return 0;
}

static int
initialize_net(void)
{
	L_SSL_CTX_CREATE create = context();

	return from_contract(L_DicomInitializeNet(
	    net, NULL, (L_INT32)DICOM_SECURE_TLS, &create));
}

static int
set_certificate(void)
{
	return from_contract((long)L_DicomSetClientCertificateTLS(
	    net, leaf_file, L_TLS_FILETYPE_PEM, key_file));
}

static int
set_crl_file(void)
{
	return from_contract(
	    (long)L_DicomSetCrlFileTLS(net, crl_file, L_FALSE));
}

static int
set_profile(void)
{
	return from_contract(
	    (long)L_DicomSetProfileTLS(net, (L_TCHAR *)"B.12"));
}

static int
reload(void)
{
	char why[64] = "";
	L_UINT32 rc = L_DicomReloadTLS(net, why, sizeof(why));

	touched |= rc == DICOM_ERROR_MEMORY && why[0] == '\0';
	return from_contract((long)rc);
}

static int
share(void)
{
	return from_contract((long)L_DicomShareTLS(other, net));
}

static int
listen_at(void)
{
	return from_contract(
	    L_DicomListen(other, (L_TCHAR *)"127.0.0.1", 0, 1));
}

static int
create_associate(void)
{
	HDICOMPDU made = L_DicomCreateAssociate(L_TRUE);

	L_DicomFreeAssociate(made);
	return from_handle(made);
}

static int
add_presentation(void)
{
	return from_contract(L_DicomAddPresentation(
	    pdu, 3, PDU_ACCEPT_RESULT_SUCCESS, (L_TCHAR *)"1.2.840.10008.1.1"));
}

static int
add_transfer(void)
{
	return from_contract(
	    L_DicomAddTransfer(pdu, 1, (L_TCHAR *)"1.2.840.10008.1.2.1"));
}

static int
set_transfer(void)
{
	return from_contract(
	    L_DicomSetTransfer(pdu, 1, 0, (L_TCHAR *)"1.2.840.10008.1.2.2"));
}

static int
set_extended(void)
{
	L_UCHAR octets[] = { 1, 0, 1 };

	return from_contract(
	    L_DicomSetExtended(pdu, 1, octets, sizeof(octets)));
}

static int
add_user_info(void)
{
	L_UCHAR octets[] = { 1, 2, 3 };

	return from_contract(
	    L_DicomAddUserInfo(pdu, 0x77, octets, sizeof(octets)));
}

static int
create_set(void)
{
	HDICOMDS made = L_DicomCreateDS(NULL);

	L_DicomFreeDS(made);
	return from_handle(made);
}

static int
set_encoded(void)
{
	L_UCHAR octets[] = { 8, 0, 0x16, 0, 0, 0, 0, 0 };

	return from_contract(L_DicomSetEncodedDS(set, octets, sizeof(octets)));
}

static const struct {
	const char *name;
	int (*run)(void);
} calls[] = {
	{ "store_new", store_new },
	{ "store_add_file", store_add_file },
	{ "store_add_der", store_add_der },
	{ "store_add_untrusted_file", store_add_untrusted_file },
	{ "store_add_untrusted_der", store_add_untrusted_der },
	{ "store_add_crl_file", store_add_crl_file },
	{ "store_add_crl_der", store_add_crl_der },
	{ "signature_cache_new", signature_cache_new },
	{ "params_new", params_new },
	{ "params_copy", params_copy },
	{ "params_add_host", params_add_host },
	{ "params_set_email", params_set_email },
	{ "params_add_policy", params_add_policy },
	{ "params_add_crl_file", params_add_crl_file },
	{ "params_add_crl_der", params_add_crl_der },
	{ "certificate_string", certificate_string },
	{ "verify", verify },
	{ "session_attach", session_attach },
	{ "profile_new", profile_new },
	{ "L_DicomCreateNet", create_net },
	{ "L_DicomCreateNetExt", create_net_ext },
	{ "L_DicomInitializeNet", initialize_net },
	{ "L_DicomSetClientCertificateTLS", set_certificate },
	{ "L_DicomSetCrlFileTLS", set_crl_file },
	{ "L_DicomSetProfileTLS", set_profile },
	{ "L_DicomReloadTLS", reload },
	{ "L_DicomShareTLS", share },
	{ "L_DicomListen", listen_at },
	{ "L_DicomCreateAssociate", create_associate },
	{ "L_DicomAddPresentation", add_presentation },
	{ "L_DicomAddTransfer", add_transfer },
	{ "L_DicomSetTransfer", set_transfer },
	{ "L_DicomSetExtended", set_extended },
	{ "L_DicomAddUserInfo", add_user_info },
	{ "L_DicomCreateDS", create_set },
	{ "L_DicomSetEncodedDS", set_encoded },
};

static bool
make_objects(void)
{
	L_SSL_CTX_CREATE create = context();

	net = L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &create);
	other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	pdu = L_DicomCreateAssociate(L_TRUE);
	L_DicomDefaultAssociate(pdu);
	set = L_DicomCreateDS(NULL);
	return dicomtls_store_new(&store) == 0 &&
	       dicomtls_params_new(&params) == 0 &&
	       gnutls_init(&session, GNUTLS_CLIENT) == 0;
}

static void
free_objects(void)
{
	gnutls_deinit(session);
	L_DicomFreeNet(net);
	L_DicomFreeNet(other);
	L_DicomFreeAssociate(pdu);
	L_DicomFreeDS(set);
	dicomtls_store_free(store);
	dicomtls_params_free(params);
}

struct figures {
	unsigned long failures, said, survived, otherwise, not_again, leaks;
	unsigned long misnamed; /* by GnuTLS, whose call it was */
	unsigned long lost;	/* blocks, likewise */
};

/* A listener is freed on its loop. */
static bool
is_as_before(long blocks)
{
	for (int i = 0; i < 100000; i++) {
		if (heap_blocks() <= blocks)
			return true;
		sched_yield();
	}
	return false;
}

/* False: the allocation did not come. */
static bool
fail_at(size_t index, size_t nth, struct figures *figures)
{
	const long before = heap_blocks();
	bool failed;
	int rc;

	make_objects();
	heap_fail_at(nth);
	rc = calls[index].run();
	failed = heap_fail_no_more();
	figures->failures += failed;
	figures->said += failed && rc == DICOMTLS_E_NOMEM;
	figures->survived += failed && rc == 0;
	if (failed && rc != 0 && rc != DICOMTLS_E_NOMEM &&
	    heap_failed_in("libgnutls.so")) {
		figures->misnamed++;
	} else if (failed && rc != 0 && rc != DICOMTLS_E_NOMEM) {
		figures->otherwise++;
		printf(
		    "# %s, allocation %zu: %d\n", calls[index].name, nth, rc);
	}
	figures->not_again += failed && rc != 0 && calls[index].run() != 0;
	free_objects();
	if (!is_as_before(before) && heap_failed_in("libgnutls.so")) {
		figures->lost++;
	} else if (heap_blocks() > before) {
		figures->leaks++;
		printf("# %s, allocation %zu: %ld blocks\n", calls[index].name,
		    nth, heap_blocks() - before);
	}
	return failed;
}

static void
judge(size_t index)
{
	struct figures f = { 0 };
	const char *name = calls[index].name;

	touched = false;
	/* What is kept from the first call on is there then. */
	make_objects();
	calls[index].run();
	free_objects();
	for (size_t nth = 1; fail_at(index, nth, &f); nth++)
		continue;
	tell(f.failures > 0 && f.said > 0 && f.otherwise == 0,
	    "%s: of %lu that fail %lu are said, %lu do no harm, %lu have "
	    "another name in GnuTLS",
	    name, f.failures, f.said, f.survived, f.misnamed);
	tell(!touched, "%s: its outputs are as before", name);
	tell(f.not_again == 0, "%s: then it succeeds", name);
	tell(f.leaks == 0, "%s: nothing leaks (GnuTLS loses %lu blocks)", name,
	    f.lost);
}

/* The pool of loops is either there or not. */
static void
start_up(void)
{
	unsigned long said = 0, otherwise = 0, failures = 0, leaks = 0;
	bool failed = true;
	long before;

	/* What the system keeps of threads is there then. */
	for (int i = 0; i < 4; i++) {
		L_DicomStartUp();
		L_DicomShutDown();
	}
	before = heap_blocks();
	for (size_t nth = 1; failed; nth++) {
		L_INT rc;

		heap_fail_at(nth);
		rc = L_DicomStartUp();
		failed = heap_fail_no_more();
		failures += failed;
		said += rc == DICOM_ERROR_MEMORY;
		otherwise += rc != DICOM_ERROR_MEMORY && rc != DICOM_SUCCESS;
		if (rc == DICOM_SUCCESS)
			L_DicomShutDown();
		if (!is_as_before(before)) {
			printf("# L_DicomStartUp, allocation %zu: %ld blocks\n",
			    nth, heap_blocks() - before);
			before = heap_blocks();
			leaks++;
		}
	}
	tell(failures > 0 && otherwise == 0,
	    "L_DicomStartUp: of %lu that fail %lu are said", failures, said);
	tell(leaks == 0, "L_DicomStartUp: nothing leaks");
}

static bool
make_files(void)
{
	const struct mint_spec *const anchors[] = { &ca, NULL };
	const struct mint_spec *const chain[] = { &leaf, NULL };

	if (mint_dir_make(&dir) != 0)
		return false;
	ca_file = mint_dir_certificates(&dir, "ca.pem", anchors);
	leaf_file = mint_dir_certificates(&dir, "leaf.pem", chain);
	key_file = mint_dir_key(&dir, "leaf.key", &leaf, NULL);
	crl_file = mint_dir_crl(&dir, "ca.crl", &crl);
	return ca_file != NULL && leaf_file != NULL && key_file != NULL &&
	       crl_file != NULL &&
	       mint_certificate(&ca, MINT_DER, &ca_der) == 0 &&
	       mint_certificate(&leaf, MINT_DER, &leaf_der) == 0 &&
	       mint_crl(&crl, MINT_DER, &crl_der) == 0;
}

int
main(void)
{
	if (!heap_take_over()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	if (!make_files())
		return 2;
	start_up();
	if (L_DicomStartUp() != DICOM_SUCCESS)
		return 2;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		judge(i);
	L_DicomShutDown();
	mint_dir_remove(&dir);
	return tell_end();
}

/*
 * What a program makes outside a connection, with each allocation failing in
 * turn: association objects, data sets and their files, handles and their TLS
 * settings. Each call either succeeds all the same or says that there is no
 * memory; then the object is what it was, the same call succeeds the next
 * time, and no memory and no descriptor is left.
 *
 * A plain program that speaks TAP.
 */
#include "ltdic.h"

#include "load/tell.h"
#include "load/usage.h"
#include "support/heap.h"
#include "tools/mint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define UID_A "1.2.840.10008.5.1.4.1.1.7"
#define UID_B "1.2.3.4.5"
/* GnuTLS 3.7 loses a block of a certificate and key it has no room for. */
#define BLOCKS_LOST_BY_GNUTLS 1

static struct mint_dir dir;
static L_TCHAR *ca_file, *certificate, *key, *crl_file;
static char file[320], saved[320];

static L_TCHAR *
str(const char *s)
{
	union {
		const char *in;
		L_TCHAR *out;
	} u = { s };

	return u.out;
}

/* -------------------------------------------------- association objects -- */

static L_UCHAR octets[] = "some octets of no great importance";

static void *
make_association(void)
{
	HDICOMPDU pdu = L_DicomCreateAssociate(L_TRUE);

	L_DicomSetCalled(pdu, str("SCP"));
	L_DicomAddPresentation(pdu, 1, 0, str(UID_A));
	L_DicomAddTransfer(pdu, 1, str("1.2.840.10008.1.2"));
	L_DicomSetExtended(pdu, 1, octets, 3);
	L_DicomAddUserInfo(pdu, 0x58, octets, 5);
	return pdu;
}

static void
show_association(void *object, char *text, size_t room)
{
	char transfer[65];

	L_DicomGetTransfer(object, 1, 0, transfer, sizeof(transfer));
	snprintf(text, room,
	    "%d contexts, %d transfers, %s, %d/%d, %d items, "
	    "%d/%d",
	    L_DicomGetPresentationCount(object),
	    L_DicomGetTransferCount(object, 1), transfer,
	    L_DicomGetLengthExtended(object, 1),
	    L_DicomGetExtended(object, 1) != NULL,
	    L_DicomGetUserInfoCount(object), L_DicomGetTypeUserInfo(object, 0),
	    L_DicomGetLengthUserInfo(object, 0));
}

static L_INT
add_context(void *pdu)
{
	return L_DicomAddPresentation(pdu, 3, 0, str(UID_B));
}

static L_INT
add_transfer(void *pdu)
{
	return L_DicomAddTransfer(pdu, 1, str("1.2.840.10008.1.2.1"));
}

static L_INT
set_transfer(void *pdu)
{
	return L_DicomSetTransfer(pdu, 1, 0, str("1.2.840.10008.1.2.1"));
}

static L_INT
set_extended(void *pdu)
{
	return L_DicomSetExtended(pdu, 1, octets, sizeof(octets));
}

static L_INT
add_item(void *pdu)
{
	return L_DicomAddUserInfo(pdu, 0x60, octets, sizeof(octets));
}

static L_INT
set_item(void *pdu)
{
	return L_DicomSetUserInfo(pdu, 0, 0x60, octets, sizeof(octets));
}

static L_INT
create_association(void *pdu)
{
	HDICOMPDU made = L_DicomCreateAssociate(L_FALSE);

	(void)pdu;
	L_DicomFreeAssociate(made);
	return made != NULL ? DICOM_SUCCESS : DICOM_ERROR_MEMORY;
}

/* ------------------------------------------------------------ data sets -- */

static void *
make_data_set(void)
{
	HDICOMDS set = L_DicomCreateDS(NULL);

	L_DicomSetEncodedDS(set, octets, sizeof(octets));
	L_DicomSetIdentityDS(set, str(UID_A), str(UID_B));
	L_DicomSetTransferSyntaxDS(set, str("1.2.840.10008.1.2.1"));
	return set;
}

/* With its file, which is the one that is loaded. */
static void
show_data_set(void *object, char *text, size_t room)
{
	char transfer[65], class_uid[65], instance[65];
	struct stat info;

	L_DicomGetTransferSyntaxDS(object, transfer, sizeof(transfer));
	L_DicomGetIdentityDS(
	    object, class_uid, sizeof(class_uid), instance, sizeof(instance));
	snprintf(text, room, "%ld octets, %s, %s, %s; %s",
	    (long)L_DicomGetSizeDS(object), transfer, class_uid, instance,
	    stat(saved, &info) == 0 ? "saved" : "not saved");
}

static L_INT
set_octets(void *set)
{
	return L_DicomSetEncodedDS(set, octets, 4);
}

static L_INT
load_file(void *set)
{
	return L_DicomLoadDS(set, file, 0);
}

static L_INT
load_to_memory(void *set)
{
	return L_DicomLoadDS(set, file, DS_LOAD_CLOSE);
}

static L_INT
save_file(void *set)
{
	return L_DicomSaveDS(set, saved, 0);
}

static L_INT
create_data_set(void *set)
{
	HDICOMDS made = L_DicomCreateDS(NULL);

	(void)set;
	L_DicomFreeDS(made);
	return made != NULL ? DICOM_SUCCESS : DICOM_ERROR_MEMORY;
}

static void *
load_data_set(void)
{
	HDICOMDS set = L_DicomCreateDS(NULL);

	L_DicomLoadDS(set, file, 0);
	return set;
}

static L_INT
get_octets(void *set)
{
	L_UINT32 size;

	return L_DicomGetEncodedDS(set, &size) != NULL ? DICOM_SUCCESS
						       : DICOM_ERROR_MEMORY;
}

/* ---------------------------------------------------------- TLS handles -- */

static L_SSL_CTX_CREATE
settings(void)
{
	return (L_SSL_CTX_CREATE){ .uStructSize = sizeof(L_SSL_CTX_CREATE),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE |
			  FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.pszCAfile = ca_file,
		.uVerifyMode = L_SSL_VERIFY_PEER };
}

static void *
make_handle(void)
{
	L_SSL_CTX_CREATE create = settings();
	HDICOMNET net =
	    L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &create);

	L_DicomSetCipherToIndexTLS(net, 0, L_TLS_AES_128_GCM_SHA256);
	return net;
}

static void
show_handle(void *object, char *text, size_t room)
{
	snprintf(text, room, "mode %x, suite %x, key of %u bits",
	    L_DicomGetSecureMode(object),
	    L_DicomGetCipherFromIndexTLS(object, 0),
	    L_DicomGetMutualAuthKeyLengthTLS(object, L_TLS_AES_128_GCM_SHA256));
}

static void
free_handle(void *object)
{
	L_DicomFreeNet(object);
}

static L_INT
create_handle(void *net)
{
	L_SSL_CTX_CREATE create = settings();
	HDICOMNET made =
	    L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &create);

	(void)net;
	L_DicomFreeNet(made);
	if ((made == NULL) != (create.nSuccess != DICOM_SUCCESS))
		return -1;
	return create.nSuccess;
}

static L_INT
initialize(void *net)
{
	L_SSL_CTX_CREATE create = settings();

	return L_DicomInitializeNet(
	    net, NULL, (L_INT32)DICOM_SECURE_TLS, &create);
}

static L_INT
set_certificate(void *net)
{
	return (L_INT)L_DicomSetServerCertificateTLS(
	    net, certificate, L_TLS_FILETYPE_PEM, key);
}

static L_INT
set_profile(void *net)
{
	return (L_INT)L_DicomSetProfileTLS(net, str("B.12"));
}

static L_INT
set_crls(void *net)
{
	return (L_INT)L_DicomSetCrlFileTLS(net, crl_file, L_TRUE);
}

static L_INT
reload(void *net)
{
	char reason[128];

	return (L_INT)L_DicomReloadTLS(net, reason, sizeof(reason));
}

static L_INT
share(void *net)
{
	HDICOMNET other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_INT rc = DICOM_ERROR_MEMORY;

	if (other != NULL)
		rc = (L_INT)L_DicomShareTLS(other, net);
	if (rc != DICOM_SUCCESS && other != NULL &&
	    L_DicomGetSecureMode(other) != DICOM_SECURE_NONE)
		rc = -1;
	L_DicomFreeNet(other);
	return rc;
}

/* ------------------------------------------------------------ judgement -- */

struct kind {
	void *(*make)(void);
	void (*show)(void *object, char *text, size_t room);
	void (*free)(void *object);
};

static const struct kind association = { make_association, show_association,
	L_DicomFreeAssociate };
static const struct kind data_set = { make_data_set, show_data_set,
	L_DicomFreeDS };
static const struct kind loaded = { load_data_set, show_data_set,
	L_DicomFreeDS };
static const struct kind handle = { make_handle, show_handle, free_handle };

static const struct call {
	const char *name;
	const struct kind *kind;
	L_INT (*run)(void *object);
} calls[] = {
	{ "CreateAssociate", &association, create_association },
	{ "AddPresentation", &association, add_context },
	{ "AddTransfer", &association, add_transfer },
	{ "SetTransfer", &association, set_transfer },
	{ "SetExtended", &association, set_extended },
	{ "AddUserInfo", &association, add_item },
	{ "SetUserInfo", &association, set_item },
	{ "CreateDS", &data_set, create_data_set },
	{ "SetEncodedDS", &data_set, set_octets },
	{ "LoadDS", &data_set, load_file },
	{ "LoadDS into memory", &data_set, load_to_memory },
	{ "SaveDS", &data_set, save_file },
	{ "GetEncodedDS of a file", &loaded, get_octets },
	{ "CreateNetExt", &handle, create_handle },
	{ "InitializeNet", &handle, initialize },
	{ "SetServerCertificateTLS", &handle, set_certificate },
	{ "SetProfileTLS", &handle, set_profile },
	{ "SetCrlFileTLS", &handle, set_crls },
	{ "ReloadTLS", &handle, reload },
	{ "ShareTLS", &handle, share },
};

static struct figures {
	unsigned long failures; /* allocations that failed */
	unsigned long refused;	/* calls that said so */
	unsigned long misnamed, changed, not_again, leaks;
	unsigned long lost_by_gnutls;
} figures;

/* GnuTLS has other words for it: it cannot read what it has no memory for. */
static bool
is_named(L_INT rc)
{
	return rc == DICOM_SUCCESS || rc == DICOM_ERROR_MEMORY ||
	       (rc > 0 && heap_failed_in("libgnutls.so"));
}

/* The object is made, shown, and the call made with the nth allocation
 * failing; true if the allocation came. */
static bool
fail_at(const struct call *call, size_t nth)
{
	void *object = call->kind->make();
	char before[512], after[512];
	bool failed;
	L_INT rc;

	unlink(saved);
	call->kind->show(object, before, sizeof(before));
	heap_fail_at(nth);
	rc = call->run(object);
	failed = heap_fail_no_more();
	call->kind->show(object, after, sizeof(after));
	figures.failures += failed;
	figures.refused += rc != DICOM_SUCCESS;
	if (!is_named(rc)) {
		figures.misnamed++;
		printf("# %s %zu: %d\n", call->name, nth, rc);
	}
	if (rc != DICOM_SUCCESS && strcmp(before, after) != 0) {
		figures.changed++;
		printf("# %s %zu: %s -> %s\n", call->name, nth, before, after);
	}
	figures.not_again +=
	    rc != DICOM_SUCCESS && call->run(object) != DICOM_SUCCESS;
	call->kind->free(object);
	return failed;
}

static bool
fail_and_look(const struct call *call, size_t nth)
{
	const long blocks = heap_blocks();
	const int files = usage_files();
	const bool failed = fail_at(call, nth);

	if (heap_blocks() <= blocks && usage_files() <= files)
		return failed;
	if (heap_failed_in("libgnutls.so") && usage_files() <= files &&
	    heap_blocks() <= blocks + BLOCKS_LOST_BY_GNUTLS) {
		figures.lost_by_gnutls++;
		return failed;
	}
	figures.leaks++;
	printf("# %s %zu: %ld blocks and %d descriptors more\n", call->name,
	    nth, heap_blocks() - blocks, usage_files() - files);
	return failed;
}

static void
fail_all(const struct call *call)
{
	fail_at(call, SIZE_MAX); /* what libraries keep is there */
	figures = (struct figures){ 0 };
	for (size_t nth = 1; fail_and_look(call, nth); nth++)
		;
	tell(figures.failures > 0 && figures.refused > 0,
	    "%s: %lu allocations fail, and %lu calls", call->name,
	    figures.failures, figures.refused);
	tell(figures.misnamed == 0, "%s: they say so", call->name);
	tell(figures.changed == 0, "%s: nothing has changed then", call->name);
	tell(figures.not_again == 0, "%s: the next one succeeds", call->name);
	tell(figures.leaks == 0,
	    "%s: nothing is left (GnuTLS loses %lu blocks)", call->name,
	    figures.lost_by_gnutls);
}

/* ---------------------------------------------------------------- files -- */

static const struct mint_spec authority = {
	.subject = { { "CN", "Test CA", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};
static const struct mint_spec server = {
	.subject = { { "CN", "Test Server", 0 } },
	.issuer = &authority,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth" },
};

static bool
prepare(void)
{
	const struct mint_spec *anchors[] = { &authority, NULL };
	const struct mint_spec *chain[] = { &server, NULL };
	const struct mint_crl_spec crl = { .issuer = &authority };
	HDICOMDS set;
	bool made;

	if (mint_dir_make(&dir) != 0)
		return false;
	ca_file = mint_dir_certificates(&dir, "ca.pem", anchors);
	certificate = mint_dir_certificates(&dir, "server.pem", chain);
	key = mint_dir_key(&dir, "server.key", &server, NULL);
	crl_file = mint_dir_crl(&dir, "ca.crl", &crl);
	snprintf(file, sizeof(file), "%s/file.dcm", dir.path);
	snprintf(saved, sizeof(saved), "%s/saved.dcm", dir.path);
	set = make_data_set();
	made = L_DicomSaveDS(set, file, 0) == DICOM_SUCCESS;
	L_DicomFreeDS(set);
	return made && ca_file != NULL && certificate != NULL && key != NULL &&
	       crl_file != NULL;
}

static void
clean_up(void)
{
	mint_dir_remove(&dir);
	free(ca_file);
	free(certificate);
	free(key);
	free(crl_file);
}

int
main(void)
{
	if (!heap_take_over()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	alarm(300);
	if (!prepare())
		return 2;
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		fail_all(&calls[i]);
	clean_up();
	return tell_end();
}

/* TLS settings of handles in use; see secure.h. */
#include "ltdic/secure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whom to ask for the password of a key. */
struct asker {
	HDICOMNET handle;
	struct dt_callbacks_ext ext;
};

static int
ask_password(char *buffer, int size, int encrypting, void *arg)
{
	const struct asker *asker = arg;

	if (asker->ext.password == NULL)
		return 0;
	return asker->ext.password(
	    asker->handle, buffer, size, encrypting, asker->ext.user_data);
}

/* Makes the context of settings for net; keeps the reason if it cannot. */
static int
build(struct dt_net *net, struct dt_tls_settings *settings)
{
	struct asker asker = { .handle = net->handle };
	struct dt_message why = { "" };
	int rc;

	pthread_mutex_lock(&net->lock);
	asker.ext = net->ext;
	pthread_mutex_unlock(&net->lock);
	rc = dt_tls_settings_build(settings, ask_password, &asker, &why);
	if (rc == DICOMTLS_E_NOMEM && why.text[0] == '\0')
		dt_message_set(&why, "no memory");
	pthread_mutex_lock(&net->lock);
	net->setup_message = why;
	pthread_mutex_unlock(&net->lock);
	return rc;
}

/* Gives net these settings, unless it is in use; they are then its own. */
static L_INT
install(struct dt_net *net, L_UINT32 mode, struct dt_tls_settings *settings)
{
	struct dt_tls_settings old;
	L_INT rc = DICOM_SUCCESS;

	pthread_mutex_lock(&net->lock);
	if (net->link != NULL) {
		rc = DICOM_ERROR_NET_IS_CONNECTED;
		old = *settings;
	} else {
		old = net->tls;
		net->tls = *settings;
		net->mode = mode;
	}
	pthread_mutex_unlock(&net->lock);
	dt_tls_settings_clear(&old);
	return rc;
}

static L_INT
context_error(int rc, const struct dt_tls_settings *settings)
{
	if (rc == DICOMTLS_E_NOMEM)
		return DICOM_ERROR_MEMORY;
	if (settings->ca_file == NULL || rc == DICOMTLS_E_UNSUPPORTED)
		return DICOM_ERROR_TLS_INVALID_CTX;
	return DICOM_ERROR_TLS_INVALID_CTX_CAFILE;
}

L_INT
dt_secure_initialize(
    struct dt_net *net, L_UINT32 mode, const L_SSL_CTX_CREATE *create)
{
	struct dt_tls_settings settings;
	L_INT rc = DICOM_SUCCESS;

	dt_tls_settings_init(&settings);
	if (mode == DICOM_SECURE_ISCL)
		return DICOM_ERROR_BAD_SECURE_MODE;
	if (mode == DICOM_SECURE_TLS) {
		int built = 0;

		rc = dt_tls_settings_read(&settings, create);
		if (rc == DICOM_SUCCESS)
			built = build(net, &settings);
		if (built != 0)
			rc = context_error(built, &settings);
	}
	if (rc != DICOM_SUCCESS) {
		dt_tls_settings_clear(&settings);
		return rc;
	}
	return install(net, mode, &settings);
}

/* The same where the context is made anew: from settings that were good. */
static L_UINT32
rebuild_error(int rc)
{
	return rc == DICOMTLS_E_NOMEM ? DICOM_ERROR_MEMORY
				      : DICOM_ERROR_TLS_INVALID_CTX;
}

/* With their context if that is to be shared. */
static L_INT
copy_settings(struct dt_net *net, struct dt_tls_settings *copy, bool shared)
{
	L_INT rc = DICOM_SUCCESS;

	pthread_mutex_lock(&net->lock);
	if (net->mode != DICOM_SECURE_TLS)
		rc = DICOM_ERROR_BAD_SECURE_MODE;
	else if (!dt_tls_settings_copy(copy, &net->tls))
		rc = DICOM_ERROR_MEMORY;
	else if (shared)
		copy->setup = dt_tls_setup_ref(net->tls.setup);
	pthread_mutex_unlock(&net->lock);
	return rc;
}

L_INT
dt_secure_context(struct dt_net *net, struct dt_tls_setup **setup)
{
	struct dt_tls_settings copy;
	struct dt_tls_setup *found;
	int built;
	bool plain;
	L_INT rc;

	pthread_mutex_lock(&net->lock);
	plain = net->mode != DICOM_SECURE_TLS;
	found = plain ? NULL : dt_tls_setup_ref(net->tls.setup);
	pthread_mutex_unlock(&net->lock);
	*setup = found;
	if (plain || found != NULL)
		return DICOM_SUCCESS;
	rc = copy_settings(net, &copy, false);
	if (rc != DICOM_SUCCESS)
		return rc;
	built = build(net, &copy);
	if (built != 0) {
		dt_tls_settings_clear(&copy);
		return (L_INT)rebuild_error(built);
	}
	*setup = dt_tls_setup_ref(copy.setup);
	/* The handle may have been given others meanwhile, or a connection;
	 * this one starts with what was asked for when it began. */
	rc = install(net, DICOM_SECURE_TLS, &copy);
	if (rc != DICOM_SUCCESS) {
		dt_tls_setup_free(*setup);
		*setup = NULL;
	}
	return rc;
}

static bool
has_certificate(const char *path)
{
	struct dicomtls_store *store = NULL;
	bool found = dicomtls_store_new(&store) == 0 &&
		     dicomtls_store_add_file(store, path) == 0;

	dicomtls_store_free(store);
	return found;
}

static L_UINT32
certificate_error(int rc, const char *path)
{
	if (rc == DICOMTLS_E_NOMEM)
		return DICOM_ERROR_MEMORY;
	if (rc == DICOMTLS_E_INVALID)
		return DICOM_ERROR_KEYS_MISMATCH;
	/* Too weak for the security level. */
	if (rc == DICOMTLS_E_UNSUPPORTED)
		return DICOM_ERROR_CERTIFICATE_LOAD_FAILED;
	return has_certificate(path) ? DICOM_ERROR_PRIVATE_KEY_LOAD_FAILED
				     : DICOM_ERROR_CERTIFICATE_LOAD_FAILED;
}

static bool
replace(char **text, const char *with)
{
	char *copy = with == NULL ? NULL : strdup(with);

	if (with != NULL && copy == NULL)
		return false;
	free(*text);
	*text = copy;
	return true;
}

static L_UINT32
change_certificate(struct dt_net *net, const char *certificate,
    enum tls_file_type type, const char *key)
{
	struct dt_tls_settings settings;
	L_INT rc = copy_settings(net, &settings, false);
	int built = DICOMTLS_E_NOMEM;

	if (rc != DICOM_SUCCESS)
		return (L_UINT32)rc;
	settings.file_type = type;
	if (replace(&settings.certificate_file, certificate) &&
	    replace(&settings.key_file, key))
		built = build(net, &settings);
	if (built != 0) {
		dt_tls_settings_clear(&settings);
		return certificate_error(built, certificate);
	}
	return (L_UINT32)install(net, DICOM_SECURE_TLS, &settings);
}

static L_UINT32
set_certificate(
    HDICOMNET handle, const char *certificate, L_UINT32 type, const char *key)
{
	L_INT rc;
	struct dt_net *net = dt_net_get(handle, &rc);
	L_UINT32 result = DICOM_ERROR_PARAMETER;

	if (net == NULL)
		return (L_UINT32)rc;
	if (certificate == NULL)
		result = DICOM_ERROR_NULL_PTR;
	else if (type == L_TLS_FILETYPE_PEM || type == L_TLS_FILETYPE_ASN1)
		result = change_certificate(net, certificate,
		    type == L_TLS_FILETYPE_PEM ? TLS_FILE_PEM : TLS_FILE_DER,
		    key);
	dt_net_unref(net);
	return result;
}

L_UINT32
L_DicomSetClientCertificateTLS(HDICOMNET hNet,
    L_TCHAR *pszPathToCertificateFile, L_UINT32 nCertType,
    L_TCHAR *pszPathToKeyFile)
{
	return set_certificate(
	    hNet, pszPathToCertificateFile, nCertType, pszPathToKeyFile);
}

L_UINT32
L_DicomSetServerCertificateTLS(HDICOMNET hNet,
    L_TCHAR *pszPathToCertificateFile, L_UINT32 nCertType,
    L_TCHAR *pszPathToKeyFile)
{
	return set_certificate(
	    hNet, pszPathToCertificateFile, nCertType, pszPathToKeyFile);
}

static bool
ask_for_crls(struct dt_questions *questions, const char *path, bool whole_path)
{
	const uint32_t check = DICOMTLS_F_CRL_CHECK | DICOMTLS_F_CRL_CHECK_ALL;
	const char *const files[] = { path, NULL };
	struct dt_questions asked = *questions;
	struct dt_questions copy;

	asked.crl_files = files;
	asked.flags &= ~check;
	if (path != NULL)
		asked.flags |= whole_path ? check : DICOMTLS_F_CRL_CHECK;
	if (dt_questions_copy(&copy, &asked) != 0)
		return false;
	dt_questions_clear(questions);
	*questions = copy;
	return true;
}

/* Puts settings in force that were built, or tells why they were not. */
static L_UINT32
finish_change(struct dt_net *net, struct dt_tls_settings *settings, int built)
{
	if (built == 0)
		return (L_UINT32)install(net, DICOM_SECURE_TLS, settings);
	dt_tls_settings_clear(settings);
	return rebuild_error(built);
}

static L_UINT32
change_crls(struct dt_net *net, const char *path, bool whole_path)
{
	struct dt_tls_settings settings;
	L_INT rc = copy_settings(net, &settings, false);
	int built = DICOMTLS_E_NOMEM;

	if (rc != DICOM_SUCCESS)
		return (L_UINT32)rc;
	if (ask_for_crls(&settings.questions, path, whole_path))
		built = build(net, &settings);
	return finish_change(net, &settings, built);
}

L_UINT32
L_DicomSetCrlFileTLS(HDICOMNET hNet, L_TCHAR *pszPath, L_BOOL bWholePath)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);
	L_UINT32 rc;

	if (net == NULL)
		return (L_UINT32)error;
	rc = change_crls(net, pszPath, bWholePath != L_FALSE);
	dt_net_unref(net);
	return rc;
}

static L_UINT32
change_profile(struct dt_net *net, const char *name)
{
	struct dt_tls_settings settings;
	L_INT rc = copy_settings(net, &settings, false);
	int built = DICOMTLS_E_NOMEM;

	if (rc != DICOM_SUCCESS)
		return (L_UINT32)rc;
	if (replace(&settings.profile, name))
		built = build(net, &settings);
	return finish_change(net, &settings, built);
}

L_UINT32
L_DicomSetProfileTLS(HDICOMNET hNet, L_TCHAR *pszName)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);
	L_UINT32 rc;

	if (net == NULL)
		return (L_UINT32)error;
	rc = change_profile(net, pszName);
	dt_net_unref(net);
	return rc;
}

/* Puts in force what was made of the settings of state old, unless they were
 * changed meanwhile. */
static bool
take_over(
    struct dt_net *net, unsigned long old, struct dt_tls_settings *settings)
{
	struct dt_tls_setup *before = NULL;
	bool taken;

	pthread_mutex_lock(&net->lock);
	taken = net->tls.turn == old;
	if (taken) {
		before = net->tls.setup;
		net->tls.setup = settings->setup;
		net->tls.turn = settings->turn;
		settings->setup = NULL;
	}
	pthread_mutex_unlock(&net->lock);
	dt_tls_setup_free(before);
	return taken;
}

/* Who reads last is right: a reload that another change has overtaken reads
 * once more. */
static L_UINT32
reload(struct dt_net *net)
{
	bool done = false;

	while (!done) {
		struct dt_tls_settings settings;
		L_INT rc = copy_settings(net, &settings, false);
		unsigned long old;
		int built;

		if (rc != DICOM_SUCCESS)
			return (L_UINT32)rc;
		old = settings.turn;
		built = build(net, &settings);
		done = built != 0 || take_over(net, old, &settings);
		dt_tls_settings_clear(&settings);
		if (built != 0)
			return rebuild_error(built);
	}
	return DICOM_SUCCESS;
}

L_UINT32
L_DicomReloadTLS(HDICOMNET hNet, L_TCHAR *pszReason, L_UINT32 SizeInWords)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);
	struct dt_message why = { "" };
	L_UINT32 rc;

	if (pszReason != NULL && SizeInWords > 0)
		*pszReason = '\0';
	if (net == NULL)
		return (L_UINT32)error;
	rc = reload(net);
	if (rc == DICOM_ERROR_TLS_INVALID_CTX)
		dt_net_get_setup_message(hNet, &why);
	else if (rc == DICOM_ERROR_MEMORY)
		dt_message_set(&why, "no memory");
	if (pszReason != NULL && SizeInWords > 0)
		snprintf(pszReason, SizeInWords, "%s", why.text);
	dt_net_unref(net);
	return rc;
}

/* What is to be shared has to be there. */
static L_INT
share_settings(struct dt_net *from, struct dt_tls_settings *settings)
{
	L_INT rc = copy_settings(from, settings, true);

	if (rc != DICOM_SUCCESS || settings->setup != NULL)
		return rc;
	dt_tls_settings_clear(settings);
	rc = (L_INT)reload(from);
	return rc != DICOM_SUCCESS ? rc : copy_settings(from, settings, true);
}

L_UINT32
L_DicomShareTLS(HDICOMNET hNet, HDICOMNET hFrom)
{
	struct dt_tls_settings settings;
	L_INT rc;
	struct dt_net *from = dt_net_get(hFrom, &rc);
	struct dt_net *net = from == NULL ? NULL : dt_net_get(hNet, &rc);

	if (net != NULL)
		rc = share_settings(from, &settings);
	if (net != NULL && rc == DICOM_SUCCESS)
		rc = install(net, DICOM_SECURE_TLS, &settings);
	dt_net_unref(net);
	dt_net_unref(from);
	return (L_UINT32)rc;
}

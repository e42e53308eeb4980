/* Cipher list, what was negotiated, and the state of the secure link. */
#include "ltdic/handle.h"
#include "ltdic/net.h"
#include "ltdic/suites.h"

#include "ltdic.h"

#include <string.h>

L_CIPHERSUITE
L_DicomGetCipherFromIndexTLS(HDICOMNET hNet, L_UINT32 nIndex)
{
	struct dt_net *net = dt_handle_get(hNet);
	L_CIPHERSUITE cipher = L_CIPHERSUITE_NONE;

	if (net == NULL)
		return cipher;
	pthread_mutex_lock(&net->lock);
	if (nIndex < MAX_CIPHERSUITE_COUNT)
		cipher = net->tls.suites[nIndex];
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return cipher;
}

/* Under the lock. A 0 ends the list: what stood behind it is forgotten. */
static L_UINT32
set_cipher(struct dt_net *net, L_UINT32 index, L_CIPHERSUITE cipher)
{
	L_CIPHERSUITE *suites = net->tls.suites;

	if (net->mode != DICOM_SECURE_TLS)
		return DICOM_ERROR_BAD_SECURE_MODE;
	if (index >= MAX_CIPHERSUITE_COUNT)
		return DICOM_ERROR_RANGE;
	if (cipher != L_CIPHERSUITE_NONE && dt_cipher_describe(cipher) == NULL)
		return DICOM_ERROR_PARAMETER;
	if (cipher == L_CIPHERSUITE_NONE)
		memset(suites + index, 0,
		    (MAX_CIPHERSUITE_COUNT - index) * sizeof(*suites));
	else
		suites[index] = cipher;
	dt_tls_settings_outdate(&net->tls);
	return DICOM_SUCCESS;
}

L_UINT32
L_DicomSetCipherToIndexTLS(
    HDICOMNET hNet, L_UINT32 nIndex, L_CIPHERSUITE cipher)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);
	L_UINT32 rc;

	if (net == NULL)
		return (L_UINT32)error;
	pthread_mutex_lock(&net->lock);
	rc = set_cipher(net, nIndex, cipher);
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return rc;
}

L_UINT32
L_DicomSetResumeTLS(HDICOMNET hNet, L_BOOL bResume)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);

	if (net == NULL)
		return (L_UINT32)error;
	pthread_mutex_lock(&net->lock);
	if (net->mode != DICOM_SECURE_TLS) {
		error = DICOM_ERROR_BAD_SECURE_MODE;
	} else {
		error = DICOM_SUCCESS;
		net->tls.resume = bResume != L_FALSE;
		dt_tls_settings_outdate(&net->tls);
	}
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return (L_UINT32)error;
}

L_CIPHERSUITE
L_DicomGetCiphersuiteTLS(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	L_CIPHERSUITE cipher = L_CIPHERSUITE_NONE;

	if (net == NULL)
		return cipher;
	pthread_mutex_lock(&net->lock);
	if (net->secured)
		cipher = dt_cipher_from_number(net->report.info.suite);
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return cipher;
}

/* The suite to describe; NULL for a handle or number that is none. */
static const struct dt_cipher *
describe(HDICOMNET handle, L_CIPHERSUITE cipher)
{
	struct dt_net *net = dt_handle_get(handle);

	if (net == NULL)
		return NULL;
	dt_net_unref(net);
	return dt_cipher_describe(cipher);
}

L_UINT32
L_DicomGetEncryptionAlgorithmTLS(HDICOMNET hNet, L_CIPHERSUITE cipher)
{
	const struct dt_cipher *suite = describe(hNet, cipher);

	return suite == NULL ? L_CRYPT_NONE : suite->encryption;
}

L_UINT32
L_DicomGetAuthenticationAlgorithmTLS(HDICOMNET hNet, L_CIPHERSUITE cipher)
{
	const struct dt_cipher *suite = describe(hNet, cipher);

	return suite == NULL ? L_MUTUALAUTH_NONE : suite->authentication;
}

L_UINT32
L_DicomGetIntegrityAlgorithmTLS(HDICOMNET hNet, L_CIPHERSUITE cipher)
{
	const struct dt_cipher *suite = describe(hNet, cipher);

	return suite == NULL ? L_MAC_NONE : suite->integrity;
}

L_UINT32
L_DicomGetKeyExchangeAlgorithmTLS(HDICOMNET hNet, L_CIPHERSUITE cipher)
{
	const struct dt_cipher *suite = describe(hNet, cipher);

	return suite == NULL ? L_KEYEXCHANGE_NONE : suite->key_exchange;
}

L_UINT32
L_DicomGetEncryptKeyLengthTLS(HDICOMNET hNet, L_CIPHERSUITE cipher)
{
	const struct dt_cipher *suite = describe(hNet, cipher);

	return suite == NULL ? 0 : suite->key_bits;
}

L_UINT32
L_DicomGetErrorSecure(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	L_UINT32 error;

	if (net == NULL)
		return DICOM_ERROR_TLS_OK;
	pthread_mutex_lock(&net->lock);
	error = net->secure_error;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return error;
}

L_UINT32
L_DicomGetSecureMode(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	L_UINT32 mode;

	if (net == NULL)
		return 0;
	pthread_mutex_lock(&net->lock);
	mode = net->mode;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return mode;
}

L_VOID
L_DicomSetIsSecureConnected(HDICOMNET hNet, L_BOOL bSecure)
{
	struct dt_net *net = dt_handle_get(hNet);

	if (net == NULL)
		return;
	pthread_mutex_lock(&net->lock);
	net->shown_secured = bSecure != L_FALSE;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
}

L_BOOL
L_DicomGetIsSecureConnected(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	bool secured;

	if (net == NULL)
		return L_FALSE;
	pthread_mutex_lock(&net->lock);
	secured = net->shown_secured;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return secured ? L_TRUE : L_FALSE;
}

/* Start, end, and the life of handles: L_DicomStartUp to
 * L_DicomSetCallbackExt. */
#include "ltdic/handle.h"
#include "ltdic/net.h"
#include "ltdic/secure.h"

#include "ltdic.h"

#include <stddef.h>
#include <string.h>

L_INT
L_DicomStartUp(L_VOID)
{
	return dt_loops_start() == 0 ? DICOM_SUCCESS : DICOM_ERROR_MEMORY;
}

static void
close_all(void)
{
	struct dt_array nets = { 0 };

	dt_handle_all(&nets);
	for (size_t i = 0; i < nets.count; i++) {
		dt_net_close(nets.items[i], false);
		dt_net_unref(nets.items[i]);
	}
	dt_array_clear(&nets);
}

L_VOID
L_DicomShutDown(L_VOID)
{
	/* A loop ends when its last socket is closed, so that handles the
	 * program forgot must not keep theirs. */
	if (dt_loops_is_last())
		close_all();
	dt_loops_stop();
}

/* Only what the caller's struct has room for. */
static L_INT
set_success(pL_SSL_CTX_CREATE create, L_INT result)
{
	if (create != NULL &&
	    create->uStructSize >= offsetof(L_SSL_CTX_CREATE, nReserved1))
		create->nSuccess = result;
	return result;
}

static L_UINT32
known_mode(L_INT32 mode)
{
	L_UINT32 value = (L_UINT32)mode;

	return value == DICOM_SECURE_TLS || value == DICOM_SECURE_ISCL
		   ? value
		   : DICOM_SECURE_NONE;
}

static L_INT
create_net(HDICOMNET *handle, const char *folder, L_INT32 mode,
    pL_SSL_CTX_CREATE create)
{
	struct dt_net *net = dt_net_new(DICOM_SECURE_NONE, folder);
	L_INT rc = DICOM_ERROR_MEMORY;

	if (net == NULL)
		return rc;
	rc = dt_secure_initialize(net, known_mode(mode), create);
	if (rc == DICOM_SUCCESS) {
		*handle = dt_handle_add(net);
		if (*handle == NULL)
			rc = DICOM_ERROR_MEMORY;
	}
	dt_net_unref(net);
	return rc;
}

HDICOMNET
L_DicomCreateNet(L_TCHAR *pszPath, L_INT32 nMode)
{
	return L_DicomCreateNetExt(pszPath, nMode, NULL);
}

HDICOMNET
L_DicomCreateNetExt(
    L_TCHAR *pszPath, L_INT32 nMode, pL_SSL_CTX_CREATE pCtxCreate)
{
	HDICOMNET handle = NULL;

	set_success(
	    pCtxCreate, create_net(&handle, pszPath, nMode, pCtxCreate));
	return handle;
}

L_INT
L_DicomInitializeNet(HDICOMNET hNet, L_TCHAR *pszPath, L_INT32 nMode,
    pL_SSL_CTX_CREATE pCtxCreate)
{
	L_INT rc;
	struct dt_net *net = dt_net_get(hNet, &rc);

	(void)pszPath;
	if (net != NULL)
		rc = dt_secure_initialize(net, known_mode(nMode), pCtxCreate);
	dt_net_unref(net);
	return set_success(pCtxCreate, rc);
}

L_VOID
L_DicomFreeNet(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_take(hNet);

	if (net == NULL)
		return;
	pthread_mutex_lock(&net->lock);
	net->freed = true;
	pthread_mutex_unlock(&net->lock);
	dt_net_close(net, false);
	dt_net_unref(net);
}

L_VOID
L_DicomSetCallback(HDICOMNET hNet, pDICOMNETCALLBACK pCallback)
{
	DICOMNETCALLBACK callbacks = { 0 };
	struct dt_net *net = dt_handle_get(hNet);

	if (net == NULL)
		return;
	if (pCallback != NULL)
		callbacks = *pCallback;
	pthread_mutex_lock(&net->lock);
	net->callbacks = callbacks;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
}

/* The table with the sixth parameter of VERIFY; else as DICOMNETCALLBACKEXT. */
struct callback_ext6 {
	L_UINT uStructSize;
	PRIVATEKEYPASSWORD pfnPrivateKeyPassword;
	L_VOID *pUserData;
	dt_verify6_fn pfnVerify;
	BEFORESENDCOMMANDSET pfnBeforeSendCommandSet;
};

/* Sizes the table had before its last members were appended. */
static bool
is_known_ext_size(L_UINT size)
{
	return size == offsetof(DICOMNETCALLBACKEXT, pfnVerify) ||
	       size == offsetof(DICOMNETCALLBACKEXT, pfnBeforeSendCommandSet) ||
	       size == sizeof(DICOMNETCALLBACKEXT);
}

static void
store_ext(HDICOMNET handle, const struct dt_callbacks_ext *ext)
{
	struct dt_net *net = dt_handle_get(handle);

	if (net == NULL)
		return;
	pthread_mutex_lock(&net->lock);
	net->ext = *ext;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
}

L_VOID
L_DicomSetCallbackExt(HDICOMNET hNet, pDICOMNETCALLBACKEXT pCallbackExt)
{
	DICOMNETCALLBACKEXT table = { 0 };
	struct dt_callbacks_ext ext = { 0 };

	if (pCallbackExt != NULL) {
		if (!is_known_ext_size(pCallbackExt->uStructSize))
			return;
		memcpy(&table, pCallbackExt, pCallbackExt->uStructSize);
		ext.password = table.pfnPrivateKeyPassword;
		ext.verify5 = table.pfnVerify;
		ext.before_send = table.pfnBeforeSendCommandSet;
		ext.user_data = table.pUserData;
	}
	store_ext(hNet, &ext);
}

/* What L_DicomSetCallbackExt is for a program that defines
 * L_DICOM_VERIFY_USERDATA. */
L_LTDIC_API L_VOID L_DicomSetCallbackExtUserData(
    HDICOMNET hNet, const struct callback_ext6 *pCallbackExt);

L_VOID
L_DicomSetCallbackExtUserData(
    HDICOMNET hNet, const struct callback_ext6 *pCallbackExt)
{
	struct callback_ext6 table = { 0 };
	struct dt_callbacks_ext ext = { 0 };

	if (pCallbackExt != NULL) {
		if (!is_known_ext_size(pCallbackExt->uStructSize))
			return;
		memcpy(&table, pCallbackExt, pCallbackExt->uStructSize);
		ext.password = table.pfnPrivateKeyPassword;
		ext.verify6 = table.pfnVerify;
		ext.before_send = table.pfnBeforeSendCommandSet;
		ext.user_data = table.pUserData;
	}
	store_ext(hNet, &ext);
}

/* L_DicomGetMutualAuthKeyLengthTLS: the size of the key in this end's own
 * certificate, read from its file when asked. */
#include "ltdic/handle.h"
#include "ltdic/net.h"
#include "ltdic/suites.h"

#include "x509/cert.h"
#include "x509/pem.h"

#include "ltdic.h"

#include <stdlib.h>

static L_UINT32
key_bits(struct dt_span der)
{
	struct dt_cert *cert;
	L_UINT32 bits;

	if (dt_cert_parse(&cert, der, NULL, NULL) != 0)
		return 0;
	bits = (L_UINT32)cert->key.size_bits;
	dt_cert_free(cert);
	return bits;
}

/* The first certificate of a file is the end's own. */
static L_UINT32
key_bits_in_file(const char *path)
{
	struct dt_buffer text = { 0 };
	struct dt_pem block = { 0 };
	struct dt_pem_iter iter;
	L_UINT32 bits = 0;

	if (dt_file_read(path, &text, NULL) == 0) {
		iter = dt_pem_iter(dt_buffer_span(&text));
		while (dt_pem_next(&iter, &block) == 1) {
			if (!dt_pem_is_certificate(&block))
				continue;
			bits = key_bits(dt_buffer_span(&block.der));
			break;
		}
	}
	dt_pem_clear(&block);
	dt_buffer_wipe(&text);
	return bits;
}

L_UINT32
L_DicomGetMutualAuthKeyLengthTLS(HDICOMNET hNet, L_CIPHERSUITE cipher)
{
	struct dt_net *net = dt_handle_get(hNet);
	char *path = NULL;
	L_UINT32 bits = 0;

	if (net == NULL)
		return 0;
	pthread_mutex_lock(&net->lock);
	if (net->tls.certificate_file != NULL)
		path = strdup(net->tls.certificate_file);
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	if (path != NULL && dt_cipher_describe(cipher) != NULL)
		bits = key_bits_in_file(path);
	free(path);
	return bits;
}

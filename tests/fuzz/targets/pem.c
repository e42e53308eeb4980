/* Any octets as a file of PEM blocks or DER: block by block, and as a file
 * that a store takes its certificates and CRLs from. */
#include "target.h"

#include "x509/cert.h"
#include "x509/crl.h"
#include "x509/pem.h"

#include <dicomtls.h>
#include <sys/mman.h>
#include <unistd.h>

static void
look_at(const struct dt_pem *block)
{
	struct dt_span der = dt_buffer_span(&block->der);
	struct dt_cert *cert;
	struct dt_crl *crl;

	if (dt_pem_is_trusted_certificate(block) &&
	    dt_cert_parse_aux(&cert, der, NULL) == 0)
		dt_cert_free(cert);
	else if (dt_pem_is_certificate(block) &&
		 dt_cert_parse(&cert, der, NULL, NULL) == 0)
		dt_cert_free(cert);
	if (dt_pem_is_crl(block) && dt_crl_parse(&crl, der, NULL, NULL) == 0)
		dt_crl_free(crl);
	/* A key is for GnuTLS to decode; here no copy of it is made. */
	if (dt_pem_has_label(block, "PRIVATE KEY"))
		REQUIRE(der.size == 0);
}

/* What is refused has a reason. */
static void
fill_store(struct dt_span content)
{
	int (*const adds[])(struct dicomtls_store *, const char *) = {
		dicomtls_store_add_file, dicomtls_store_add_untrusted_file,
		dicomtls_store_add_crl_file
	};
	struct dicomtls_store *store;
	char path[64];
	int fd = memfd_create("pem", MFD_CLOEXEC);

	REQUIRE(fd >= 0);
	REQUIRE(write(fd, content.data, content.size) == (ssize_t)content.size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	for (size_t i = 0; i < sizeof(adds) / sizeof(adds[0]); i++) {
		REQUIRE(dicomtls_store_new(&store) == 0);
		if (adds[i](store, path) != 0)
			REQUIRE(dicomtls_store_message(store)[0] != '\0');
		dicomtls_store_free(store);
	}
	close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_pem_iter iter = dt_pem_iter(dt_span(copy, size));
	struct dt_pem block = { 0 };
	size_t left = size + 1;

	while (dt_pem_next(&iter, &block) == 1) {
		look_at(&block);
		/* Each block takes something, so that the walk ends. */
		REQUIRE(iter.left.size < left);
		left = iter.left.size;
	}
	dt_pem_clear(&block);
	fill_store(dt_span(copy, size));
	free(copy);
	return 0;
}

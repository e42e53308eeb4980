/*
 * The key under which the signature of a CRL was found good; see crl.h. A CRL
 * is signed by one key, so the first success is kept and no other: hashing
 * hundreds of thousands of entries again for each connection, as OpenSSL does,
 * would tell the same. Failures are not kept.
 */
#include "x509/crl.h"

#include "dicomtls.h"

#include <stdlib.h>

/* SubjectPublicKeyInfo, compared octet by octet. */
struct dt_crl_proof {
	size_t size;
	uint8_t spki[];
};

bool
dt_crl_is_proven(const struct dt_crl *crl, struct dt_span spki)
{
	const struct dt_crl_proof *proof =
	    __atomic_load_n(&crl->proof, __ATOMIC_ACQUIRE);

	return proof != NULL &&
	       dt_span_equal(dt_span(proof->spki, proof->size), spki);
}

/* Threads that find out at the same time try to be the first; what the others
 * bring is dropped, and so it is where there is no memory. */
void
dt_crl_set_proven(const struct dt_crl *crl, struct dt_span spki)
{
	struct dt_crl_proof **at =
	    (struct dt_crl_proof **)(uintptr_t)&crl->proof;
	struct dt_crl_proof *none = NULL;
	struct dt_crl_proof *proof;

	if (__atomic_load_n(at, __ATOMIC_RELAXED) != NULL)
		return;
	proof = malloc(sizeof(*proof) + spki.size);
	if (proof == NULL)
		return;
	proof->size = spki.size;
	memcpy(proof->spki, spki.data, spki.size);
	if (!__atomic_compare_exchange_n(
		at, &none, proof, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
		free(proof);
}

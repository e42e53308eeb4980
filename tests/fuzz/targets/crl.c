/* Any octets as a CRL: each of its first entries is found again, and a chain
 * whose issuer has the name of a seed's is judged with it. */
#include "target.h"

#include "tools/mint.h"
#include "x509/crl.h"

#include <dicomtls.h>

#define LOOKED_UP 64

static gnutls_datum_t chain[2];
static struct dicomtls_store *store;

/* Made once; the process ends with them. */
static void
make_chain(void)
{
	static const struct mint_spec root = {
		.subject = { { "CN", "Root", 0 } },
		.constraints = MINT_CA,
		.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
	};
	static const struct mint_spec leaf = {
		.subject = { { "CN", "Leaf", 0 } },
		.issuer = &root,
		.no_authority_key_id = true,
	};
	static const struct mint_spec *const specs[] = { &leaf, &root };

	for (size_t i = 0; i < 2; i++) {
		struct dt_buffer der = { 0 };
		struct dt_span span;

		REQUIRE(mint_certificate(specs[i], MINT_DER, &der) == 0);
		span = dt_buffer_span(&der);
		chain[i].data = fuzz_copy(span);
		chain[i].size = (unsigned)span.size;
		dt_buffer_clear(&der);
	}
	REQUIRE(dicomtls_store_new(&store) == 0);
	REQUIRE(
	    dicomtls_store_add_der(store, chain[1].data, chain[1].size) == 0);
}

static int
accept(int ok, const struct dicomtls_event *event, void *arg)
{
	(void)event;
	(void)arg;
	return ok != 0 ? ok : 1;
}

/* For the whole chain; CRLs and deltas are the same one. */
static void
judge(struct dt_span der)
{
	static const uint32_t flags[] = { DICOMTLS_F_CRL_CHECK,
		DICOMTLS_F_CRL_CHECK | DICOMTLS_F_CRL_CHECK_ALL |
		    DICOMTLS_F_EXTENDED_CRL_SUPPORT | DICOMTLS_F_USE_DELTAS |
		    DICOMTLS_F_X509_STRICT };

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		struct dicomtls_params *params;
		struct dicomtls_verdict verdict;

		REQUIRE(dicomtls_params_new(&params) == 0);
		REQUIRE(dicomtls_params_set_flags(params, flags[i]) == 0);
		REQUIRE(dicomtls_params_add_crl_der(
			    params, der.data, der.size) == 0);
		/* No CRL here has a signature of that root. */
		REQUIRE(dicomtls_verify(store, params, chain, 2, NULL, NULL,
			    &verdict, NULL, 0) != 0 ||
			verdict.result != 1);
		(void)dicomtls_verify(
		    store, params, chain, 2, accept, NULL, &verdict, NULL, 0);
		dicomtls_params_free(params);
	}
}

static void
find_entries(const struct dt_crl *crl)
{
	struct dt_span revoked = crl->revoked;
	struct dt_crl_entry entry;
	size_t count = 0;

	while (dt_crl_next(crl, &revoked, &entry)) {
		enum dt_crl_answer answer;

		if (count++ >= LOOKED_UP)
			continue;
		answer = dt_crl_find(crl, entry.serial, &crl->issuer);
		/* An entry of another issuer is not this issuer's. */
		REQUIRE(crl->issuers.count > 0 || answer != DT_CRL_ABSENT);
	}
	REQUIRE(count == crl->entry_count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_crl *crl;
	struct dt_message why;
	size_t consumed = 0;
	int rc = dt_crl_parse(&crl, dt_span(copy, size), &consumed, &why);

	free(copy);
	if (rc != 0)
		return 0;
	if (store == NULL)
		make_chain();
	REQUIRE(consumed > 0 && consumed <= size);
	find_entries(crl);
	REQUIRE(dt_crl_equal(crl, crl));
	judge(crl->der);
	dt_crl_free(crl);
	return 0;
}

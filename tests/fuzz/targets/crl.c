/* Any octets as a CRL; each of its first entries is found again. */
#include "target.h"

#include "x509/crl.h"

#define LOOKED_UP 64

static void
find_entries(const struct dt_crl *crl)
{
	for (size_t i = 0; i < crl->entry_count && i < LOOKED_UP; i++) {
		const struct dt_crl_entry *entry = &crl->entries[i];
		const struct dt_crl_entry *found =
		    dt_crl_find(crl, entry->serial, &crl->issuer);

		/* An entry of another issuer is not this issuer's. */
		if (entry->issuer == NULL)
			REQUIRE(found != NULL);
		if (found != NULL)
			REQUIRE(dt_span_equal(found->serial, entry->serial));
	}
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
	REQUIRE(consumed > 0 && consumed <= size);
	find_entries(crl);
	REQUIRE(dt_crl_equal(crl, crl));
	dt_crl_free(crl);
	return 0;
}

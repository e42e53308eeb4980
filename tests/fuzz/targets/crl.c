/* Any octets as a CRL; each of its first entries is found again. */
#include "target.h"

#include "x509/crl.h"

#define LOOKED_UP 64

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
	REQUIRE(consumed > 0 && consumed <= size);
	find_entries(crl);
	REQUIRE(dt_crl_equal(crl, crl));
	dt_crl_free(crl);
	return 0;
}

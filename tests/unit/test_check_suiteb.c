/* Who may sign a CRL under Suite B. Paths are compared with the reference in
 * tests/conformance. */
#include "verify/check_suiteb.h"

#include <criterion/criterion.h>

#define BYTES(text) dt_span(text, sizeof(text) - 1)

static const struct dt_span p256 = { (const uint8_t *)"\x2a\x86\x48\xce\x3d"
						      "\x03\x01\x07",
	8 };
static const struct dt_span p384 = { (const uint8_t *)"\x2b\x81\x04\x00\x22",
	5 };
static const struct dt_span p521 = { (const uint8_t *)"\x2b\x81\x04\x00\x23",
	5 };

#define ECDSA(n) BYTES("\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03" n)
#define SHA224 "\x01"
#define SHA256 "\x02"
#define SHA384 "\x03"

static int
check(uint32_t flags, const struct dt_key *key, struct dt_span algorithm)
{
	struct dicomtls_params params = dt_default_params;

	params.flags |= flags;
	return dt_suiteb_check_crl(&params, key, algorithm);
}

static struct dt_key
ec_key(struct dt_span curve)
{
	return (
	    struct dt_key){ .type = DT_KEY_EC, .curve = dt_curve_find(curve) };
}

Test(check_suiteb, nothing_is_judged_unless_asked_for)
{
	struct dt_key none = { .type = DT_KEY_UNKNOWN };

	cr_expect_eq(check(0, &none, ECDSA(SHA224)), DICOMTLS_V_OK);
}

Test(check_suiteb, curve_and_digest_belong_together)
{
	const uint32_t any = DICOMTLS_F_SUITEB_128_LOS;
	struct dt_key small = ec_key(p256), large = ec_key(p384);

	cr_expect_eq(check(any, &small, ECDSA(SHA256)), DICOMTLS_V_OK);
	cr_expect_eq(check(any, &large, ECDSA(SHA384)), DICOMTLS_V_OK);
	cr_expect_eq(check(any, &small, ECDSA(SHA384)),
	    DICOMTLS_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM);
	cr_expect_eq(check(any, &large, ECDSA(SHA256)),
	    DICOMTLS_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM);
}

Test(check_suiteb, level_must_be_allowed)
{
	struct dt_key small = ec_key(p256), large = ec_key(p384);

	cr_expect_eq(
	    check(DICOMTLS_F_SUITEB_128_LOS_ONLY, &large, ECDSA(SHA384)),
	    DICOMTLS_V_ERR_SUITE_B_LOS_NOT_ALLOWED);
	cr_expect_eq(check(DICOMTLS_F_SUITEB_192_LOS, &small, ECDSA(SHA256)),
	    DICOMTLS_V_ERR_SUITE_B_LOS_NOT_ALLOWED);
	/* The algorithm is looked at first. */
	cr_expect_eq(check(DICOMTLS_F_SUITEB_192_LOS, &small, ECDSA(SHA224)),
	    DICOMTLS_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM);
}

Test(check_suiteb, other_keys_are_refused)
{
	const uint32_t any = DICOMTLS_F_SUITEB_128_LOS;
	struct dt_key none = { .type = DT_KEY_UNKNOWN };
	struct dt_key rsa = { .type = DT_KEY_RSA };
	struct dt_key other = ec_key(p521);
	struct dt_key nameless = { .type = DT_KEY_EC, .explicit_curve = true };

	cr_expect_eq(check(any, &none, ECDSA(SHA256)),
	    DICOMTLS_V_ERR_SUITE_B_INVALID_ALGORITHM);
	cr_expect_eq(check(any, &rsa, ECDSA(SHA256)),
	    DICOMTLS_V_ERR_SUITE_B_INVALID_ALGORITHM);
	cr_expect_eq(check(any, &other, ECDSA(SHA256)),
	    DICOMTLS_V_ERR_SUITE_B_INVALID_CURVE);
	cr_expect_eq(check(any, &nameless, ECDSA(SHA256)),
	    DICOMTLS_V_ERR_SUITE_B_INVALID_CURVE);
}

/*
 * Profiles by name; see profile_table.h.
 *
 * Suites are those each profile names. B.12 and B.9 to B.11 rest on BCP 195:
 * RFC 9325 (RFC 7525 for the retired ones), sections 4.2 and 4.5. Where a
 * profile allows more than it names (DHE and Camellia in B.13, any suite "of
 * similar strength" in B.10), more is not offered. Curves of X25519 and X448
 * are left out where the text asks for ECDHE of 256 bits or more and lists
 * the algorithms that may be used (B.11, B.13). B.2 is ISCL, B.4 to B.8 are
 * not about TLS.
 */
#include "tls/profile_table.h"

#include "tls/backend.h"

static const uint16_t modern_groups[] = { 0x001d, 0x0017, 0x001e, 0x0018,
	0x0019, 0 };
static const uint16_t nist_groups[] = { 0x0017, 0x0018, 0x0019, 0 };

#define RSA_AND_ECDSA                                                          \
	0x0401, 0x0501, 0x0601, 0x0809, 0x080a, 0x080b, 0x0804, 0x0805,        \
	    0x0806, 0x0403, 0x0503, 0x0603

static const uint16_t modern_signatures[] = { RSA_AND_ECDSA, 0x0807, 0x0808,
	0 };
static const uint16_t rsa_and_ecdsa[] = { RSA_AND_ECDSA, 0 };
/* TLS 1.2 names SHA-1 where older versions have no choice. */
static const uint16_t old_signatures[] = { RSA_AND_ECDSA, 0x0201, 0x0203, 0 };

static const struct dt_profile_rules profiles[] = {
	{ "bcp195-8996", "B.12", false, TLS_V1_2, TLS_V1_3,
	    { 0xc02c, 0xc030, 0xc02b, 0xc02f, 0x1302, 0x1301 }, modern_groups,
	    modern_signatures, { 2048, 224, 128, true } },
	{ "bcp195-8996-mod", "B.13", false, TLS_V1_2, TLS_V1_3,
	    { 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc02b, 0xc02f, 0xc0ad, 0xc0ac,
		0xc0af, 0xc0ae, 0x1302, 0x1303, 0x1301, 0x1304, 0x1305 },
	    nist_groups, rsa_and_ecdsa, { 2048, 256, 128, false } },
	{ "bcp195-ex", "B.11", true, TLS_V1_2, TLS_V1_2,
	    { 0xc02c, 0xc030, 0xc02b, 0xc02f, 0x009f, 0x009e }, nist_groups,
	    rsa_and_ecdsa, { 2048, 256, 128, false } },
	{ "bcp195-nd", "B.10", true, TLS_V1_2, TLS_V1_3,
	    { 0xc030, 0xc02f, 0x009f, 0x009e, 0x1302, 0x1301 }, modern_groups,
	    modern_signatures, { 2048, 192, 128, true } },
	{ "bcp195", "B.9", true, TLS_V1_0, TLS_V1_3,
	    { 0xc030, 0xc02f, 0x009f, 0x009e, 0x002f, 0x000a, 0x1302, 0x1301 },
	    modern_groups, modern_signatures, { 2048, 192, 128, true } },
	{ "aes", "B.3", true, TLS_V1_0, TLS_V1_2, { 0x002f, 0x000a },
	    modern_groups, old_signatures, { 0 } },
	{ "basic", "B.1", true, TLS_V1_0, TLS_V1_2, { 0x000a }, modern_groups,
	    old_signatures, { 0 } },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct dt_profile_rules *
dt_profile_rules_find(const char *name)
{
	for (size_t i = 0; i < COUNT(profiles); i++)
		if (strcmp(profiles[i].name, name) == 0 ||
		    strcmp(profiles[i].section, name) == 0)
			return &profiles[i];
	return NULL;
}

const struct dt_profile_rules *
dt_profile_rules_at(size_t index)
{
	return index < COUNT(profiles) ? &profiles[index] : NULL;
}

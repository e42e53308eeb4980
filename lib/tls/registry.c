/*
 * Cipher suites, groups and signature schemes; see registry.h.
 *
 * Only what a profile of PS3.15, or the documented interface's list of suites,
 * may ask for is here: nothing else is ever offered.
 */
#include "tls/registry.h"

#include "tls/backend.h"

#include <string.h>
#include <strings.h>

#define AEAD "AEAD"
#define GCM_128 "AES-128-GCM"
#define GCM_256 "AES-256-GCM"
#define CHACHA "CHACHA20-POLY1305"

static const struct dt_suite suites[] = {
	{ 0x1301, "TLS_AES_128_GCM_SHA256", NULL, GCM_128, AEAD },
	{ 0x1302, "TLS_AES_256_GCM_SHA384", NULL, GCM_256, AEAD },
	{ 0x1303, "TLS_CHACHA20_POLY1305_SHA256", NULL, CHACHA, AEAD },
	{ 0x1304, "TLS_AES_128_CCM_SHA256", NULL, "AES-128-CCM", AEAD },
	{ 0x1305, "TLS_AES_128_CCM_8_SHA256", NULL, "AES-128-CCM-8", AEAD },
	{ 0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA",
	    GCM_128, AEAD },
	{ 0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA",
	    GCM_256, AEAD },
	{ 0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA", GCM_128,
	    AEAD },
	{ 0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA", GCM_256,
	    AEAD },
	{ 0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA",
	    CHACHA, AEAD },
	{ 0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
	    "ECDHE-ECDSA", CHACHA, AEAD },
	{ 0xc0ac, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "ECDHE-ECDSA",
	    "AES-128-CCM", AEAD },
	{ 0xc0ad, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM", "ECDHE-ECDSA",
	    "AES-256-CCM", AEAD },
	{ 0xc0ae, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", "ECDHE-ECDSA",
	    "AES-128-CCM-8", AEAD },
	{ 0xc0af, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8", "ECDHE-ECDSA",
	    "AES-256-CCM-8", AEAD },
	{ 0x009e, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "DHE-RSA", GCM_128,
	    AEAD },
	{ 0x009f, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "DHE-RSA", GCM_256,
	    AEAD },
	{ 0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "DHE-RSA", "AES-256-CBC",
	    "SHA1" },
	{ 0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA", "DHE-RSA", "3DES-CBC",
	    "SHA1" },
	{ 0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA", "RSA", "AES-128-CBC",
	    "SHA1" },
	{ 0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "RSA", "3DES-CBC", "SHA1" }
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct dt_named dt_groups[] = {
	{ 0x001d, "X25519" },
	{ 0x0017, "SECP256R1" },
	{ 0x001e, "X448" },
	{ 0x0018, "SECP384R1" },
	{ 0x0019, "SECP521R1" },
	{ 0x0100, "FFDHE2048" },
	{ 0x0101, "FFDHE3072" },
	{ 0x0102, "FFDHE4096" },
};

const size_t dt_group_count = COUNT(dt_groups);

const struct dt_named dt_signatures[] = {
	{ 0x0401, "RSA-SHA256" },
	{ 0x0501, "RSA-SHA384" },
	{ 0x0601, "RSA-SHA512" },
	{ 0x0809, "RSA-PSS-SHA256" },
	{ 0x080a, "RSA-PSS-SHA384" },
	{ 0x080b, "RSA-PSS-SHA512" },
	{ 0x0804, "RSA-PSS-RSAE-SHA256" },
	{ 0x0805, "RSA-PSS-RSAE-SHA384" },
	{ 0x0806, "RSA-PSS-RSAE-SHA512" },
	{ 0x0403, "ECDSA-SHA256" },
	{ 0x0503, "ECDSA-SHA384" },
	{ 0x0603, "ECDSA-SHA512" },
	{ 0x0403, "ECDSA-SECP256R1-SHA256" },
	{ 0x0503, "ECDSA-SECP384R1-SHA384" },
	{ 0x0603, "ECDSA-SECP521R1-SHA512" },
	{ 0x0807, "EDDSA-ED25519" },
	{ 0x0808, "EDDSA-ED448" },
	{ 0x0201, "RSA-SHA1" },
	{ 0x0203, "ECDSA-SHA1" },
};

const size_t dt_signature_count = COUNT(dt_signatures);

const struct dt_suite *
dt_suite_by_number(uint16_t number)
{
	for (size_t i = 0; i < COUNT(suites); i++)
		if (suites[i].number == number)
			return &suites[i];
	return NULL;
}

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

const struct dt_suite *
dt_suite_find(int version, const char *kx, const char *cipher, const char *mac)
{
	for (size_t i = 0; i < COUNT(suites); i++) {
		const struct dt_suite *s = &suites[i];
		bool new = version >= TLS_V1_3;

		if (same(s->cipher, cipher) && same(s->mac, mac) &&
		    (new ? s->kx == NULL : same(s->kx, kx)))
			return s;
	}
	return NULL;
}

bool
dt_suite_is_1_3(uint16_t number)
{
	return number >> 8 == 0x13;
}

static uint16_t
find(const struct dt_named *table, size_t count, const char *name)
{
	for (size_t i = 0; name != NULL && i < count; i++)
		if (strcasecmp(table[i].name, name) == 0)
			return table[i].number;
	return 0;
}

uint16_t
dt_group_find(const char *name)
{
	return find(dt_groups, dt_group_count, name);
}

uint16_t
dt_signature_find(const char *name)
{
	return find(dt_signatures, dt_signature_count, name);
}

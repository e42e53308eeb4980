/*
 * Which TLS versions, cipher suites and parameters a context may negotiate:
 * the DICOM secure transport profiles (PS3.15 Annex B) and lists of suites,
 * turned into a GnuTLS priority string and an allow-list.
 */
#ifndef DICOMTLS_TLS_PROFILE_H
#define DICOMTLS_TLS_PROFILE_H

#include "tls/backend.h"

/* Room for the largest preset, B.13: 12 suites of TLS 1.2, 5 of TLS 1.3. */
#define DT_PROFILE_SUITES 20

/* What a configuration asks for, with all defaults filled in. */
struct dt_profile {
	int min_version;
	int max_version;
	uint16_t suites[DT_PROFILE_SUITES]; /* IANA numbers, preferred first */
	size_t count;
	bool limits_1_3;     /* the suites name one of TLS 1.3 */
	char priority[1024]; /* for gnutls_priority_init2 */
};

/* A suite as negotiated, in the words of GnuTLS's name functions. */
struct dt_suite {
	uint16_t number; /* IANA */
	const char *name;
	const char *kx; /* NULL: TLS 1.3 */
	const char *cipher;
	const char *mac;
};

/* 0, DICOMTLS_E_INVALID (versions or profile name) or
 * DICOMTLS_E_UNSUPPORTED (no suite that GnuTLS has). */
int dt_profile_resolve(struct dt_profile *profile,
    const struct tls_config *config, struct dt_message *why);

/* True if the profile names the suite. A priority string composes key
 * exchanges with ciphers and so may offer more. */
bool dt_profile_allows(const struct dt_profile *profile, uint16_t suite);

/* Suites by number and by what GnuTLS negotiated (kx is not looked at for
 * TLS 1.3); NULL if there is none in the table. */
const struct dt_suite *dt_suite_by_number(uint16_t number);
const struct dt_suite *dt_suite_find(
    int version, const char *kx, const char *cipher, const char *mac);

#endif

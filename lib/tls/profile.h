/*
 * Which TLS versions, cipher suites and parameters a context may negotiate:
 * the DICOM secure transport profiles (PS3.15 Annex B) and lists of suites,
 * turned into a GnuTLS priority string and an allow-list.
 */
#ifndef DICOMTLS_TLS_PROFILE_H
#define DICOMTLS_TLS_PROFILE_H

#include "tls/backend.h"
#include "tls/profile_table.h"
#include "tls/registry.h"

/* ALPN (RFC 7301) as IANA registered it for PS3.15. */
#define DT_ALPN_NAME "dicom"

/* What a configuration asks for, with all defaults filled in. */
struct dt_profile {
	const struct dt_profile_rules *rules;
	bool named; /* asked for by name: certificates must satisfy it too */
	int min_version;
	int max_version;
	uint16_t suites[DT_PROFILE_SUITES]; /* IANA numbers, preferred first */
	size_t count;
	bool limits_1_3;     /* the suites name one of TLS 1.3 */
	bool finite;	     /* they name one of DHE */
	char priority[1280]; /* for gnutls_priority_init2 */
};

/* 0, DICOMTLS_E_INVALID (versions or profile name) or
 * DICOMTLS_E_UNSUPPORTED (no suite that GnuTLS has). */
int dt_profile_resolve(struct dt_profile *profile,
    const struct tls_config *config, struct dt_message *why);

/* True if the profile names the suite; groups and signature schemes likewise.
 * A priority string composes key exchanges with ciphers and so may offer
 * more. */
bool dt_profile_allows(const struct dt_profile *profile, uint16_t suite);
bool dt_profile_allows_group(const struct dt_profile *profile, uint16_t group);
bool dt_profile_allows_signature(
    const struct dt_profile *profile, uint16_t scheme);

#endif

/*
 * Cipher suites, groups and signature schemes: IANA's numbers in GnuTLS's
 * words.
 */
#ifndef DICOMTLS_TLS_REGISTRY_H
#define DICOMTLS_TLS_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A suite in the words of GnuTLS's name functions. */
struct dt_suite {
	uint16_t number; /* IANA */
	const char *name;
	const char *kx; /* NULL: TLS 1.3 */
	const char *cipher;
	const char *mac;
};

/* By number and by what GnuTLS negotiated (kx is not looked at for TLS 1.3,
 * version is as on the wire); NULL if there is none in the table. */
const struct dt_suite *dt_suite_by_number(uint16_t number);
const struct dt_suite *dt_suite_find(
    int version, const char *kx, const char *cipher, const char *mac);

/* True for the suites of TLS 1.3, which are for no older version. */
bool dt_suite_is_1_3(uint16_t number);

/* A group or signature scheme. In TLS 1.2 the name of a scheme may be another
 * than in 1.3: then the number is there twice. */
struct dt_named {
	uint16_t number; /* IANA */
	const char *name;
};

extern const struct dt_named dt_groups[];
extern const size_t dt_group_count;
extern const struct dt_named dt_signatures[];
extern const size_t dt_signature_count;

/* Number of a name, in whatever case; 0 if there is none in the table. */
uint16_t dt_group_find(const char *name);
uint16_t dt_signature_find(const char *name);

#endif

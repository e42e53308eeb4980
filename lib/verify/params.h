/*
 * What is asked of a chain (X509_VERIFY_PARAM). Plain data behind the public
 * struct dicomtls_params; the stages read it, nothing else decides.
 */
#ifndef DICOMTLS_VERIFY_PARAMS_H
#define DICOMTLS_VERIFY_PARAMS_H

#include "base/array.h"
#include "base/span.h"

#include "dicomtls.h"

/* Initial policy set: OIDs in the order added, repetitions kept. */
struct dt_policy_set {
	struct dt_span *oids; /* contents octets; array and octets owned */
	size_t count;
};

struct dicomtls_params {
	int purpose;
	int trust; /* X509_TRUST_*: derived from the purpose */
	uint32_t flags;
	bool has_time;
	int64_t time;
	int depth;
	int auth_level;
	struct dt_array hosts; /* of char *, owned */
	unsigned host_flags;
	char *email;
	uint8_t ip[16];
	size_t ip_size; /* 0: not asked; 4 or 16 */
	struct dt_policy_set policies;
	struct dt_array crls; /* of struct dt_crl *, one reference each */
	struct dicomtls_signature_cache *signatures; /* NULL: none */
};

/* The defaults, for a call without params. */
extern const struct dicomtls_params dt_default_params;

static inline bool
dt_params_has(const struct dicomtls_params *params, uint32_t flag)
{
	return (params->flags & flag) != 0;
}

#endif

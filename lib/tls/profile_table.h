/*
 * The secure transport profiles of PS3.15 Annex B by name: what each lets TLS
 * negotiate, and what it asks of certificates.
 */
#ifndef DICOMTLS_TLS_PROFILE_TABLE_H
#define DICOMTLS_TLS_PROFILE_TABLE_H

#include "x509/strength.h"

/* Room for the largest profile, B.13: 10 suites of TLS 1.2, 5 of TLS 1.3. */
#define DT_PROFILE_SUITES 20

struct dt_profile_rules {
	const char *name;    /* "bcp195-8996" */
	const char *section; /* of PS3.15: "B.12" */
	bool retired;
	int min_version; /* as on the wire */
	int max_version;
	uint16_t suites[DT_PROFILE_SUITES]; /* IANA, preferred first, 0 ends */
	const uint16_t *groups;		    /* for ECDHE; likewise */
	const uint16_t *signatures;
	struct dt_strength certificates;
};

/* By name or section; NULL: there is none. */
const struct dt_profile_rules *dt_profile_rules_find(const char *name);

/* One after the other, the default first; NULL behind the last. */
const struct dt_profile_rules *dt_profile_rules_at(size_t index);

#endif

/*
 * The revoked entries of a CRL: their encoding, and an index of them by serial
 * number that costs six octets each, is built in linear time and answers in
 * constant time whatever the order and the pattern of the numbers. Private to
 * the files crl*.c.
 */
#ifndef DICOMTLS_X509_CRL_ENTRIES_H
#define DICOMTLS_X509_CRL_ENTRIES_H

#include "x509/crl.h"

/* One revoked certificate as encoded. */
struct dt_crl_item {
	struct dt_span serial;	   /* contents of INTEGER */
	struct dt_span extensions; /* contents of their list, or unset */
};

/* Takes one off the front of the list; false if it is malformed. */
bool dt_crl_take_item(struct dt_span *list, struct dt_crl_item *item);

/* Where an entry is: octets from the start of the CRL, and whether its reason
 * is removeFromCRL. DT_MAX_FILE_SIZE leaves the bit free. */
#define DT_CRL_PLACE_REMOVED 0x80000000u

/* The entries in the order of their encoding, on their way into the index.
 * Starts as zero. */
struct dt_crl_draft {
	struct dt_crl_drafted {
		uint32_t hash;
		uint32_t place;
	} * items;
	size_t count;
	size_t room;
};

/* 0 or DICOMTLS_E_NOMEM. */
int dt_crl_draft_add(
    struct dt_crl_draft *draft, struct dt_span serial, uint32_t place);
int dt_crl_draft_finish(
    const struct dt_crl_draft *draft, struct dt_crl_index *index);
void dt_crl_draft_clear(struct dt_crl_draft *draft);

#endif

/*
 * One certificate revocation list (RFC 5280 5.1), parsed once from DER.
 *
 * Parsing accepts what OpenSSL's d2i_X509_CRL accepts, as far as libtasn1's
 * tag and length primitives read it. What an extension says is decoded as
 * OpenSSL's crl_cb does it: an extension that cannot be decoded is no parse
 * error but counts as absent. Revoked entries stay in their encoding; an
 * index by their serial numbers is built while parsing.
 *
 * A CRL is immutable and reference-counted; the counter is atomic. What is
 * found out about it later, that a key has signed it, is kept with it, and any
 * thread may ask and tell.
 */
#ifndef DICOMTLS_X509_CRL_H
#define DICOMTLS_X509_CRL_H

#include "base/array.h"
#include "base/buffer.h"
#include "base/message.h"
#include "x509/authority_key_id.h"
#include "x509/distribution_point.h"
#include "x509/extension.h"
#include "x509/time.h"

enum {
	DT_CRL_CRITICAL = 1u << 0, /* unhandled critical extension, of the CRL
				    * or of an entry */
	DT_CRL_FRESHEST = 1u << 1, /* names delta CRLs */

	/* Issuing distribution point (IDP_* of OpenSSL). */
	DT_CRL_IDP = 1u << 2,
	DT_CRL_ONLY_USER = 1u << 3,
	DT_CRL_ONLY_CA = 1u << 4,
	DT_CRL_ONLY_ATTRIBUTE = 1u << 5,
	DT_CRL_INDIRECT = 1u << 6,
	DT_CRL_REASONS = 1u << 7,	   /* only some reasons */
	DT_CRL_IDP_CONTRADICTION = 1u << 8 /* more than one ONLY_* */
};

/* Who has issued the certificates of the entries from one on, up to the next
 * of these (RFC 5280 5.3.3). */
struct dt_crl_issuer {
	uint32_t from; /* octets from the start of the CRL */
	bool is_own;   /* the CRL's issuer, and names is empty */
	struct dt_name_list names;
};

/* Where entries with a serial number are: crl_entries.c. */
struct dt_crl_index {
	uint32_t *ends;	  /* owned; of each bucket in places. NULL: no entry */
	uint32_t *places; /* behind ends */
	unsigned shift;	  /* of a hash, to get its bucket */
};

struct dt_crl {
	unsigned refs;
	uint8_t *bytes;	       /* owned copy that the spans point into */
	struct dt_arena arena; /* of names and extensions */

	struct dt_span der;
	struct dt_span tbs; /* TBSCertList, header included: signed bytes */
	struct dt_span signature_algorithm_tbs; /* inner, whole element */
	struct dt_span signature_algorithm;	/* outer, whole element */
	struct dt_span signature;
	unsigned signature_unused_bits;
	struct dt_name issuer;
	struct dt_time this_update;
	bool has_next_update;
	struct dt_time next_update;
	struct dt_extension *extensions;
	size_t extension_count;

	uint32_t flags;		    /* DT_CRL_* */
	unsigned reasons;	    /* covered by the CRL */
	struct dt_point_name point; /* of the issuing distribution point */
	struct dt_akid akid;
	struct dt_span number;	    /* contents of INTEGER; unset: none */
	struct dt_span base_number; /* set: this is a delta CRL */

	struct dt_span revoked; /* contents of the list of entries */
	size_t entry_count;
	struct dt_crl_index index;
	struct dt_array issuers; /* struct dt_crl_issuer *, of the entries */

	struct dt_crl_proof *proof; /* owned; atomic, set once: crl_proof.c */
};

/*
 * Parses one CRL from the start of der and copies its bytes. consumed (may be
 * NULL) receives its length; if it is NULL, trailing bytes are an error. 0,
 * DICOMTLS_E_NOMEM, DICOMTLS_E_FORMAT or DICOMTLS_E_LIMIT; message (may be
 * NULL) names the field.
 */
int dt_crl_parse(struct dt_crl **crl, struct dt_span der, size_t *consumed,
    struct dt_message *message);

/* The same without a copy: der, which starts with the CRL and ends with it, is
 * taken over if it is one, and unchanged if not. */
int dt_crl_adopt(
    struct dt_crl **crl, struct dt_buffer *der, struct dt_message *message);

struct dt_crl *dt_crl_ref(struct dt_crl *crl);
void dt_crl_free(struct dt_crl *crl);

/* Same encoding. */
bool dt_crl_equal(const struct dt_crl *a, const struct dt_crl *b);

/* What the CRL says of a certificate (RFC 5280 6.3.3 (i), (j)): of several
 * entries the first one counts. */
enum dt_crl_answer {
	DT_CRL_ABSENT,
	DT_CRL_REVOKED,
	DT_CRL_REMOVED /* reason removeFromCRL */
};

enum dt_crl_answer dt_crl_find(const struct dt_crl *crl, struct dt_span serial,
    const struct dt_name *issuer);

struct dt_crl_entry {
	struct dt_span serial; /* contents of INTEGER */
	bool removed;
};

/* Walks the entries in the order of their encoding: takes one off the front of
 * revoked, which starts as that of the CRL. False at the end. */
bool dt_crl_next(const struct dt_crl *crl, struct dt_span *revoked,
    struct dt_crl_entry *entry);

/* Whether the CRL's signature is known to be good with this key, given as
 * whole SubjectPublicKeyInfo, and to let it be known. */
bool dt_crl_is_proven(const struct dt_crl *crl, struct dt_span spki);
void dt_crl_set_proven(const struct dt_crl *crl, struct dt_span spki);

/*
 * Reads the CRLs of a PEM file (X509 CRL blocks) or of a DER file (one) and
 * appends them, in their order, to crls; a file without one is
 * DICOMTLS_E_FORMAT. On any error crls is as before; why names the file and
 * the reason.
 */
int dt_crl_read_file(
    struct dt_array *crls, const char *path, struct dt_message *why);

/* Drops the references that a list holds and empties it. */
void dt_crl_list_clear(struct dt_array *crls);

#endif

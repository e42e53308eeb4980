/*
 * One certificate (RFC 5280 4.1), parsed once from DER into spans.
 *
 * Parsing accepts what OpenSSL's d2i_X509 accepts, as far as libtasn1's tag
 * and length primitives read it. Extensions are decoded once, as OpenSSL's
 * ossl_x509v3_cache_extensions does: what cannot be decoded sets
 * DT_CERT_INVALID and is judged later, it is no parse error.
 *
 * A certificate is immutable and has one owner.
 */
#ifndef DICOMTLS_X509_CERT_H
#define DICOMTLS_X509_CERT_H

#include "base/message.h"
#include "base/span.h"
#include "x509/authority_key_id.h"
#include "x509/distribution_point.h"
#include "x509/extension.h"
#include "x509/key.h"
#include "x509/name.h"
#include "x509/policy.h"
#include "x509/subtree.h"
#include "x509/time.h"

/* Facts found while decoding; the names follow OpenSSL's EXFLAG_*. */
enum {
	DT_CERT_BCONS = 1u << 0,       /* has basicConstraints */
	DT_CERT_KUSAGE = 1u << 1,      /* has keyUsage */
	DT_CERT_XKUSAGE = 1u << 2,     /* has extendedKeyUsage */
	DT_CERT_NSCERT = 1u << 3,      /* has Netscape cert type */
	DT_CERT_CA = 1u << 4,	       /* basicConstraints says CA */
	DT_CERT_SELF_ISSUED = 1u << 5, /* subject equals issuer */
	DT_CERT_V1 = 1u << 6,
	DT_CERT_INVALID = 1u << 7,  /* an extension cannot be decoded */
	DT_CERT_CRITICAL = 1u << 8, /* unhandled critical extension */
	DT_CERT_PROXY = 1u << 9,    /* RFC 3820 */
	DT_CERT_INVALID_POLICY = 1u << 10,
	DT_CERT_FRESHEST = 1u << 11,
	DT_CERT_SELF_SIGNED = 1u << 12, /* self-issued, key identifiers agree */
	DT_CERT_BCONS_CRITICAL = 1u << 13,
	DT_CERT_SAN_CRITICAL = 1u << 16
};

/* Key usage bits as OpenSSL numbers them (KU_*): first octet low. */
enum {
	DT_KU_DIGITAL_SIGNATURE = 0x0080,
	DT_KU_NON_REPUDIATION = 0x0040,
	DT_KU_KEY_ENCIPHERMENT = 0x0020,
	DT_KU_DATA_ENCIPHERMENT = 0x0010,
	DT_KU_KEY_AGREEMENT = 0x0008,
	DT_KU_KEY_CERT_SIGN = 0x0004,
	DT_KU_CRL_SIGN = 0x0002,
	DT_KU_ENCIPHER_ONLY = 0x0001,
	DT_KU_DECIPHER_ONLY = 0x8000
};

/* Extended key usages OpenSSL knows (XKU_*). */
enum {
	DT_XKU_SSL_SERVER = 0x1,
	DT_XKU_SSL_CLIENT = 0x2,
	DT_XKU_SMIME = 0x4,
	DT_XKU_CODE_SIGN = 0x8,
	DT_XKU_SGC = 0x10,
	DT_XKU_OCSP_SIGN = 0x20,
	DT_XKU_TIMESTAMP = 0x40,
	DT_XKU_DVCS = 0x80,
	DT_XKU_ANYEKU = 0x100
};

/* Netscape certificate type bits (NS_*). */
enum {
	DT_NS_SSL_CLIENT = 0x80,
	DT_NS_SSL_SERVER = 0x40,
	DT_NS_SMIME = 0x20,
	DT_NS_OBJSIGN = 0x10,
	DT_NS_SSL_CA = 0x04,
	DT_NS_SMIME_CA = 0x02,
	DT_NS_OBJSIGN_CA = 0x01,
	DT_NS_ANY_CA = 0x07
};

/* OpenSSL's auxiliary trust (X509_CERT_AUX): lists of OIDs, contents octets.
 * A list that is absent differs from an empty one. */
struct dt_cert_aux {
	struct dt_span trust;  /* contents of SEQUENCE OF OID */
	struct dt_span reject; /* contents of [0] SEQUENCE OF OID */
	bool has_trust;
	bool has_reject;
};

struct dt_cert {
	struct dt_arena arena; /* of all that is found below; its first block
				* is behind the certificate */

	struct dt_span der; /* the certificate, without trailing AUX */
	struct dt_span tbs; /* TBSCertificate, header included: signed bytes */
	long version;	    /* value of the field: 0 is v1 */
	struct dt_span serial;			/* contents of the INTEGER */
	struct dt_span signature_algorithm_tbs; /* inner, whole element */
	struct dt_span signature_algorithm;	/* outer, whole element */
	struct dt_span signature;		/* octets of the BIT STRING */
	unsigned signature_unused_bits;
	struct dt_name issuer;
	struct dt_name subject;
	struct dt_time not_before;
	struct dt_time not_after;
	struct dt_span spki; /* SubjectPublicKeyInfo, whole element */
	struct dt_key key;

	struct dt_extension *extensions;
	size_t extension_count;
	struct dt_cert_aux aux;

	/* Decoded extensions. */
	bool in_pieces;	     /* one holds strings in constructed encoding */
	uint32_t flags;	     /* DT_CERT_* */
	uint32_t kusage;     /* DT_KU_*, 0 if absent */
	uint32_t xkusage;    /* DT_XKU_*, 0 if absent */
	uint32_t nscert;     /* DT_NS_* */
	long pathlen;	     /* -1: none */
	long proxy_pathlen;  /* -1: none */
	struct dt_span skid; /* unset: none */
	struct dt_akid akid;
	struct dt_distribution_points points; /* cRLDistributionPoints */
	bool has_san;
	struct dt_span san; /* contents of GeneralNames */
	bool has_name_constraints;
	struct dt_subtrees name_constraints;
	struct dt_policies policies;
	struct dt_span address_blocks; /* contents of IPAddrBlocks (RFC 3779) */
	struct dt_span as_ids;	       /* contents of ASIdentifiers */
};

/*
 * Parses one certificate from the start of der and copies its bytes. consumed
 * (may be NULL) receives its length; if it is NULL, trailing bytes are an
 * error. 0, DICOMTLS_E_NOMEM, DICOMTLS_E_FORMAT or DICOMTLS_E_LIMIT; message
 * (may be NULL) names the field.
 */
int dt_cert_parse(struct dt_cert **cert, struct dt_span der, size_t *consumed,
    struct dt_message *message);

/* Same, with an X509_CERT_AUX behind the certificate; trailing bytes after
 * that are an error. */
int dt_cert_parse_aux(
    struct dt_cert **cert, struct dt_span der, struct dt_message *message);

void dt_cert_free(struct dt_cert *cert);

/* X509_cmp: the same signed part, and what is around it says the same, lengths
 * written differently or not. */
bool dt_cert_equal(const struct dt_cert *a, const struct dt_cert *b);

/* subjectAltName has a name of this type. */
bool dt_cert_has_alt_name(
    const struct dt_cert *cert, enum dt_general_name_type type);

/* First extension with this OID (contents octets), or NULL. */
const struct dt_extension *dt_cert_find_extension(
    const struct dt_cert *cert, struct dt_span oid);

#endif

/*
 * Certificates made to order, for the demo and the tests.
 *
 * A struct mint_spec says what is to be in the certificate; what it leaves
 * out gets a sensible value, so that a spec reads as a list of what is
 * special. The DER is written here and only signed by GnuTLS: any fault can
 * be ordered, also those that no careful library would produce.
 *
 * Minting the same spec twice in one process gives the same bytes. Keys are
 * made once per process and name, which is also why minting is for one thread
 * at a time.
 */
#ifndef DICOMTLS_TOOLS_MINT_H
#define DICOMTLS_TOOLS_MINT_H

#include "base/buffer.h"

#define MINT_MAX 8

/* One attribute of a name, in a set of its own. */
struct mint_attribute {
	const char *type; /* "CN", "O", "emailAddress", ... or a dotted OID */
	const char *value;
	uint8_t tag; /* string type; 0: IA5String for emailAddress, DC,
		      * PrintableString for C, otherwise UTF8String */
};

enum mint_name_type { /* the context tag of GeneralName */
	MINT_EMAIL = 1,
	MINT_DNS = 2,
	MINT_URI = 6,
	MINT_IP = 7
};

struct mint_name {
	enum mint_name_type type;
	const char *value; /* NULL ends the list; an IP address as text */
};

struct mint_extension {
	const char *oid; /* NULL ends the list */
	bool critical;
	struct dt_span der; /* what goes into extnValue */
};

enum mint_constraints {
	MINT_NO_CONSTRAINTS, /* the extension is absent */
	MINT_NOT_CA,
	MINT_CA
};

/* Bit n of KeyUsage (RFC 5280 4.2.1.3) is 1 << n. */
enum {
	MINT_DIGITAL_SIGNATURE = 1 << 0,
	MINT_NON_REPUDIATION = 1 << 1,
	MINT_KEY_ENCIPHERMENT = 1 << 2,
	MINT_DATA_ENCIPHERMENT = 1 << 3,
	MINT_KEY_AGREEMENT = 1 << 4,
	MINT_KEY_CERT_SIGN = 1 << 5,
	MINT_CRL_SIGN = 1 << 6
};

struct mint_spec {
	struct mint_attribute subject[MINT_MAX];

	/* NULL: self-signed. The issuer's subject, key and key identifier are
	 * used unless the fields below say otherwise. */
	const struct mint_spec *issuer;
	struct mint_attribute issuer_name[MINT_MAX];
	const char *issuer_key;

	/* "p224", "p256", "p384", "ed25519" or "rsa2048" (any size), then
	 * optionally a slash and a name: equal texts are the same key. NULL: a
	 * P-256 key of the subject's own. */
	const char *key;
	/* SubjectPublicKeyInfo that the certificate shows instead of that key's
	 * own, for keys that nobody has; unset: the key's. */
	struct dt_span public_key;
	const char *digest; /* "sha256" (the same as NULL), "sha384", "sha1" */

	int version;	    /* as people count: 1 or 3; 0: 3 */
	const char *serial; /* hex, colons allowed; NULL: "01" */
	/* YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ, written as UTCTime or
	 * GeneralizedTime. NULL: yesterday; a year from now. */
	const char *not_before;
	const char *not_after;

	enum mint_constraints constraints;
	bool constraints_not_critical;
	bool has_path_length;
	unsigned path_length;
	unsigned key_usage; /* MINT_*; 0: the extension is absent */
	/* "serverAuth", "clientAuth", ... or a dotted OID; empty: absent */
	const char *purposes[MINT_MAX];
	bool purposes_critical;
	struct mint_name names[MINT_MAX]; /* subjectAltName */
	bool no_subject_key_id;
	bool no_authority_key_id; /* a self-signed one never has it */
	struct mint_extension extensions[MINT_MAX];

	bool damaged_signature;
};

/* An entry of a CRL. */
struct mint_revoked {
	const char *serial; /* NULL ends the list */
	const char *date;   /* as mint_spec.not_before; NULL: yesterday */
	int reason;	    /* CRLReason (RFC 5280 5.3.1); 0: none is given */
};

struct mint_crl_spec {
	const struct mint_spec *issuer; /* signs with its own key */
	const char *digest;		/* as mint_spec.digest */
	const char *this_update;	/* NULL: yesterday */
	const char *next_update;	/* NULL: a month from now */
	bool no_next_update;
	unsigned number; /* 0: the extension is absent */
	unsigned base;	 /* of a delta CRL; 0: it is none */
	struct mint_revoked revoked[MINT_MAX];
	unsigned more; /* so many further entries, serials of eight octets */
	struct mint_extension extensions[MINT_MAX];
	bool damaged_signature;
};

enum mint_form { MINT_DER, MINT_PEM };

/* Appends the certificate. 0 or DICOMTLS_E_* (INVALID: the spec names
 * something unknown). */
int mint_certificate(
    const struct mint_spec *spec, enum mint_form form, struct dt_buffer *out);

/* Appends the CRL; likewise. */
int mint_crl(const struct mint_crl_spec *spec, enum mint_form form,
    struct dt_buffer *out);

/* Appends the spec's private key as PKCS#8; password NULL: not encrypted. */
int mint_private_key(const struct mint_spec *spec, enum mint_form form,
    const char *password, struct dt_buffer *out);

/* A directory of its own for files with certificates and keys. */
struct mint_dir {
	char path[256];
};

/* Makes it under $TMPDIR or /tmp. */
int mint_dir_make(struct mint_dir *dir);
/* Writes one file, readable by its owner only, and returns its path, which
 * the caller frees; NULL if that failed. */
char *mint_dir_write(
    const struct mint_dir *dir, const char *name, struct dt_span content);
/* Writes the certificates of specs (a list ended by NULL), leaf first, in one
 * PEM file. */
char *mint_dir_certificates(const struct mint_dir *dir, const char *name,
    const struct mint_spec *const *specs);
/* Writes the CRL in PEM. */
char *mint_dir_crl(const struct mint_dir *dir, const char *name,
    const struct mint_crl_spec *spec);
/* Writes the key of spec in PEM. */
char *mint_dir_key(const struct mint_dir *dir, const char *name,
    const struct mint_spec *spec, const char *password);
/* Removes the directory and the files in it. */
void mint_dir_remove(const struct mint_dir *dir);

#endif

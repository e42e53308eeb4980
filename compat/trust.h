/* Trust in a certificate of the store for one use: OpenSSL's trust settings
 * (X509_TRUST_*) and the answers of X509_check_trust. */
#ifndef DICOMTLS_COMPAT_TRUST_H
#define DICOMTLS_COMPAT_TRUST_H

struct dt_cert;

/* Settings. */
enum {
	DT_TRUST_DEFAULT = 0, /* any extended key usage */
	DT_TRUST_COMPAT = 1,  /* whatever is self-signed */
	DT_TRUST_SSL_CLIENT = 2,
	DT_TRUST_SSL_SERVER = 3,
	DT_TRUST_EMAIL = 4,
	DT_TRUST_OBJECT_SIGN = 5,
	DT_TRUST_OCSP_SIGN = 6,
	DT_TRUST_OCSP_REQUEST = 7,
	DT_TRUST_TSA = 8
};

/* Flags. */
enum {
	DT_TRUST_NO_SS_COMPAT = 1u << 2, /* self-signed is not enough */
	DT_TRUST_DO_SS_COMPAT = 1u << 3, /* ... is enough without settings */
	DT_TRUST_OK_ANY_EKU = 1u << 4 /* anyExtendedKeyUsage stands for all */
};

/* Answers. */
enum {
	DT_TRUST_TRUSTED = 1,
	DT_TRUST_REJECTED = 2,
	DT_TRUST_UNTRUSTED = 3 /* no opinion */
};

/* A DT_TRUST_* answer; a setting that does not exist matches no OID. */
int dt_trust_check(const struct dt_cert *cert, int trust, unsigned flags);

#endif

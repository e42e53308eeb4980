/*
 * dicomtls: OpenSSL's certificate verification, event for event, on GnuTLS.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Concepts
 *
 *   store    Certificates the program trusts (anchors), certificates that
 *            may help to build a path (untrusted intermediates), and CRLs.
 *   params   What is asked: purpose, time, depth, security level, names.
 *   event    One call of the verify function: a finding about one certificate
 *            of the path, or the notice that a certificate passed. Events
 *            come in the order, with the numbers and with the repetitions of
 *            OpenSSL 3.0's X509_verify_cert().
 *   verdict  How the verification ended.
 *
 * A verify function sees every event and returns whether to go on: non-zero
 * continues (which overrides a failure), zero ends the verification with the
 * failure just reported. Without a verify function a failure ends it.
 *
 * The error number is sticky, as in OpenSSL: after an overridden failure the
 * later events and the verdict carry the last number, even where they say ok.
 *
 * Errors      Functions return 0 or a negative DICOMTLS_E_*. A refused chain
 *             is a result, found in the verdict, and not an error.
 * Ownership   _new functions give an object that its _free function releases.
 *             Pointers returned by accessors are borrowed ("get0"): valid as
 *             long as the object, never freed by the caller.
 * Threads     A store may be shared by any number of threads once it is
 *             complete: adding to it while another thread uses it is an
 *             error of the program. Params likewise. Events belong to the
 *             verify function's call and must not be kept.
 *
 * Numbers are OpenSSL 3.0's (DICOMTLS_V_ERR_CERT_HAS_EXPIRED has the value of
 * X509_V_ERR_CERT_HAS_EXPIRED). The other numbering, of the ltdic.h contract,
 * differs in four pairs: see dicomtls_code_l_number().
 */
#ifndef DICOMTLS_H
#define DICOMTLS_H

#include <gnutls/gnutls.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DICOMTLS_API __attribute__((visibility("default")))
#else
#define DICOMTLS_API
#endif

/* ------------------------------------------------------------ failures -- */

/* What a function returns when it could not do its work. */
enum {
	DICOMTLS_E_NOMEM = -1,	 /* no memory */
	DICOMTLS_E_INVALID = -2, /* wrong argument or wrong order of calls */
	DICOMTLS_E_IO = -3,	 /* a file could not be read */
	DICOMTLS_E_FORMAT = -4,	 /* no certificate or CRL where one is due */
	DICOMTLS_E_LIMIT = -5,	 /* over a limit that guards the process */
	DICOMTLS_E_UNSUPPORTED = -6, /* asked for what this version refuses */
	DICOMTLS_E_TLS = -7,	     /* GnuTLS failed for a reason of its own */
	DICOMTLS_E_PROFILE = -8	     /* outside the DICOM profile asked for */
};

/* English text for a DICOMTLS_E_* value; a constant string for any value. */
DICOMTLS_API const char *dicomtls_strerror(int error);

/* -------------------------------------------------- verification codes -- */

/* DICOMTLS_V_OK, DICOMTLS_V_ERR_*: OpenSSL 3.0's numbers and stems. */
enum {
	DICOMTLS_V_OK = 0,
	DICOMTLS_V_ERR_UNSPECIFIED = 1,
	DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT = 2,
	DICOMTLS_V_ERR_UNABLE_TO_GET_CRL = 3,
	DICOMTLS_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE = 4,
	DICOMTLS_V_ERR_UNABLE_TO_DECRYPT_CRL_SIGNATURE = 5,
	DICOMTLS_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY = 6,
	DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE = 7,
	DICOMTLS_V_ERR_CRL_SIGNATURE_FAILURE = 8,
	DICOMTLS_V_ERR_CERT_NOT_YET_VALID = 9,
	DICOMTLS_V_ERR_CERT_HAS_EXPIRED = 10,
	DICOMTLS_V_ERR_CRL_NOT_YET_VALID = 11,
	DICOMTLS_V_ERR_CRL_HAS_EXPIRED = 12,
	DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD = 13,
	DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD = 14,
	DICOMTLS_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD = 15,
	DICOMTLS_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD = 16,
	DICOMTLS_V_ERR_OUT_OF_MEM = 17,
	DICOMTLS_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT = 18,
	DICOMTLS_V_ERR_SELF_SIGNED_CERT_IN_CHAIN = 19,
	DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY = 20,
	DICOMTLS_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE = 21,
	DICOMTLS_V_ERR_CERT_CHAIN_TOO_LONG = 22,
	DICOMTLS_V_ERR_CERT_REVOKED = 23,
	DICOMTLS_V_ERR_NO_ISSUER_PUBLIC_KEY = 24,
	DICOMTLS_V_ERR_PATH_LENGTH_EXCEEDED = 25,
	DICOMTLS_V_ERR_INVALID_PURPOSE = 26,
	DICOMTLS_V_ERR_CERT_UNTRUSTED = 27,
	DICOMTLS_V_ERR_CERT_REJECTED = 28,
	DICOMTLS_V_ERR_SUBJECT_ISSUER_MISMATCH = 29,
	DICOMTLS_V_ERR_AKID_SKID_MISMATCH = 30,
	DICOMTLS_V_ERR_AKID_ISSUER_SERIAL_MISMATCH = 31,
	DICOMTLS_V_ERR_KEYUSAGE_NO_CERTSIGN = 32,
	DICOMTLS_V_ERR_UNABLE_TO_GET_CRL_ISSUER = 33,
	DICOMTLS_V_ERR_UNHANDLED_CRITICAL_EXTENSION = 34,
	DICOMTLS_V_ERR_KEYUSAGE_NO_CRL_SIGN = 35,
	DICOMTLS_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION = 36,
	DICOMTLS_V_ERR_INVALID_NON_CA = 37,
	DICOMTLS_V_ERR_PROXY_PATH_LENGTH_EXCEEDED = 38,
	DICOMTLS_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE = 39,
	DICOMTLS_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED = 40,
	DICOMTLS_V_ERR_INVALID_EXTENSION = 41,
	DICOMTLS_V_ERR_INVALID_POLICY_EXTENSION = 42,
	DICOMTLS_V_ERR_NO_EXPLICIT_POLICY = 43,
	DICOMTLS_V_ERR_DIFFERENT_CRL_SCOPE = 44,
	DICOMTLS_V_ERR_UNSUPPORTED_EXTENSION_FEATURE = 45,
	DICOMTLS_V_ERR_UNNESTED_RESOURCE = 46,
	DICOMTLS_V_ERR_PERMITTED_VIOLATION = 47,
	DICOMTLS_V_ERR_EXCLUDED_VIOLATION = 48,
	DICOMTLS_V_ERR_SUBTREE_MINMAX = 49,
	DICOMTLS_V_ERR_APPLICATION_VERIFICATION = 50,
	DICOMTLS_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE = 51,
	DICOMTLS_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX = 52,
	DICOMTLS_V_ERR_UNSUPPORTED_NAME_SYNTAX = 53,
	DICOMTLS_V_ERR_CRL_PATH_VALIDATION_ERROR = 54,
	DICOMTLS_V_ERR_PATH_LOOP = 55,
	DICOMTLS_V_ERR_SUITE_B_INVALID_VERSION = 56,
	DICOMTLS_V_ERR_SUITE_B_INVALID_ALGORITHM = 57,
	DICOMTLS_V_ERR_SUITE_B_INVALID_CURVE = 58,
	DICOMTLS_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM = 59,
	DICOMTLS_V_ERR_SUITE_B_LOS_NOT_ALLOWED = 60,
	DICOMTLS_V_ERR_SUITE_B_CANNOT_SIGN_P_384_WITH_P_256 = 61,
	DICOMTLS_V_ERR_HOSTNAME_MISMATCH = 62,
	DICOMTLS_V_ERR_EMAIL_MISMATCH = 63,
	DICOMTLS_V_ERR_IP_ADDRESS_MISMATCH = 64,
	DICOMTLS_V_ERR_DANE_NO_MATCH = 65,
	DICOMTLS_V_ERR_EE_KEY_TOO_SMALL = 66,
	DICOMTLS_V_ERR_CA_KEY_TOO_SMALL = 67,
	DICOMTLS_V_ERR_CA_MD_TOO_WEAK = 68,
	DICOMTLS_V_ERR_INVALID_CALL = 69,
	DICOMTLS_V_ERR_STORE_LOOKUP = 70,
	DICOMTLS_V_ERR_NO_VALID_SCTS = 71,
	DICOMTLS_V_ERR_PROXY_SUBJECT_NAME_VIOLATION = 72,
	DICOMTLS_V_ERR_OCSP_VERIFY_NEEDED = 73,
	DICOMTLS_V_ERR_OCSP_VERIFY_FAILED = 74,
	DICOMTLS_V_ERR_OCSP_CERT_UNKNOWN = 75,
	DICOMTLS_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM = 76,
	DICOMTLS_V_ERR_SIGNATURE_ALGORITHM_MISMATCH = 77,
	DICOMTLS_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY = 78,
	DICOMTLS_V_ERR_INVALID_CA = 79,
	DICOMTLS_V_ERR_PATHLEN_INVALID_FOR_NON_CA = 80,
	DICOMTLS_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN = 81,
	DICOMTLS_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA = 82,
	DICOMTLS_V_ERR_ISSUER_NAME_EMPTY = 83,
	DICOMTLS_V_ERR_SUBJECT_NAME_EMPTY = 84,
	DICOMTLS_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER = 85,
	DICOMTLS_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER = 86,
	DICOMTLS_V_ERR_EMPTY_SUBJECT_ALT_NAME = 87,
	DICOMTLS_V_ERR_EMPTY_SUBJECT_SAN_NOT_CRITICAL = 88,
	DICOMTLS_V_ERR_CA_BCONS_NOT_CRITICAL = 89,
	DICOMTLS_V_ERR_AUTHORITY_KEY_IDENTIFIER_CRITICAL = 90,
	DICOMTLS_V_ERR_SUBJECT_KEY_IDENTIFIER_CRITICAL = 91,
	DICOMTLS_V_ERR_CA_CERT_MISSING_KEY_USAGE = 92,
	DICOMTLS_V_ERR_EXTENSIONS_REQUIRE_VERSION_3 = 93,
	DICOMTLS_V_ERR_EC_KEY_EXPLICIT_PARAMS = 94
};

/*
 * Look-ups in the code table. All take OpenSSL's number and are safe for any
 * value: what is not in the table is answered like DICOMTLS_V_ERR_UNSPECIFIED.
 */

/* Stem without prefix, e.g. "CERT_HAS_EXPIRED". */
DICOMTLS_API const char *dicomtls_code_name(int error);
/* The reference's English text, e.g. "certificate has expired". */
DICOMTLS_API const char *dicomtls_code_text(int error);
/* Number of the ltdic.h contract (L_X509_V_ERR_*), a bijection. */
DICOMTLS_API int dicomtls_code_l_number(int error);
/* OpenSSL's number for a number of the contract; its inverse. */
DICOMTLS_API int dicomtls_code_from_l_number(int l_error);
/* TLS alert that OpenSSL sends when a verification ends with this number. */
DICOMTLS_API int dicomtls_code_alert(int error);
/* OpenSSL's number for a stem or number in text, with or without the prefixes
 * X509_V_ERR_, L_X509_V_ERR_, DICOMTLS_V_ERR_; DICOMTLS_E_INVALID if there is
 * none. A bare number is OpenSSL's. */
DICOMTLS_API int dicomtls_code_find(const char *name);
/* Every number of the table in ascending order: index 0, 1, ... until it
 * answers DICOMTLS_E_INVALID. */
DICOMTLS_API int dicomtls_code_at(unsigned index);

/*
 * Translation of GnuTLS's certificate status bits (gnutls_certificate_status_t)
 * for programs that have nothing better. Fills codes with the distinct
 * numbers the bits stand for, most telling first, and returns how many there
 * are (which may exceed room). Bits that have no number of their own become
 * DICOMTLS_V_ERR_UNSPECIFIED.
 */
DICOMTLS_API unsigned dicomtls_status_codes(
    unsigned status, int *codes, unsigned room);

/* --------------------------------------------------------------- store -- */

struct dicomtls_store;

/* Creates an empty store with one reference. */
DICOMTLS_API int dicomtls_store_new(struct dicomtls_store **store);
/* Adds a reference; returns its argument. */
DICOMTLS_API struct dicomtls_store *dicomtls_store_ref(
    struct dicomtls_store *store);
/* Drops a reference; the last one frees the store. NULL is fine. */
DICOMTLS_API void dicomtls_store_free(struct dicomtls_store *store);

/*
 * Adds trust anchors from a PEM file (any number of CERTIFICATE, X509
 * CERTIFICATE and TRUSTED CERTIFICATE blocks; other blocks are passed over)
 * or a DER file (one certificate). The order is kept: it decides between
 * issuers of one name. A file without a certificate is DICOMTLS_E_FORMAT. On
 * any error nothing has been added, but for DICOMTLS_E_NOMEM: then the first
 * ones of the file may have been.
 */
DICOMTLS_API int dicomtls_store_add_file(
    struct dicomtls_store *store, const char *path);
/* Adds one anchor in DER; trailing OpenSSL trust settings (X509_CERT_AUX)
 * are read, any other trailing byte is DICOMTLS_E_FORMAT. */
DICOMTLS_API int dicomtls_store_add_der(
    struct dicomtls_store *store, const void *der, size_t size);
/*
 * Adds the trust anchors of the system, wherever the GnuTLS at hand was built
 * to look for them (gnutls_x509_trust_list_add_system_trust). These are as a
 * rule the CAs of the public web: a hospital's own CA is among them only if
 * somebody put it there. DICOMTLS_E_IO where there are none. An anchor that
 * cannot be parsed is left out; after DICOMTLS_E_NOMEM some may have been
 * added.
 */
DICOMTLS_API int dicomtls_store_add_system_trust(struct dicomtls_store *store);
/* Intermediates: used to build paths, never trusted. */
DICOMTLS_API int dicomtls_store_add_untrusted_file(
    struct dicomtls_store *store, const char *path);
DICOMTLS_API int dicomtls_store_add_untrusted_der(
    struct dicomtls_store *store, const void *der, size_t size);
/*
 * CRLs from a PEM file (any number of X509 CRL blocks; other blocks are passed
 * over), from a DER file, or one in DER. They are looked at only with
 * DICOMTLS_F_CRL_CHECK, and found only under the name of a certificate's own
 * issuer: a CRL that another CA issued on its behalf (an indirect CRL) goes
 * to dicomtls_params_add_crl_file(). The order is kept. A file without a CRL
 * and trailing bytes are DICOMTLS_E_FORMAT. Errors leave what they leave with
 * dicomtls_store_add_file().
 */
DICOMTLS_API int dicomtls_store_add_crl_file(
    struct dicomtls_store *store, const char *path);
DICOMTLS_API int dicomtls_store_add_crl_der(
    struct dicomtls_store *store, const void *der, size_t size);
/* Text about the last failure of an add function on this store: file, object
 * and reason. get0; empty if there was none. */
DICOMTLS_API const char *dicomtls_store_message(
    const struct dicomtls_store *store);

/* ------------------------------------------------- verified signatures -- */

struct dicomtls_signature_cache;

/*
 * Signatures that were found valid, for verifications to share: a peer that
 * comes back with the same certificates costs no arithmetic. It saves nothing
 * else: dates, purpose, revocation, policies and the verify function's events
 * are as without it, and a signature that is not valid is computed every time.
 *
 * Creates one, with one reference, for so many signatures (32 octets of memory
 * each); the ones used longest ago are forgotten first. A chain of three
 * certificates needs two, a CRL one. 0 remembers nothing; over 1,048,576 is
 * DICOMTLS_E_LIMIT. Any number of threads may share it; no certificate is kept.
 */
DICOMTLS_API int dicomtls_signature_cache_new(
    struct dicomtls_signature_cache **cache, unsigned entries);
/* Adds a reference; returns its argument. */
DICOMTLS_API struct dicomtls_signature_cache *dicomtls_signature_cache_ref(
    struct dicomtls_signature_cache *cache);
/* Drops a reference; the last one frees it. NULL is fine. */
DICOMTLS_API void dicomtls_signature_cache_free(
    struct dicomtls_signature_cache *cache);
/* How many signatures were found in it so far and how many had to be computed,
 * valid or not. */
DICOMTLS_API void dicomtls_signature_cache_counts(
    struct dicomtls_signature_cache *cache, uint64_t *found,
    uint64_t *computed);

/* -------------------------------------------------------------- params -- */

struct dicomtls_params;

/* What a certificate must be good for: OpenSSL's X509_PURPOSE_* values. */
enum dicomtls_purpose {
	DICOMTLS_PURPOSE_NONE = 0,
	DICOMTLS_PURPOSE_SSL_CLIENT = 1,
	DICOMTLS_PURPOSE_SSL_SERVER = 2,
	DICOMTLS_PURPOSE_NS_SSL_SERVER = 3,
	DICOMTLS_PURPOSE_SMIME_SIGN = 4,
	DICOMTLS_PURPOSE_SMIME_ENCRYPT = 5,
	DICOMTLS_PURPOSE_CRL_SIGN = 6,
	DICOMTLS_PURPOSE_ANY = 7,
	DICOMTLS_PURPOSE_OCSP_HELPER = 8,
	DICOMTLS_PURPOSE_TIMESTAMP_SIGN = 9
};

/* OpenSSL's short purpose name ("sslclient"), NULL for a number it does not
 * know; and back: DICOMTLS_E_INVALID for a name it does not know. */
DICOMTLS_API const char *dicomtls_purpose_name(int purpose);
DICOMTLS_API int dicomtls_purpose_find(const char *name);

/* Flags: the values of OpenSSL's X509_V_FLAG_*. */
enum {
	DICOMTLS_F_CRL_CHECK = 0x4,
	DICOMTLS_F_CRL_CHECK_ALL = 0x8, /* acts only with CRL_CHECK */
	DICOMTLS_F_IGNORE_CRITICAL = 0x10,
	DICOMTLS_F_X509_STRICT = 0x20,
	DICOMTLS_F_ALLOW_PROXY_CERTS = 0x40,
	/* RFC 5280 6.1: certificate policies are judged (codes 42, 43, 17);
	 * each of the next three brings it along. One of the initial set must
	 * be left at the leaf; anyPolicy does not count; nothing is mapped. */
	DICOMTLS_F_POLICY_CHECK = 0x80,
	DICOMTLS_F_EXPLICIT_POLICY = 0x100,
	DICOMTLS_F_INHIBIT_ANY = 0x200,
	DICOMTLS_F_INHIBIT_MAP = 0x400,
	/* With POLICY_CHECK: an event with ok = 2 tells that they hold. */
	DICOMTLS_F_NOTIFY_POLICY = 0x800,
	DICOMTLS_F_EXTENDED_CRL_SUPPORT = 0x1000,
	DICOMTLS_F_USE_DELTAS = 0x2000,
	DICOMTLS_F_CHECK_SS_SIGNATURE = 0x4000,
	DICOMTLS_F_TRUSTED_FIRST = 0x8000, /* on by default */
	/* RFC 6460: version 3 and ECDSA on P-256 with SHA-256 (the first),
	 * on P-384 with SHA-384 (the second), on either (the third; a P-384
	 * key is then not certified by a P-256 one). Codes 56 to 61. */
	DICOMTLS_F_SUITEB_128_LOS_ONLY = 0x10000,
	DICOMTLS_F_SUITEB_192_LOS = 0x20000,
	DICOMTLS_F_SUITEB_128_LOS = 0x30000,
	DICOMTLS_F_PARTIAL_CHAIN = 0x80000,
	DICOMTLS_F_NO_ALT_CHAINS = 0x100000,
	DICOMTLS_F_NO_CHECK_TIME = 0x200000,

	/*
	 * Not OpenSSL's, nor a value it uses: a second opinion. When all of
	 * OpenSSL's stages are through and the path ends in a trusted
	 * certificate, GnuTLS's own verification judges the path as well,
	 * with that certificate as its anchor, for the same purpose and time.
	 * What it finds wrong with a certificate and no failure before has
	 * said becomes a failure at that certificate, from the anchor down,
	 * with the number that dicomtls_status_codes gives. A verify function
	 * may override it like any other. The events before are the same with
	 * and without this flag; it can only refuse more.
	 *
	 * A certificate that GnuTLS cannot read is DICOMTLS_V_ERR_UNSPECIFIED
	 * (unless something else was wrong with it), and those below it are
	 * not judged by GnuTLS. Revocation and host names are not put to it.
	 *
	 * ltdic.h has no place for it: the options of L_SSL_CTX_CREATE are
	 * OpenSSL's, whose values are not ours to give out, and its VERIFY is
	 * documented to tell OpenSSL's findings.
	 */
	DICOMTLS_F_GNUTLS_OPINION = 0x40000000
};

/* How host names are compared: the values of X509_CHECK_FLAG_*. */
enum {
	DICOMTLS_HOST_ALWAYS_CHECK_SUBJECT = 0x1,
	DICOMTLS_HOST_NO_WILDCARDS = 0x2,
	DICOMTLS_HOST_NO_PARTIAL_WILDCARDS = 0x4,
	DICOMTLS_HOST_MULTI_LABEL_WILDCARDS = 0x8,
	DICOMTLS_HOST_SINGLE_LABEL_SUBDOMAINS = 0x10,
	DICOMTLS_HOST_NEVER_CHECK_SUBJECT = 0x20
};

/* Creates params that ask for nothing: no purpose, no names, current time,
 * depth 100, security level unset (-1, nothing is refused for it), flag
 * TRUSTED_FIRST. */
DICOMTLS_API int dicomtls_params_new(struct dicomtls_params **params);
/* Copies params; strings are copied too, CRLs and the signature cache are
 * shared. */
DICOMTLS_API int dicomtls_params_copy(
    struct dicomtls_params **copy, const struct dicomtls_params *params);
DICOMTLS_API void dicomtls_params_free(struct dicomtls_params *params);

/* Purpose and, derived from it, trust, as X509_VERIFY_PARAM_set_purpose. */
DICOMTLS_API int dicomtls_params_set_purpose(
    struct dicomtls_params *params, int purpose);
/* Adds flags; clears flags. Unknown bits are DICOMTLS_E_INVALID. */
DICOMTLS_API int dicomtls_params_set_flags(
    struct dicomtls_params *params, uint32_t flags);
DICOMTLS_API int dicomtls_params_clear_flags(
    struct dicomtls_params *params, uint32_t flags);
/* Time to judge at, seconds since 1970-01-01 UTC; unset: the current time. */
DICOMTLS_API int dicomtls_params_set_time(
    struct dicomtls_params *params, int64_t seconds);
/* Most intermediates between leaf and anchor; 0 or more. */
DICOMTLS_API int dicomtls_params_set_depth(
    struct dicomtls_params *params, int depth);
/* OpenSSL's security level 0..5: smallest key and digest strength. */
DICOMTLS_API int dicomtls_params_set_auth_level(
    struct dicomtls_params *params, int level);
/* Host names of which one must match (none added: no check); the e-mail
 * address; the IP address as text. All are copied. A host name that is empty
 * or has a NUL inside, or text that is no address, is DICOMTLS_E_INVALID. */
DICOMTLS_API int dicomtls_params_add_host(
    struct dicomtls_params *params, const char *name);
DICOMTLS_API int dicomtls_params_set_host_flags(
    struct dicomtls_params *params, unsigned flags);
DICOMTLS_API int dicomtls_params_set_email(
    struct dicomtls_params *params, const char *address);
DICOMTLS_API int dicomtls_params_set_ip(
    struct dicomtls_params *params, const char *address);
/* Adds an OID (dotted text) to the initial policy set. Sets no flag; but in a
 * session (see below) a set that is not empty switches POLICY_CHECK on. Where
 * a policy is required, an empty set refuses every path: to accept any policy
 * add anyPolicy, "2.5.29.32.0". */
DICOMTLS_API int dicomtls_params_add_policy(
    struct dicomtls_params *params, const char *oid);

/* CRLs for verifications with these params, looked at before those of the
 * store and for every certificate whatever its issuer's name
 * (X509_STORE_CTX_set0_crls). Indirect CRLs and CRLs for some reasons only
 * count with DICOMTLS_F_EXTENDED_CRL_SUPPORT. Files and errors as for
 * dicomtls_store_add_crl_file(). */
DICOMTLS_API int dicomtls_params_add_crl_file(
    struct dicomtls_params *params, const char *path);
DICOMTLS_API int dicomtls_params_add_crl_der(
    struct dicomtls_params *params, const void *der, size_t size);

/* The cache for certificates and CRLs verified with these params; they take a
 * reference of their own. NULL, as at first: none. */
DICOMTLS_API int dicomtls_params_set_signature_cache(
    struct dicomtls_params *params, struct dicomtls_signature_cache *cache);

/* -------------------------------------------------------- verification -- */

struct dicomtls_event;

/* 1: this check passed; 0: it failed; 2: the policies were judged and hold. */
DICOMTLS_API int dicomtls_event_ok(const struct dicomtls_event *event);
/* Index in the path: 0 is the peer's own certificate. Where the policies of
 * the path as a whole are meant (code 43, ok = 2), it is that of the event
 * before, and the certificate is the peer's own. */
DICOMTLS_API int dicomtls_event_depth(const struct dicomtls_event *event);
/* DICOMTLS_V_*; sticky, see the top of this file. */
DICOMTLS_API int dicomtls_event_error(const struct dicomtls_event *event);
/* DER of the certificate the event is about (get0). */
DICOMTLS_API void dicomtls_event_certificate(
    const struct dicomtls_event *event, gnutls_datum_t *der);
/* The documented multi-line certificate string (get0); made on the first
 * request and kept for the verification. NULL if there is no memory. */
DICOMTLS_API const char *dicomtls_event_certificate_string(
    const struct dicomtls_event *event);
/* Subject as one line, "CN = Test Client, C = US" (get0); NULL: no memory. */
DICOMTLS_API const char *dicomtls_event_subject(
    const struct dicomtls_event *event);

/* ok is dicomtls_event_ok(event), the answer that changes nothing. */
typedef int (*dicomtls_verify_fn)(
    int ok, const struct dicomtls_event *event, void *arg);

struct dicomtls_verdict {
	int result; /* 1 accepted, 0 refused, -1 could not be judged: refused */
	int error;  /* DICOMTLS_V_*, sticky; 0 only if result is 1 */
	int depth;  /* where the last finding was */
	int alert;  /* TLS alert for error, 0 if accepted */
};

/*
 * Judges chain[0] with the help of chain[1..n-1] and the store. fn may be
 * NULL. store may be NULL (nothing is trusted) and params too (defaults).
 * Returns 0 and fills the verdict, or a negative DICOMTLS_E_*; the verdict is
 * then a refusal as well. A certificate that cannot be parsed is
 * DICOMTLS_E_FORMAT. message, if not NULL, receives room bytes of text that
 * names the certificate and the reason of a failure.
 */
DICOMTLS_API int dicomtls_verify(const struct dicomtls_store *store,
    const struct dicomtls_params *params, const gnutls_datum_t *chain,
    unsigned n, dicomtls_verify_fn fn, void *arg,
    struct dicomtls_verdict *verdict, char *message, size_t room);

/* The documented certificate string for a certificate in DER. The caller
 * frees it with free(). */
DICOMTLS_API int dicomtls_certificate_string(
    const void *der, size_t size, char **text);

/* ------------------------------------------------ GnuTLS sessions -------- */

/*
 * For a program that has a gnutls_session_t of its own.
 *
 * dicomtls_session_attach makes the peer's certificates be judged when its
 * Certificate message arrives, before GnuTLS imports them, and its hello by
 * rules that GnuTLS does not have (doc/compatibility.md). It takes the
 * session's only handshake hook, for all messages
 * (gnutls_handshake_set_hook_function): a program that needs the hook itself
 * calls dicomtls_session_verify alone. Store and params are referenced or
 * copied; arg must outlive the handshake. Attach before the handshake. What was
 * attached is released with the session.
 *
 * params with purpose NONE get the purpose from the session's role: a client
 * asks for SSL_SERVER, a server for SSL_CLIENT.
 *
 * dicomtls_session_verify gives GnuTLS the decision. Call it from (or give it
 * as) the function of gnutls_certificate_set_verify_function. It returns 0 or
 * GNUTLS_E_CERTIFICATE_ERROR; the alert has then been sent and
 * gnutls_alert_send_appropriate must not be called. Where nothing is attached
 * it refuses.
 *
 * A session that GnuTLS resumes has no Certificate message: nothing is judged,
 * fn is not called and there is no verdict. OpenSSL does not call its verify
 * callback then either; its SSL_get_verify_result is what the first session
 * had left, and nobody looks whether that still holds. dicomtls_session_lasts
 * helps a program that hands out tickets or keeps sessions (server: with
 * GNUTLS_NO_AUTO_SEND_TICKET, when the handshake is over) to do so only for
 * peers that were accepted without an override and that the engine, asked
 * again, would accept in so many seconds too, CRLs included. Ticket key and
 * sessions belong to one store and one set of params: with new ones they are
 * given up.
 *
 * A store in use does not change. To read files again make a new one, attach
 * that from then on, and free the old: the sessions that have it keep it.
 *
 * dicomtls_session_verdict tells how it ended; DICOMTLS_E_INVALID before.
 */
DICOMTLS_API int dicomtls_session_attach(gnutls_session_t session,
    struct dicomtls_store *store, const struct dicomtls_params *params,
    dicomtls_verify_fn fn, void *arg);
DICOMTLS_API int dicomtls_session_verify(gnutls_session_t session);
DICOMTLS_API int dicomtls_session_verdict(
    gnutls_session_t session, struct dicomtls_verdict *verdict);
/* 1 or 0; 0 too where nothing was judged. */
DICOMTLS_API int dicomtls_session_lasts(
    gnutls_session_t session, unsigned seconds);

/* ------------------------------------------------- DICOM profiles -------- */

/*
 * The secure transport profiles of PS3.15 Annex B, for a program that has a
 * gnutls_session_t of its own: what may be offered, and whether what came of
 * the handshake, and the certificates, keep to it.
 *
 *   bcp195-8996 (B.12), bcp195-8996-mod (B.13); retired: bcp195-ex (B.11),
 *   bcp195-nd (B.10), bcp195 (B.9), aes (B.3), basic (B.1). A name or a
 *   section may be given. dicomtls(1) says what each asks for.
 *
 * A profile may be shared by sessions and threads; it must outlive them. In
 * functions that have message, it may be NULL; otherwise it receives room bytes
 * of text: the reason, or nothing.
 */
struct dicomtls_profile;

/* Names one after the other, index 0 (the default) first; NULL behind the last.
 * Constant strings. */
DICOMTLS_API const char *dicomtls_profile_name(unsigned index);
/* 1 if the standard has retired it, 0 if not, DICOMTLS_E_INVALID if there is no
 * such profile. */
DICOMTLS_API int dicomtls_profile_is_retired(const char *name);

/* Makes a profile; name NULL is the default. DICOMTLS_E_INVALID: there is none
 * of that name; DICOMTLS_E_UNSUPPORTED: GnuTLS or the system's crypto policy
 * (GNUTLS_SYSTEM_PRIORITY_FILE) leaves nothing of it. */
DICOMTLS_API int dicomtls_profile_new(struct dicomtls_profile **profile,
    const char *name, char *message, size_t room);
DICOMTLS_API void dicomtls_profile_free(struct dicomtls_profile *profile);

/* A sentence about what the system's crypto policy took away from the profile
 * (get0); empty where all of it is there. */
DICOMTLS_API const char *dicomtls_profile_missing(
    const struct dicomtls_profile *profile);

/* Before the handshake: sets the session's priority, which replaces any other,
 * and its ALPN, "dicom". A server then refuses clients that ask for other
 * protocols only; who uses no ALPN is served. */
DICOMTLS_API int dicomtls_profile_apply(
    const struct dicomtls_profile *profile, gnutls_session_t session);

/*
 * After the handshake, before any data: version, suite, group, signature
 * algorithms and the certificates that the peer sent. DICOMTLS_E_PROFILE: one
 * of them is outside; the alert has been sent, and the session is to be closed.
 * A priority string composes more than a profile names, and a verify function
 * may have let a weak certificate pass: only who calls this keeps to a profile.
 */
DICOMTLS_API int dicomtls_profile_check(const struct dicomtls_profile *profile,
    gnutls_session_t session, char *message, size_t room);

/* The certificates of our own that credentials hold, with their chains:
 * DICOMTLS_E_PROFILE if one is too weak for the profile. */
DICOMTLS_API int dicomtls_profile_check_own(
    const struct dicomtls_profile *profile,
    gnutls_certificate_credentials_t credentials, char *message, size_t room);

#ifdef __cplusplus
}
#endif
#endif

/*
 * What a signature algorithm is to OpenSSL (obj_xref.txt, x509_set.c,
 * v3_purp.c). Verification is in signature_verify.c.
 *
 * Parameters of the identifier count for RSASSA-PSS only, as in OpenSSL.
 */
#include "x509/signature.h"

#include "base/der.h"
#include "x509/any.h"
#include "x509/signature_algorithm.h"

#define OID(text)                                                              \
	{                                                                      \
		(const uint8_t *)(text), sizeof(text) - 1                      \
	}
#define PKCS1 "\x2a\x86\x48\x86\xf7\x0d\x01\x01" /* 1.2.840.113549.1.1 */
#define OIW "\x2b\x0e\x03\x02"			 /* 1.3.14.3.2 */
#define X962 "\x2a\x86\x48\xce\x3d\x04"		 /* 1.2.840.10045.4 */
#define NIST "\x60\x86\x48\x01\x65\x03\x04\x03"	 /* 2.16.840.1.101.3.4.3 */
#define KDF "\x2b\x81\x04\x01"			 /* 1.3.132.1 */
#define X963 "\x2b\x81\x05\x10\x86\x48\x3f\x00"	 /* 1.3.133.16.840.63.0 */
#define GOST "\x2a\x85\x03\x02\x02"		 /* 1.2.643.2.2 */
#define TC26 "\x2a\x85\x03\x07\x01\x01\x03"	 /* 1.2.643.7.1.1.3 */

/* Algorithms whose keys OpenSSL's default provider does not have stay in the
 * table with DT_KEY_UNKNOWN: their strength is known all the same. */
static const struct dt_signature_algorithm algorithms[] = {
	{ OID(PKCS1 "\x02"), DT_DIGEST_MD2, DT_KEY_RSA },
	{ OID(PKCS1 "\x03"), DT_DIGEST_MD4, DT_KEY_RSA },
	{ OID(PKCS1 "\x04"), DT_DIGEST_MD5, DT_KEY_RSA },
	{ OID(PKCS1 "\x05"), DT_DIGEST_SHA1, DT_KEY_RSA },
	{ OID(PKCS1 "\x0a"), DT_DIGEST_NONE, DT_KEY_RSA_PSS },
	{ OID(PKCS1 "\x0b"), DT_DIGEST_SHA256, DT_KEY_RSA },
	{ OID(PKCS1 "\x0c"), DT_DIGEST_SHA384, DT_KEY_RSA },
	{ OID(PKCS1 "\x0d"), DT_DIGEST_SHA512, DT_KEY_RSA },
	{ OID(PKCS1 "\x0e"), DT_DIGEST_SHA224, DT_KEY_RSA },
	{ OID("\x2b\x24\x03\x03\x01\x02"), DT_DIGEST_RIPEMD160, DT_KEY_RSA },
	{ OID("\x55\x08\x03\x64"), DT_DIGEST_MDC2, DT_KEY_RSA },
	{ OID(OIW "\x03"), DT_DIGEST_MD5, DT_KEY_RSA },
	{ OID(OIW "\x0f"), DT_DIGEST_SHA0, DT_KEY_RSA },
	{ OID(OIW "\x1d"), DT_DIGEST_SHA1, DT_KEY_RSA },
	{ OID(NIST "\x0d"), DT_DIGEST_SHA3_224, DT_KEY_RSA },
	{ OID(NIST "\x0e"), DT_DIGEST_SHA3_256, DT_KEY_RSA },
	{ OID(NIST "\x0f"), DT_DIGEST_SHA3_384, DT_KEY_RSA },
	{ OID(NIST "\x10"), DT_DIGEST_SHA3_512, DT_KEY_RSA },
	{ OID("\x2a\x86\x48\xce\x38\x04\x03"), DT_DIGEST_SHA1, DT_KEY_DSA },
	{ OID(NIST "\x01"), DT_DIGEST_SHA224, DT_KEY_DSA },
	{ OID(NIST "\x02"), DT_DIGEST_SHA256, DT_KEY_DSA },
	{ OID(OIW "\x0d"), DT_DIGEST_SHA0, DT_KEY_DSA },
	{ OID(OIW "\x1b"), DT_DIGEST_SHA1, DT_KEY_DSA },
	{ OID(X962 "\x01"), DT_DIGEST_SHA1, DT_KEY_EC },
	{ OID(X962 "\x02"), DT_DIGEST_NONE, DT_KEY_EC },
	{ OID(X962 "\x03"), DT_DIGEST_NONE, DT_KEY_EC },
	{ OID(X962 "\x03\x01"), DT_DIGEST_SHA224, DT_KEY_EC },
	{ OID(X962 "\x03\x02"), DT_DIGEST_SHA256, DT_KEY_EC },
	{ OID(X962 "\x03\x03"), DT_DIGEST_SHA384, DT_KEY_EC },
	{ OID(X962 "\x03\x04"), DT_DIGEST_SHA512, DT_KEY_EC },
	{ OID("\x2b\x65\x70"), DT_DIGEST_NONE, DT_KEY_ED25519 },
	{ OID("\x2b\x65\x71"), DT_DIGEST_NONE, DT_KEY_ED448 },
	{ OID("\x2a\x81\x1c\xcf\x55\x01\x83\x75"), DT_DIGEST_SM3, DT_KEY_SM2 },
	{ OID(GOST "\x03"), DT_DIGEST_GOST94, DT_KEY_UNKNOWN },
	{ OID(GOST "\x04"), DT_DIGEST_GOST94, DT_KEY_UNKNOWN },
	{ OID("\x2a\x85\x03\x02\x09\x01\x03\x03"), DT_DIGEST_GOST94,
	    DT_KEY_UNKNOWN },
	{ OID("\x2a\x85\x03\x02\x09\x01\x03\x04"), DT_DIGEST_GOST94,
	    DT_KEY_UNKNOWN },
	{ OID(TC26 "\x02"), DT_DIGEST_NONE, DT_KEY_UNKNOWN },
	{ OID(TC26 "\x03"), DT_DIGEST_NONE, DT_KEY_UNKNOWN },
	{ OID(X963 "\x02"), DT_DIGEST_SHA1, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0b\x00"), DT_DIGEST_SHA224, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0b\x01"), DT_DIGEST_SHA256, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0b\x02"), DT_DIGEST_SHA384, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0b\x03"), DT_DIGEST_SHA512, DT_KEY_UNKNOWN },
	{ OID(X963 "\x03"), DT_DIGEST_SHA1, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0e\x00"), DT_DIGEST_SHA224, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0e\x01"), DT_DIGEST_SHA256, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0e\x02"), DT_DIGEST_SHA384, DT_KEY_UNKNOWN },
	{ OID(KDF "\x0e\x03"), DT_DIGEST_SHA512, DT_KEY_UNKNOWN },
};

const struct dt_signature_algorithm *
dt_signature_algorithm_find(
    struct dt_span identifier, struct dt_span *parameters)
{
	struct dt_der sequence, oid;

	if (!dt_der_take(&identifier, DT_DER_SEQUENCE, &sequence) ||
	    !dt_der_take(&sequence.content, DT_DER_OID, &oid))
		return NULL;
	*parameters = sequence.content;
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(*algorithms); i++) {
		if (dt_span_equal(algorithms[i].oid, oid.content))
			return &algorithms[i];
	}
	return NULL;
}

/* Half the digest, less where collisions were found (x509_set.c): the values
 * matter only as being below a level. */
static int
digest_strength(enum dt_digest digest)
{
	static const struct {
		enum dt_digest digest;
		int security;
	} broken[] = { { DT_DIGEST_SHA1, 63 }, { DT_DIGEST_MD5, 39 },
		{ DT_DIGEST_GOST94, 105 } };

	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		if (broken[i].digest == digest)
			return broken[i].security;
	}
	return dt_digest_size(digest) * 4;
}

/* rsa_sig_info_set: another value for SHA-1 than with PKCS #1 v1.5. */
static void
set_pss_info(struct dt_signature_info *info, struct dt_span parameters)
{
	struct dt_pss pss;

	if (!dt_pss_decode(&pss, parameters) || !dt_pss_is_sound(&pss))
		return;
	info->known = true;
	info->digest = (int)pss.digest;
	info->security_bits =
	    pss.digest == DT_DIGEST_SHA1 ? 64 : digest_strength(pss.digest);
}

void
dt_signature_info(struct dt_signature_info *info, struct dt_span algorithm)
{
	const struct dt_signature_algorithm *found;
	struct dt_span parameters;

	*info = (struct dt_signature_info){ .security_bits = -1 };
	found = dt_signature_algorithm_find(algorithm, &parameters);
	if (found == NULL)
		return;
	info->digest = (int)found->digest;
	info->key = found->key;
	if (found->digest != DT_DIGEST_NONE) {
		int security = digest_strength(found->digest);

		info->known = security != 0;
		info->security_bits = security != 0 ? security : -1;
	} else if (found->key == DT_KEY_RSA_PSS) {
		set_pss_info(info, parameters);
	} else if (found->key == DT_KEY_ED25519) {
		info->known = true;
		info->security_bits = 128;
	} else if (found->key == DT_KEY_ED448) {
		info->known = true;
		info->security_bits = 224;
	}
}

bool
dt_signature_algorithms_agree(struct dt_span a, struct dt_span b)
{
	struct dt_der x, y, parts[4];

	if (!dt_der_take(&a, DT_DER_SEQUENCE, &x) ||
	    !dt_der_take(&b, DT_DER_SEQUENCE, &y) ||
	    !dt_der_take(&x.content, DT_DER_OID, &parts[0]) ||
	    !dt_der_take(&y.content, DT_DER_OID, &parts[1]) ||
	    !dt_span_equal(parts[0].content, parts[1].content))
		return false;
	if (x.content.size == 0 || y.content.size == 0)
		return x.content.size == y.content.size;
	return dt_der_next(&x.content, &parts[2]) &&
	       dt_der_next(&y.content, &parts[3]) &&
	       dt_any_equal(&parts[2], &parts[3]);
}

bool
dt_signature_matches_key(struct dt_span algorithm, const struct dt_key *key)
{
	const struct dt_signature_algorithm *found;
	struct dt_span parameters;

	found = dt_signature_algorithm_find(algorithm, &parameters);
	if (found == NULL || key->type == DT_KEY_UNKNOWN)
		return false;
	return found->key == key->type ||
	       (found->key == DT_KEY_RSA_PSS && key->type == DT_KEY_RSA);
}

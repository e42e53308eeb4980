/*
 * Decoding of public keys and their strength. Follows OpenSSL's x_pubkey.c
 * and the pub_decode functions behind it; strength as the default provider
 * reports it.
 *
 * Left out, refused where OpenSSL takes them: curves over binary fields.
 */
#include "x509/key.h"

#include "base/der.h"
#include "base/limits.h"

/* SubjectPublicKeyInfo, taken apart. */
struct parts {
	struct dt_span oid;
	struct dt_der parameters;
	bool has_parameters;
	struct dt_span bits;
};

struct kind {
	struct dt_span oid;
	enum dt_key_type type;
	bool (*decode)(struct dt_key *key, const struct parts *parts);
};

static bool
take_parts(struct parts *out, struct dt_span in)
{
	struct dt_der spki, algorithm, oid, key;
	unsigned unused;

	if (!dt_der_take(&in, DT_DER_SEQUENCE, &spki) || in.size != 0 ||
	    !dt_der_take(&spki.content, DT_DER_SEQUENCE, &algorithm) ||
	    !dt_der_take(&spki.content, DT_DER_BIT_STRING, &key) ||
	    spki.content.size != 0 ||
	    !dt_der_take(&algorithm.content, DT_DER_OID, &oid) ||
	    !dt_der_bit_string(key.content, &out->bits, &unused))
		return false;
	out->oid = oid.content;
	out->has_parameters = algorithm.content.size != 0;
	return !out->has_parameters ||
	       (dt_der_next(&algorithm.content, &out->parameters) &&
		   dt_der_is_any(&out->parameters) &&
		   algorithm.content.size == 0);
}

/* Drops leading zero octets. */
static struct dt_span
trimmed(struct dt_span number)
{
	while (number.size > 0 && number.data[0] == 0) {
		number.data++;
		number.size--;
	}
	return number;
}

int
dt_number_bits(struct dt_span number)
{
	int bits;

	number = trimmed(number);
	if (number.size == 0)
		return 0;
	bits = ((int)number.size - 1) * 8;
	for (unsigned top = number.data[0]; top != 0; top >>= 1)
		bits++;
	return bits;
}

/* OpenSSL's BIGNUM fields: an INTEGER read as unsigned, encoded anyhow. */
static bool
take_number(struct dt_span *in, struct dt_span *number)
{
	struct dt_der e;

	if (!dt_der_take(in, DT_DER_INTEGER, &e))
		return false;
	*number = trimmed(e.content);
	return true;
}

/* ASN1_INTEGER fields: a proper INTEGER. A negative one is decodable; it is
 * left as it is encoded. */
static bool
take_integer(struct dt_span *in, struct dt_span *number, bool *negative)
{
	struct dt_der e;

	if (!dt_der_take(in, DT_DER_INTEGER, &e) ||
	    !dt_der_is_integer(e.content))
		return false;
	*negative = (e.content.data[0] & 0x80) != 0;
	*number = trimmed(e.content);
	return true;
}

/* Security of factoring and of discrete logarithms in a field, by modulus
 * size: FIPS 140-2 IG 7.5, rounded to eight bits, with the canonical values
 * of SP 800-56B appendix D (ossl_ifc_ffc_compute_security_bits). The last row
 * is above what any level asks for. */
static const struct {
	int from;
	int security;
} rsa_strength[] = { { 16, 8 }, { 41, 16 }, { 81, 24 }, { 138, 32 },
	{ 213, 40 }, { 308, 48 }, { 425, 56 }, { 566, 64 }, { 729, 72 },
	{ 920, 80 }, { 1137, 88 }, { 1383, 96 }, { 1657, 104 }, { 1963, 112 },
	{ 2301, 120 }, { 2671, 128 }, { 3076, 136 }, { 3514, 144 },
	{ 3991, 152 }, { 4502, 160 }, { 5054, 168 }, { 5642, 176 },
	{ 6274, 184 }, { 6947, 192 }, { 7681, 200 }, { 8418, 208 },
	{ 9216, 216 }, { 10064, 224 }, { 10953, 232 }, { 11893, 240 },
	{ 12877, 248 }, { 13914, 256 }, { 15361, 264 }, { 16132, 272 } };

static int
rsa_security(int bits)
{
	int security = 0;

	for (size_t i = 0; i < sizeof(rsa_strength) / sizeof(*rsa_strength) &&
			   bits >= rsa_strength[i].from;
	     i++)
		security = rsa_strength[i].security;
	return security;
}

/* BN_security_bits (SP 800-57 table 2); subgroup -1: none given. */
static int
field_security(int bits, int subgroup)
{
	static const int rows[][2] = { { 15360, 256 }, { 7680, 192 },
		{ 3072, 128 }, { 2048, 112 }, { 1024, 80 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int half = subgroup / 2;

		if (bits < rows[i][0])
			continue;
		if (subgroup == -1 || half >= rows[i][1])
			return rows[i][1];
		return half < 80 ? 0 : half;
	}
	return 0;
}

/* ec_common's table: by bits of the order, odd ones halved. */
static int
curve_security(int order_bits)
{
	static const int rows[][2] = { { 512, 256 }, { 384, 192 }, { 256, 128 },
		{ 224, 112 }, { 160, 80 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (order_bits >= rows[i][0])
			return rows[i][1];
	}
	return order_bits / 2;
}

/* RSAPublicKey (RFC 8017 A.1.1). Bytes behind it and the parameters of
 * rsaEncryption are not looked at. */
static bool
decode_rsa(struct dt_key *key, const struct parts *parts)
{
	struct dt_span in = parts->bits;
	struct dt_der sequence;

	if (!dt_der_take(&in, DT_DER_SEQUENCE, &sequence) ||
	    !take_number(&sequence.content, &key->numbers[0]) ||
	    !take_number(&sequence.content, &key->numbers[1]) ||
	    sequence.content.size != 0)
		return false;
	key->size_bits = dt_number_bits(key->numbers[0]);
	key->security_bits = rsa_security(key->size_bits);
	return true;
}

/* RFC 4055 3.1: parameters absent, or those every signature has to keep. */
static bool
decode_rsa_pss(struct dt_key *key, const struct parts *parts)
{
	key->restricted = parts->has_parameters;
	if (key->restricted &&
	    !dt_pss_decode(&key->pss, parts->parameters.whole))
		return false;
	return decode_rsa(key, parts);
}

/* RFC 3279 2.3.2. Parameters inherited from the issuer's key: OpenSSL's
 * providers do not decode such a key. */
static bool
decode_dsa(struct dt_key *key, const struct parts *parts)
{
	struct dt_span in = parts->bits;
	struct dt_span *n = key->numbers;

	if (!take_integer(&in, &n[3], &key->negative) ||
	    !parts->has_parameters || parts->parameters.tag != DT_DER_SEQUENCE)
		return false;
	in = parts->parameters.content;
	if (!take_number(&in, &n[0]) || !take_number(&in, &n[1]) ||
	    !take_number(&in, &n[2]) || in.size != 0)
		return false;
	key->size_bits = dt_number_bits(n[0]);
	key->security_bits =
	    field_security(key->size_bits, dt_number_bits(n[1]));
	return true;
}

/* PKCS #3: p, g, length of the private value OPTIONAL. To OpenSSL 0 is none,
 * and so is its own mark -1. */
static bool
decode_dh(struct dt_key *key, const struct parts *parts)
{
	struct dt_span in = parts->bits, p, ignored;
	bool negative;
	int32_t length = 0;
	struct dt_der e;

	if (!take_integer(&in, &ignored, &negative) || !parts->has_parameters ||
	    parts->parameters.tag != DT_DER_SEQUENCE)
		return false;
	in = parts->parameters.content;
	if (!take_number(&in, &p) || !take_number(&in, &ignored))
		return false;
	if (in.size != 0 &&
	    (!dt_der_take(&in, DT_DER_INTEGER, &e) || in.size != 0 ||
		!dt_der_int32(e.content, &length)))
		return false;
	key->size_bits = dt_number_bits(p);
	key->security_bits =
	    field_security(key->size_bits, length == 0 ? -1 : length);
	return true;
}

/* ValidationParms ::= SEQUENCE { seed BIT STRING, pgenCounter INTEGER } */
static bool
is_validation(struct dt_span in)
{
	struct dt_span number, bits;
	unsigned unused;
	struct dt_der e;

	return dt_der_take(&in, DT_DER_BIT_STRING, &e) &&
	       dt_der_bit_string(e.content, &bits, &unused) &&
	       take_number(&in, &number) && in.size == 0;
}

/* X9.42 (RFC 3279 2.3.3): p, g, q, j OPTIONAL, validation OPTIONAL. */
static bool
decode_dhx(struct dt_key *key, const struct parts *parts)
{
	struct dt_span in = parts->bits, p, q, ignored;
	bool negative;
	struct dt_der e;

	if (!take_integer(&in, &ignored, &negative) || !parts->has_parameters ||
	    parts->parameters.tag != DT_DER_SEQUENCE)
		return false;
	in = parts->parameters.content;
	if (!take_number(&in, &p) || !take_number(&in, &ignored) ||
	    !take_number(&in, &q))
		return false;
	(void)dt_der_take(&in, DT_DER_INTEGER, &e);
	if (dt_der_take(&in, DT_DER_SEQUENCE, &e) && !is_validation(e.content))
		return false;
	if (in.size != 0)
		return false;
	key->size_bits = dt_number_bits(p);
	key->security_bits = field_security(key->size_bits, dt_number_bits(q));
	return true;
}

static bool
decode_explicit(struct dt_key *key, const struct parts *parts)
{
	struct dt_curve_explicit found;

	if (!dt_curve_explicit(&found, parts->parameters.content, parts->bits))
		return false;
	key->explicit_curve = true;
	key->curve = found.curve;
	key->size_bits = (int)found.order_bits;
	return true;
}

static bool
decode_named(struct dt_key *key, const struct parts *parts)
{
	key->curve = dt_curve_find(parts->parameters.content);
	if (key->curve == NULL || !dt_curve_has_point(key->curve, parts->bits))
		return false;
	key->size_bits = (int)key->curve->order_bits;
	return true;
}

/* RFC 5480; implicitCurve (NULL) is not decodable. */
static bool
decode_ec(struct dt_key *key, const struct parts *parts)
{
	bool good = false;

	if (!parts->has_parameters)
		return false;
	if (parts->parameters.tag == DT_DER_OID)
		good = decode_named(key, parts);
	else if (parts->parameters.tag == DT_DER_SEQUENCE)
		good = decode_explicit(key, parts);
	key->point = parts->bits;
	key->security_bits = curve_security(key->size_bits);
	if (good && key->curve && strcmp(key->curve->name, "SM2") == 0)
		key->type = DT_KEY_SM2;
	return good;
}

/* RFC 8410: the size of the key names the algorithm; no parameters. */
static bool
decode_fixed(struct dt_key *key, const struct parts *parts)
{
	static const struct {
		enum dt_key_type type;
		size_t size;
		int bits, security;
	} rows[] = { { DT_KEY_ED25519, 32, 256, 128 },
		{ DT_KEY_ED448, 57, 456, 224 }, { DT_KEY_X25519, 32, 253, 128 },
		{ DT_KEY_X448, 56, 448, 224 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].type != key->type)
			continue;
		key->point = parts->bits;
		key->size_bits = rows[i].bits;
		key->security_bits = rows[i].security;
		return !parts->has_parameters &&
		       parts->bits.size == rows[i].size;
	}
	return false;
}

#define OID(text)                                                              \
	{                                                                      \
		(const uint8_t *)(text), sizeof(text) - 1                      \
	}

/* OpenSSL also takes the X.509 name of RSA, and signature algorithms and old
 * names for DSA keys. */
static const struct kind kinds[] = {
	{ OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"), DT_KEY_RSA, decode_rsa },
	{ OID("\x55\x08\x01\x01"), DT_KEY_RSA, decode_rsa },
	{ OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"), DT_KEY_RSA_PSS,
	    decode_rsa_pss },
	{ OID("\x2a\x86\x48\xce\x38\x04\x01"), DT_KEY_DSA, decode_dsa },
	{ OID("\x2a\x86\x48\xce\x38\x04\x03"), DT_KEY_DSA, decode_dsa },
	{ OID("\x2b\x0e\x03\x02\x0c"), DT_KEY_DSA, decode_dsa },
	{ OID("\x2b\x0e\x03\x02\x0d"), DT_KEY_DSA, decode_dsa },
	{ OID("\x2b\x0e\x03\x02\x1b"), DT_KEY_DSA, decode_dsa },
	{ OID("\x2a\x86\x48\x86\xf7\x0d\x01\x03\x01"), DT_KEY_DH, decode_dh },
	{ OID("\x2a\x86\x48\xce\x3e\x02\x01"), DT_KEY_DH, decode_dhx },
	{ OID("\x2a\x86\x48\xce\x3d\x02\x01"), DT_KEY_EC, decode_ec },
	{ OID("\x2b\x65\x70"), DT_KEY_ED25519, decode_fixed },
	{ OID("\x2b\x65\x71"), DT_KEY_ED448, decode_fixed },
	{ OID("\x2b\x65\x6e"), DT_KEY_X25519, decode_fixed },
	{ OID("\x2b\x65\x6f"), DT_KEY_X448, decode_fixed },
};

void
dt_key_decode(struct dt_key *key, struct dt_span spki)
{
	struct parts parts;

	*key = (struct dt_key){ .spki = spki };
	if (!take_parts(&parts, spki))
		return;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!dt_span_equal(kinds[i].oid, parts.oid))
			continue;
		key->type = kinds[i].type;
		if (!kinds[i].decode(key, &parts))
			*key = (struct dt_key){ .spki = spki };
		return;
	}
}

/* rsa_ossl_public_decrypt. */
bool
dt_key_is_affordable(const struct dt_key *key)
{
	if (key->type != DT_KEY_RSA && key->type != DT_KEY_RSA_PSS)
		return true;
	return key->size_bits <= DT_MAX_RSA_MODULUS_BITS &&
	       (key->size_bits <= DT_MAX_RSA_SMALL_MODULUS_BITS ||
		   dt_number_bits(key->numbers[1]) <= DT_MAX_RSA_EXPONENT_BITS);
}

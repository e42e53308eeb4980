/*
 * The forms. All but a few are strict: nobody may take them for the signature
 * that was there. Those that are not: (r, order - s) verifies wherever (r, s)
 * does (FIPS 186-5 6.4.2), and BER around what is signed is read by OpenSSL.
 */
#include "forms.h"

#include "base/der.h"

#include <dicomtls.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/x509.h>

enum family { ANY, RSA_NUMBER, PAIR, PAIR_EC, PAIR_DSA, EDWARDS };

struct former {
	struct draw *d;
	struct parts parts;
	struct dt_span value; /* of the signature */
	EVP_PKEY *key;	      /* its issuer's; NULL: not found */
	int base;	      /* kind of that key */
};

static void
set_content(struct former *f, const uint8_t *content, size_t size)
{
	f->parts.signature->content = draw_copy(f->d, dt_span(content, size));
	f->parts.signature->parent = false;
}

static void
set_value(struct former *f, const uint8_t *value, size_t size)
{
	uint8_t *content = draw_alloc(f->d, size + 1);
	if (size > 0)
		memcpy(content + 1, value, size);
	set_content(f, content, size + 1);
}

/* The value with room for one octet more in front and behind. */
static uint8_t *
copy_value(struct former *f)
{
	uint8_t *copy = draw_alloc(f->d, f->value.size + 2);
	memcpy(copy + 1, f->value.data, f->value.size);
	return copy;
}

/* --- numbers --- */

static BIGNUM *
get_number(const EVP_PKEY *key, const char *name)
{
	BIGNUM *number = NULL;
	return EVP_PKEY_get_bn_param(key, name, &number) == 1 ? number : NULL;
}

static BIGNUM *
get_order(const EVP_PKEY *key)
{
	if (EVP_PKEY_get_base_id(key) == EVP_PKEY_DSA)
		return get_number(key, OSSL_PKEY_PARAM_FFC_Q);
	return get_number(key, OSSL_PKEY_PARAM_EC_ORDER);
}

/* size: 0 for as many octets as it takes. */
static bool
set_number(struct former *f, const BIGNUM *number, size_t size)
{
	size_t least = (size_t)BN_num_bytes(number);
	size = size < least ? least : size;
	uint8_t *octets = draw_alloc(f->d, size);
	if (BN_bn2binpad(number, octets, (int)size) < 0)
		return false;
	set_value(f, octets, size);
	return true;
}

/* How a number follows from that of the signature and the modulus. */
static bool
change_number(struct former *f, bool negate)
{
	BIGNUM *n = get_number(f->key, OSSL_PKEY_PARAM_RSA_N);
	BIGNUM *s = BN_bin2bn(f->value.data, (int)f->value.size, NULL);
	bool done = n && s &&
		    (negate ? BN_sub(s, n, s) : BN_add(s, s, n)) == 1 &&
		    set_number(f, s, f->value.size);
	BN_free(s);
	BN_free(n);
	return done;
}

static bool
add_modulus(struct former *f)
{
	return change_number(f, false);
}

static bool
negate(struct former *f)
{
	return change_number(f, true);
}

static bool
zero_in_front(struct former *f)
{
	set_value(f, copy_value(f), f->value.size + 1);
	return true;
}

static bool
zero_behind(struct former *f)
{
	set_value(f, copy_value(f) + 1, f->value.size + 1);
	return true;
}

static bool
without_first(struct former *f)
{
	set_value(f, f->value.data + 1, f->value.size - 1);
	return true;
}

static bool
without_last(struct former *f)
{
	set_value(f, f->value.data, f->value.size - 1);
	return true;
}

static bool
all_zeros(struct former *f)
{
	set_value(f, draw_alloc(f->d, f->value.size), f->value.size);
	return true;
}

/* As big-endian number, and as the identity point with S = 0. */
static bool
is_one(struct former *f)
{
	uint8_t *octets = draw_alloc(f->d, f->value.size);
	octets[f->base == EVP_PKEY_RSA ? f->value.size - 1 : 0] = 1;
	set_value(f, octets, f->value.size);
	return true;
}

static bool
no_value(struct former *f)
{
	set_value(f, NULL, 0);
	return true;
}

/* --- pairs: ECDSA and DSA (RFC 3279 2.2.2, 2.2.3) --- */

static struct node *
pair_of(struct former *f)
{
	struct node *pair = tree_parse(f->d, f->value, NULL);
	return pair && tree_count(pair) == 2 ? pair : NULL;
}

static void
set_pair(struct former *f, const struct node *pair)
{
	struct dt_span value = tree_encode(f->d, pair);
	set_value(f, value.data, value.size);
}

static struct node *
integer(struct former *f, const BIGNUM *number)
{
	size_t size = (size_t)BN_num_bytes(number) + 1;
	uint8_t *octets = draw_alloc(f->d, size);
	if (BN_bn2binpad(number, octets, (int)size) < 0)
		return NULL;
	bool sign = size == 1 || (octets[1] & 0x80) != 0;
	return tree_bytes(f->d, DT_DER_INTEGER, octets + !sign, size - !sign);
}

/* The order plus or minus one of the two. */
static bool
change_pair(struct former *f, size_t which, bool minus)
{
	struct node *pair = pair_of(f);
	BIGNUM *order = get_order(f->key);
	struct node *place = tree_child(pair, which);
	BIGNUM *number = place ? BN_bin2bn(place->content.data,
				     (int)place->content.size, NULL)
			       : NULL;
	bool done = order && number &&
		    (minus ? BN_sub(number, order, number)
			   : BN_add(number, order, number)) == 1;
	if (done) {
		tree_replace(place, integer(f, number));
		set_pair(f, pair);
	}
	BN_free(number);
	BN_free(order);
	return done;
}

static bool
order_minus_s(struct former *f)
{
	return change_pair(f, 1, true);
}

static bool
order_minus_r(struct former *f)
{
	return change_pair(f, 0, true);
}

static bool
order_plus_r(struct former *f)
{
	return change_pair(f, 0, false);
}

static bool
order_plus_s(struct former *f)
{
	return change_pair(f, 1, false);
}

static bool
r_and_s_exchanged(struct former *f)
{
	struct node *pair = pair_of(f);
	if (!pair)
		return false;
	tree_append(pair, tree_remove(pair, 0));
	set_pair(f, pair);
	return true;
}

static bool
set_integer(struct former *f, size_t which, const uint8_t *octets, size_t size)
{
	struct node *pair = pair_of(f);
	if (!pair)
		return false;
	tree_replace(tree_child(pair, which),
	    tree_bytes(f->d, DT_DER_INTEGER, octets, size));
	set_pair(f, pair);
	return true;
}

static bool
r_zero(struct former *f)
{
	return set_integer(f, 0, (const uint8_t *)"", 1);
}

static bool
s_zero(struct former *f)
{
	return set_integer(f, 1, (const uint8_t *)"", 1);
}

static bool
s_padded(struct former *f)
{
	const struct node *s = tree_child(pair_of(f), 1);
	if (!s)
		return false;
	uint8_t *octets = draw_alloc(f->d, s->content.size + 1);
	memcpy(octets + 1, s->content.data, s->content.size);
	return set_integer(f, 1, octets, s->content.size + 1);
}

static bool
r_without_sign(struct former *f)
{
	const struct node *r = tree_child(pair_of(f), 0);
	return r && r->content.size > 1 && r->content.data[0] == 0 &&
	       set_integer(f, 0, r->content.data + 1, r->content.size - 1);
}

static bool
pair_long_length(struct former *f)
{
	struct node *pair = pair_of(f);
	if (!pair)
		return false;
	pair->long_form = 3;
	set_pair(f, pair);
	return true;
}

static bool
pair_indefinite(struct former *f)
{
	struct node *pair = pair_of(f);
	if (!pair)
		return false;
	pair->indefinite = true;
	set_pair(f, pair);
	return true;
}

static bool
pair_and_third(struct former *f)
{
	struct node *pair = pair_of(f);
	if (!pair)
		return false;
	tree_append(pair, tree_integer(f->d, 0));
	set_pair(f, pair);
	return true;
}

/* --- EdDSA (RFC 8032 5.1.7, 5.2.7) --- */

/* Decimal orders of the two groups. */
static const char ed25519_order[] =
    "723700557733226221397318656304299424085711635937990760600195093828545425"
    "0989";
static const char ed448_order[] =
    "181709681073901722637330951972001133588410340171829515070372549795146003"
    "961539585716195755291692375963310293709091662304773755859649779";

static bool
order_plus_scalar(struct former *f)
{
	size_t half = f->value.size / 2;
	uint8_t *octets = copy_value(f) + 1;
	BIGNUM *order = NULL;
	BIGNUM *s = BN_lebin2bn(octets + half, (int)half, NULL);
	bool done =
	    s &&
	    BN_dec2bn(&order, f->base == EVP_PKEY_ED25519 ? ed25519_order
							  : ed448_order) > 0 &&
	    BN_add(s, s, order) == 1 &&
	    BN_bn2lebinpad(s, octets + half, (int)half) >= 0;
	BN_free(order);
	BN_free(s);
	set_value(f, octets, f->value.size);
	return done;
}

static bool
halves_exchanged(struct former *f)
{
	size_t half = f->value.size / 2;
	uint8_t *octets = draw_alloc(f->d, f->value.size);
	memcpy(octets, f->value.data + half, half);
	memcpy(octets + half, f->value.data, half);
	set_value(f, octets, f->value.size);
	return true;
}

/* --- encodings and algorithms --- */

static bool
unused_bits(struct former *f, uint8_t count)
{
	uint8_t *content = copy_value(f);
	content[0] = count;
	content[f->value.size] &= (uint8_t)(0xff << count);
	set_content(f, content, f->value.size + 1);
	return true;
}

static bool
one_unused_bit(struct former *f)
{
	return unused_bits(f, 1);
}

static bool
seven_unused_bits(struct former *f)
{
	return unused_bits(f, 7);
}

static bool
eight_unused_bits(struct former *f)
{
	uint8_t *content = copy_value(f);
	content[0] = 8;
	set_content(f, content, f->value.size + 2);
	return true;
}

static bool
empty_bit_string(struct former *f)
{
	set_content(f, NULL, 0);
	return true;
}

static bool
octet_string(struct former *f)
{
	f->parts.signature->tag = DT_DER_OCTET_STRING;
	return true;
}

static bool
in_pieces(struct former *f)
{
	struct node *whole = f->parts.signature;
	struct node *piece = tree_clone(f->d, whole);
	tree_replace(whole, tree_of(f->d, 0x23, piece, NULL));
	return true;
}

static bool
long_bit_string(struct former *f)
{
	f->parts.signature->long_form = 4;
	return true;
}

static bool
long_whole(struct former *f)
{
	f->parts.whole->long_form = 4;
	return true;
}

static bool
indefinite_whole(struct former *f)
{
	f->parts.whole->indefinite = true;
	return true;
}

static bool
long_signed(struct former *f)
{
	f->parts.tbs->long_form = 4;
	return true;
}

static bool
indefinite_signed(struct former *f)
{
	f->parts.tbs->indefinite = true;
	return true;
}

static bool
long_outer_algorithm(struct former *f)
{
	f->parts.outer_algorithm->long_form = 2;
	return true;
}

static bool
long_inner_algorithm(struct former *f)
{
	f->parts.algorithm->long_form = 2;
	return true;
}

/* The neighbour among the algorithms: SHA-384 for SHA-256, PSS for PKCS#1,
 * Ed448 for Ed25519. */
static void
change_algorithm(struct former *f, struct node *algorithm)
{
	struct node *oid = tree_child(algorithm, 0);
	struct dt_span copy = draw_copy(f->d, oid->content);
	((uint8_t *)(uintptr_t)copy.data)[copy.size - 1] ^= 1;
	oid->content = copy;
}

static bool
inner_algorithm(struct former *f)
{
	change_algorithm(f, f->parts.algorithm);
	return true;
}

static bool
outer_algorithm(struct former *f)
{
	change_algorithm(f, f->parts.outer_algorithm);
	return true;
}

static bool
both_algorithms(struct former *f)
{
	return inner_algorithm(f) && outer_algorithm(f);
}

/* NULL where there was none, nothing where there was something. */
static void
change_parameters(struct former *f, struct node *algorithm)
{
	if (!tree_remove(algorithm, 1))
		tree_append(algorithm, tree_bytes(f->d, DT_DER_NULL, NULL, 0));
}

static bool
inner_parameters(struct former *f)
{
	change_parameters(f, f->parts.algorithm);
	return true;
}

static bool
outer_parameters(struct former *f)
{
	change_parameters(f, f->parts.outer_algorithm);
	return true;
}

static bool
both_parameters(struct former *f)
{
	return inner_parameters(f) && outer_parameters(f);
}

static const struct {
	const char *name;
	bool (*apply)(struct former *f);
	enum family family;
	bool lenient;
} forms[] = {
	{ "RSA: plus the modulus", add_modulus, RSA_NUMBER, false },
	{ "RSA: negated", negate, RSA_NUMBER, false },
	{ "RSA: one", is_one, RSA_NUMBER, false },
	{ "ECDSA: (r, order - s)", order_minus_s, PAIR_EC, true },
	{ "DSA: (r, order - s)", order_minus_s, PAIR_DSA, false },
	{ "pair: (order - r, s)", order_minus_r, PAIR, false },
	{ "pair: (r + order, s)", order_plus_r, PAIR, false },
	{ "pair: (r, s + order)", order_plus_s, PAIR, false },
	{ "pair: (s, r)", r_and_s_exchanged, PAIR, false },
	{ "pair: (0, s)", r_zero, PAIR, false },
	{ "pair: (r, 0)", s_zero, PAIR, false },
	{ "pair: a zero octet before s", s_padded, PAIR, false },
	{ "pair: r without its sign octet", r_without_sign, PAIR, false },
	{ "pair: length in long form", pair_long_length, PAIR, false },
	{ "pair: indefinite length", pair_indefinite, PAIR, false },
	{ "pair: a third number", pair_and_third, PAIR, false },
	{ "EdDSA: S plus the order", order_plus_scalar, EDWARDS, false },
	{ "EdDSA: R and S exchanged", halves_exchanged, EDWARDS, false },
	{ "EdDSA: the identity and 0", is_one, EDWARDS, false },
	{ "a zero octet in front", zero_in_front, ANY, false },
	{ "a zero octet behind", zero_behind, ANY, false },
	{ "without its first octet", without_first, ANY, false },
	{ "without its last octet", without_last, ANY, false },
	{ "zeros", all_zeros, ANY, false },
	{ "no octet", no_value, ANY, false },
	{ "one unused bit", one_unused_bit, ANY, false },
	{ "seven unused bits", seven_unused_bits, ANY, false },
	{ "eight unused bits", eight_unused_bits, ANY, false },
	{ "BIT STRING without contents", empty_bit_string, ANY, false },
	{ "OCTET STRING", octet_string, ANY, false },
	{ "BIT STRING in pieces", in_pieces, ANY, true },
	{ "BIT STRING of long length", long_bit_string, ANY, true },
	{ "whole of long length", long_whole, ANY, true },
	{ "whole of indefinite length", indefinite_whole, ANY, true },
	{ "what is signed: long length", long_signed, ANY, false },
	{ "what is signed: indefinite", indefinite_signed, ANY, false },
	{ "inner algorithm of long length", long_inner_algorithm, ANY, false },
	{ "outer algorithm of long length", long_outer_algorithm, ANY, true },
	{ "another inner algorithm", inner_algorithm, ANY, false },
	{ "another outer algorithm", outer_algorithm, ANY, false },
	{ "another algorithm in both", both_algorithms, ANY, false },
	{ "other inner parameters", inner_parameters, ANY, false },
	{ "other outer parameters", outer_parameters, ANY, false },
	{ "other parameters in both", both_parameters, ANY, false },
};
_Static_assert(DRAW_COUNT(forms) <= MAX_CHANGES, "rows of the tally");

const char *
forms_name(unsigned kind)
{
	return kind < DRAW_COUNT(forms) ? forms[kind].name : NULL;
}

/* The first certificate with the issuer's name. */
static EVP_PKEY *
find_key(
    struct draw *d, const struct case_data *data, const struct parts *parts)
{
	struct dt_span issuer = tree_encode(d, parts->issuer);
	struct parts p;
	for (size_t i = 0; i < data->object_count; i++) {
		if (!parts_find(d, &data->objects[i], &p) || !p.subject ||
		    !dt_span_equal(tree_encode(d, p.subject), issuer))
			continue;
		struct dt_span der = tree_encode(d, p.key);
		const unsigned char *at = der.data;
		return d2i_PUBKEY(NULL, &at, (long)der.size);
	}
	return NULL;
}

static bool
is_of_family(int base, enum family family)
{
	static const struct {
		int base;
		enum family family;
	} families[] = { { EVP_PKEY_RSA, RSA_NUMBER },
		{ EVP_PKEY_RSA_PSS, RSA_NUMBER }, { EVP_PKEY_EC, PAIR },
		{ EVP_PKEY_EC, PAIR_EC }, { EVP_PKEY_DSA, PAIR_DSA },
		{ EVP_PKEY_DSA, PAIR }, { EVP_PKEY_ED25519, EDWARDS },
		{ EVP_PKEY_ED448, EDWARDS } };
	for (size_t i = 0; i < DRAW_COUNT(families); i++)
		if (families[i].base == base &&
		    (family == ANY || families[i].family == family))
			return true;
	return false;
}

static bool
apply(struct draw *d, struct sample *sample, size_t index, unsigned kind)
{
	struct case_object *object = &sample->data.objects[index];
	struct former f = { .d = d };
	bool done = false;
	if (!parts_find(d, object, &f.parts) ||
	    f.parts.signature->content.size < 2)
		return false;
	f.value = dt_span(f.parts.signature->content.data + 1,
	    f.parts.signature->content.size - 1);
	f.key = find_key(d, &sample->data, &f.parts);
	if (f.key) {
		f.base = EVP_PKEY_get_base_id(f.key);
		done = is_of_family(f.base, forms[kind].family) &&
		       forms[kind].apply(&f);
	}
	EVP_PKEY_free(f.key);
	if (done)
		object->der = parts_encode(d, &f.parts);
	return done;
}

uint64_t
forms_count(const struct seeds *seeds)
{
	uint64_t objects = 0;
	for (size_t i = 0; i < seeds->count; i++)
		objects += seeds->samples[i]->data.object_count;
	return objects * DRAW_COUNT(forms);
}

/* The signature of an anchor is looked at with CHECK_SS_SIGNATURE only. */
static bool
is_looked_at(const struct case_data *data, const struct case_object *object)
{
	return object->section != CASE_TRUSTED ||
	       (data->flags & DICOMTLS_F_CHECK_SS_SIGNATURE) != 0;
}

struct sample *
forms_draw(struct draw *d, const struct seeds *seeds, uint64_t number,
    struct change *change)
{
	unsigned kind = (unsigned)(number % DRAW_COUNT(forms));
	size_t object = (size_t)(number / DRAW_COUNT(forms));
	size_t i = 0;
	while (object >= seeds->samples[i]->data.object_count)
		object -= seeds->samples[i++]->data.object_count;
	struct sample *sample = sample_clone(d, seeds->samples[i]);
	const struct case_object *place = &sample->data.objects[object];
	bool looked_at = is_looked_at(&sample->data, place);
	*change = (struct change){ .object = (int)place->section,
		.field = FIELD_SIGNATURE,
		.kind = kind,
		.strict = looked_at && !forms[kind].lenient };
	return looked_at && apply(d, sample, object, kind) ? sample : NULL;
}

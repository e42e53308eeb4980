/*
 * Other numbers: RSA's modulo the modulus (RFC 8017 8.2.2), pairs modulo the
 * order (RFC 3279 2.2.2, 2.2.3), EdDSA's scalar modulo the order.
 */
#include "form_number.h"

#include "base/der.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>

void
form_set_content(struct former *f, const uint8_t *content, size_t size)
{
	f->parts.signature->content = draw_copy(f->d, dt_span(content, size));
	f->parts.signature->parent = false;
}

void
form_set_value(struct former *f, const uint8_t *value, size_t size)
{
	uint8_t *content = draw_alloc(f->d, size + 1);
	if (size > 0)
		memcpy(content + 1, value, size);
	form_set_content(f, content, size + 1);
}

uint8_t *
form_copy_value(struct former *f)
{
	uint8_t *copy = draw_alloc(f->d, f->value.size + 2);
	memcpy(copy + 1, f->value.data, f->value.size);
	return copy;
}

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
	form_set_value(f, octets, size);
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

bool
form_add_modulus(struct former *f)
{
	return change_number(f, false);
}

bool
form_negate(struct former *f)
{
	return change_number(f, true);
}

bool
form_zero_in_front(struct former *f)
{
	form_set_value(f, form_copy_value(f), f->value.size + 1);
	return true;
}

bool
form_zero_behind(struct former *f)
{
	form_set_value(f, form_copy_value(f) + 1, f->value.size + 1);
	return true;
}

bool
form_without_first(struct former *f)
{
	form_set_value(f, f->value.data + 1, f->value.size - 1);
	return true;
}

bool
form_without_last(struct former *f)
{
	form_set_value(f, f->value.data, f->value.size - 1);
	return true;
}

bool
form_all_zeros(struct former *f)
{
	form_set_value(f, draw_alloc(f->d, f->value.size), f->value.size);
	return true;
}

/* As big-endian number, and as the identity point with S = 0. */
bool
form_is_one(struct former *f)
{
	uint8_t *octets = draw_alloc(f->d, f->value.size);
	octets[f->base == EVP_PKEY_RSA ? f->value.size - 1 : 0] = 1;
	form_set_value(f, octets, f->value.size);
	return true;
}

bool
form_no_value(struct former *f)
{
	form_set_value(f, NULL, 0);
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
	form_set_value(f, value.data, value.size);
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

bool
form_order_minus_s(struct former *f)
{
	return change_pair(f, 1, true);
}

bool
form_order_minus_r(struct former *f)
{
	return change_pair(f, 0, true);
}

bool
form_order_plus_r(struct former *f)
{
	return change_pair(f, 0, false);
}

bool
form_order_plus_s(struct former *f)
{
	return change_pair(f, 1, false);
}

bool
form_r_and_s_exchanged(struct former *f)
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

bool
form_r_zero(struct former *f)
{
	return set_integer(f, 0, (const uint8_t *)"", 1);
}

bool
form_s_zero(struct former *f)
{
	return set_integer(f, 1, (const uint8_t *)"", 1);
}

bool
form_s_padded(struct former *f)
{
	const struct node *s = tree_child(pair_of(f), 1);
	if (!s)
		return false;
	uint8_t *octets = draw_alloc(f->d, s->content.size + 1);
	memcpy(octets + 1, s->content.data, s->content.size);
	return set_integer(f, 1, octets, s->content.size + 1);
}

bool
form_r_without_sign(struct former *f)
{
	const struct node *r = tree_child(pair_of(f), 0);
	return r && r->content.size > 1 && r->content.data[0] == 0 &&
	       set_integer(f, 0, r->content.data + 1, r->content.size - 1);
}

bool
form_pair_long_length(struct former *f)
{
	struct node *pair = pair_of(f);
	if (!pair)
		return false;
	pair->long_form = 3;
	set_pair(f, pair);
	return true;
}

bool
form_pair_indefinite(struct former *f)
{
	struct node *pair = pair_of(f);
	if (!pair)
		return false;
	pair->indefinite = true;
	set_pair(f, pair);
	return true;
}

bool
form_pair_and_third(struct former *f)
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

bool
form_order_plus_scalar(struct former *f)
{
	size_t half = f->value.size / 2;
	uint8_t *octets = form_copy_value(f) + 1;
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
	form_set_value(f, octets, f->value.size);
	return done;
}

bool
form_halves_exchanged(struct former *f)
{
	size_t half = f->value.size / 2;
	uint8_t *octets = draw_alloc(f->d, f->value.size);
	memcpy(octets, f->value.data + half, half);
	memcpy(octets + half, f->value.data, half);
	form_set_value(f, octets, f->value.size);
	return true;
}

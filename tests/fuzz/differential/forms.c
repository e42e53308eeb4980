/*
 * The forms. All but a few are strict: nobody may take them for the signature
 * that was there. Those that are not: (r, order - s) verifies wherever (r, s)
 * does (FIPS 186-5 6.4.2), and BER around what is signed is read by OpenSSL.
 */
#include "forms.h"

#include "base/der.h"
#include "form_number.h"
#include "strict.h"

#include <openssl/x509.h>

enum family { ANY, RSA_NUMBER, PAIR, PAIR_EC, PAIR_DSA, EDWARDS };

static bool
unused_bits(struct former *f, uint8_t count)
{
	uint8_t *content = form_copy_value(f);
	content[0] = count;
	content[f->value.size] &= (uint8_t)(0xff << count);
	form_set_content(f, content, f->value.size + 1);
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
	uint8_t *content = form_copy_value(f);
	content[0] = 8;
	form_set_content(f, content, f->value.size + 2);
	return true;
}

static bool
empty_bit_string(struct former *f)
{
	form_set_content(f, NULL, 0);
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
	{ "RSA: plus the modulus", form_add_modulus, RSA_NUMBER, false },
	{ "RSA: negated", form_negate, RSA_NUMBER, false },
	{ "RSA: one", form_is_one, RSA_NUMBER, false },
	{ "ECDSA: (r, order - s)", form_order_minus_s, PAIR_EC, true },
	{ "DSA: (r, order - s)", form_order_minus_s, PAIR_DSA, false },
	{ "pair: (order - r, s)", form_order_minus_r, PAIR, false },
	{ "pair: (r + order, s)", form_order_plus_r, PAIR, false },
	{ "pair: (r, s + order)", form_order_plus_s, PAIR, false },
	{ "pair: (s, r)", form_r_and_s_exchanged, PAIR, false },
	{ "pair: (0, s)", form_r_zero, PAIR, false },
	{ "pair: (r, 0)", form_s_zero, PAIR, false },
	{ "pair: a zero octet before s", form_s_padded, PAIR, false },
	{ "pair: r without its sign octet", form_r_without_sign, PAIR, false },
	{ "pair: length in long form", form_pair_long_length, PAIR, false },
	{ "pair: indefinite length", form_pair_indefinite, PAIR, false },
	{ "pair: a third number", form_pair_and_third, PAIR, false },
	{ "EdDSA: S plus the order", form_order_plus_scalar, EDWARDS, false },
	{ "EdDSA: R and S exchanged", form_halves_exchanged, EDWARDS, false },
	{ "EdDSA: the identity and 0", form_is_one, EDWARDS, false },
	{ "a zero octet in front", form_zero_in_front, ANY, false },
	{ "a zero octet behind", form_zero_behind, ANY, false },
	{ "without its first octet", form_without_first, ANY, false },
	{ "without its last octet", form_without_last, ANY, false },
	{ "zeros", form_all_zeros, ANY, false },
	{ "no octet", form_no_value, ANY, false },
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
	*change = strict_change(&sample->data, place, FIELD_SIGNATURE);
	if (!change->strict)
		return NULL;
	change->kind = kind;
	change->strict = !forms[kind].lenient;
	return apply(d, sample, object, kind) ? sample : NULL;
}

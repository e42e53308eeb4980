/*
 * One signature about to be written otherwise, and its other numbers: those
 * that are equal to it modulo something, and their encodings.
 */
#ifndef DICOMTLS_FUZZ_FORM_NUMBER_H
#define DICOMTLS_FUZZ_FORM_NUMBER_H

#include "parts.h"

#include <openssl/evp.h>

struct former {
	struct draw *d;
	struct parts parts;
	struct dt_span value; /* of the signature */
	EVP_PKEY *key;	      /* its issuer's; NULL: not found */
	int base;	      /* kind of that key */
};

/* The contents of the BIT STRING; its value without unused bits. */
void form_set_content(struct former *f, const uint8_t *content, size_t size);
void form_set_value(struct former *f, const uint8_t *value, size_t size);
/* The value with room for one octet more in front and behind. */
uint8_t *form_copy_value(struct former *f);

/* Each writes the signature; false where it cannot. */
bool form_add_modulus(struct former *f);
bool form_negate(struct former *f);
bool form_is_one(struct former *f);
bool form_order_minus_s(struct former *f);
bool form_order_minus_r(struct former *f);
bool form_order_plus_r(struct former *f);
bool form_order_plus_s(struct former *f);
bool form_r_and_s_exchanged(struct former *f);
bool form_r_zero(struct former *f);
bool form_s_zero(struct former *f);
bool form_s_padded(struct former *f);
bool form_r_without_sign(struct former *f);
bool form_pair_long_length(struct former *f);
bool form_pair_indefinite(struct former *f);
bool form_pair_and_third(struct former *f);
bool form_order_plus_scalar(struct former *f);
bool form_halves_exchanged(struct former *f);
bool form_zero_in_front(struct former *f);
bool form_zero_behind(struct former *f);
bool form_without_first(struct former *f);
bool form_without_last(struct former *f);
bool form_all_zeros(struct former *f);
bool form_no_value(struct former *f);

#endif

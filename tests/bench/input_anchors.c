/*
 * Many anchors. Minting each would take minutes: copies of one certificate get
 * another name or serial number in place. Their own signatures are then wrong,
 * which nobody checks in an anchor.
 */
#include "bench/input.h"

#include "tools/mint_fields.h"

#include <stdio.h>
#include <stdlib.h>

/* What is replaced, in decimal digits. */
#define NAME "Anchor 0000000"
#define SERIAL "4130303030303030" /* "A0000000" in ASCII */
#define DIGITS 7

static const struct mint_spec other = {
	.subject = { { "CN", NAME, 0 } },
	.key = "p256/others",
	.serial = SERIAL,
	.not_before = "240101000000Z",
	.not_after = "491231235959Z",
	.constraints = MINT_CA,
};

static void
number(struct dt_buffer *der, const char *prefix, const char *digits)
{
	size_t skip = strlen(prefix);
	uint8_t *end = der->data + der->end;
	uint8_t *at = der->data + der->start;

	while ((at = memmem(at, (size_t)(end - at), prefix, skip)) != NULL) {
		at += skip;
		memcpy(at, digits, DIGITS);
	}
}

/* The digits that stand for i, in one width. */
static bool
append_copy(const struct dt_buffer *model, unsigned i, bool named,
    struct dt_buffer *pem)
{
	struct dt_buffer der = { 0 };
	char digits[16];
	bool ok;

	snprintf(digits, sizeof(digits), "%0*u", DIGITS, i);
	ok = dt_buffer_append(&der, model->data, dt_buffer_size(model)) == 0;
	if (ok) {
		number(&der,
		    "\x02\x08"
		    "A",
		    digits);
		if (named)
			number(&der, "Anchor ", digits);
		ok =
		    mint_put_pem("CERTIFICATE", dt_buffer_span(&der), pem) == 0;
	}
	dt_buffer_clear(&der);
	return ok;
}

/* The first model takes turns with the second. */
static bool
append_others(const struct dt_buffer models[2], enum bench_kind kind,
    unsigned count, struct dt_buffer *pem)
{
	bool ok = true;

	for (unsigned i = 1; ok && i < count; i++)
		ok = append_copy(
		    &models[i % 2], i, kind != BENCH_NAMESAKES, pem);
	return ok;
}

static bool
mint_models(enum bench_kind kind, struct dt_buffer models[2])
{
	struct mint_spec specs[] = { other, other };

	if (kind == BENCH_NAMESAKES)
		memcpy(specs[0].subject, bench_root.subject,
		    sizeof(specs[0].subject));
	if (kind == BENCH_BUNDLE) {
		specs[0].subject[1] = (struct mint_attribute){ "C", "XX", 0 };
		specs[0].subject[2] = (struct mint_attribute){ "O",
			"Bench Certification Authorities", 0 };
		specs[0].key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN;
	} else if (kind == BENCH_ANCHORS) {
		specs[0].no_subject_key_id = true;
	}
	specs[1] = specs[0];
	if (kind == BENCH_BUNDLE)
		specs[1].key = "rsa2048/others";
	return mint_certificate(&specs[0], MINT_DER, &models[0]) == 0 &&
	       mint_certificate(&specs[1], MINT_DER, &models[1]) == 0;
}

bool
bench_make_anchors(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer models[2] = { { 0 }, { 0 } };
	struct dt_buffer pem = { 0 };
	char name[32];

	snprintf(name, sizeof(name), "%d-%u.pem", (int)kind, size);
	if (mint_models(kind, models) &&
	    append_others(models, kind, size, &pem) &&
	    mint_certificate(&bench_root, MINT_PEM, &pem) == 0)
		input->anchors =
		    mint_dir_write(dir, name, dt_buffer_span(&pem));
	dt_buffer_clear(&models[0]);
	dt_buffer_clear(&models[1]);
	dt_buffer_clear(&pem);
	return input->anchors != NULL && bench_send(input, &bench_leaf) &&
	       bench_send_authorities(input);
}

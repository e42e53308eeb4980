/* A CRL whose signature was found good is believed with that key, and with no
 * other; what a verification says is the same every time. */
#include "verify/params.h"
#include "x509/crl.h"

#include "dicomtls.h"
#include "tools/mint.h"

#include <criterion/criterion.h>

#define TEXT(s) dt_span(s, sizeof(s) - 1)
#define NOW 1768478400 /* 2026-01-15 12:00 UTC */
#define DATES .not_before = "200101000000Z", .not_after = "400101000000Z"

/* Two CAs of one name, and a certificate of each. */
#define CA(k)                                                                  \
	{                                                                      \
		.subject = { { "CN", "CA", 0 } }, .key = k, DATES,             \
		.constraints = MINT_CA,                                        \
		.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,               \
		.no_subject_key_id = true                                      \
	}
#define PEER(ca)                                                               \
	{                                                                      \
		.subject = { { "CN", "Peer", 0 } }, .issuer = ca,              \
		.serial = "05", DATES, .no_authority_key_id = true             \
	}

static const struct mint_spec cas[] = { CA("p256/one"), CA("p256/other") };
static const struct mint_spec peers[] = { PEER(&cas[0]), PEER(&cas[1]) };

static struct dicomtls_store *stores[2];
static struct dicomtls_params *params;
static struct dt_buffer chains[2];

/* The CRL is that of the first CA, for both. */
static void
set_up_list(bool damaged)
{
	const struct mint_crl_spec list = {
		.issuer = &cas[0],
		.this_update = "200101000000Z",
		.next_update = "400101000000Z",
		.revoked = { { "07", NULL, 0 } },
		.damaged_signature = damaged,
	};
	struct dt_buffer der = { 0 };
	struct dt_span bytes;

	cr_assert_eq(dicomtls_params_new(&params), 0);
	cr_assert_eq(dicomtls_params_set_time(params, NOW), 0);
	cr_assert_eq(
	    dicomtls_params_set_flags(params, DICOMTLS_F_CRL_CHECK), 0);
	cr_assert_eq(mint_crl(&list, MINT_DER, &der), 0);
	bytes = dt_buffer_span(&der);
	cr_assert_eq(
	    dicomtls_params_add_crl_der(params, bytes.data, bytes.size), 0);
	dt_buffer_clear(&der);
}

static void
set_up(bool damaged)
{
	for (size_t i = 0; i < 2; i++) {
		struct dt_buffer der = { 0 };
		struct dt_span bytes;

		cr_assert_eq(mint_certificate(&cas[i], MINT_DER, &der), 0);
		bytes = dt_buffer_span(&der);
		cr_assert_eq(dicomtls_store_new(&stores[i]), 0);
		cr_assert_eq(
		    dicomtls_store_add_der(stores[i], bytes.data, bytes.size),
		    0);
		dt_buffer_clear(&der);
		cr_assert_eq(
		    mint_certificate(&peers[i], MINT_DER, &chains[i]), 0);
	}
	set_up_list(damaged);
}

static void
tear_down(void)
{
	for (size_t i = 0; i < 2; i++) {
		dicomtls_store_free(stores[i]);
		dt_buffer_clear(&chains[i]);
	}
	dicomtls_params_free(params);
}

TestSuite(crl_proof, .fini = tear_down);

/* The error at the end. */
static int
judge(size_t i)
{
	struct dt_span der = dt_buffer_span(&chains[i]);
	gnutls_datum_t chain = { (unsigned char *)(uintptr_t)der.data,
		(unsigned)der.size };
	struct dicomtls_verdict verdict;

	cr_assert_eq(dicomtls_verify(stores[i], params, &chain, 1, NULL, NULL,
			 &verdict, NULL, 0),
	    0);
	return verdict.error;
}

Test(crl_proof, one_key_says_nothing_for_another)
{
	set_up(false);
	for (int i = 0; i < 3; i++) {
		cr_expect_eq(judge(0), DICOMTLS_V_OK);
		cr_expect_eq(judge(1), DICOMTLS_V_ERR_CRL_SIGNATURE_FAILURE);
	}
}

Test(crl_proof, a_failure_says_nothing_for_the_right_key)
{
	set_up(false);
	for (int i = 0; i < 3; i++) {
		cr_expect_eq(judge(1), DICOMTLS_V_ERR_CRL_SIGNATURE_FAILURE);
		cr_expect_eq(judge(0), DICOMTLS_V_OK);
	}
}

Test(crl_proof, a_bad_signature_stays_bad)
{
	set_up(true);
	for (int i = 0; i < 3; i++)
		cr_expect_eq(judge(0), DICOMTLS_V_ERR_CRL_SIGNATURE_FAILURE);
}

Test(crl_proof, the_first_key_is_kept)
{
	const struct dt_crl *crl;

	set_up(false);
	crl = params->crls.items[0];
	cr_expect_not(dt_crl_is_proven(crl, TEXT("key")));
	dt_crl_set_proven(crl, TEXT("key"));
	cr_expect(dt_crl_is_proven(crl, TEXT("key")));
	dt_crl_set_proven(crl, TEXT("second"));
	cr_expect(dt_crl_is_proven(crl, TEXT("key")));
	cr_expect_not(dt_crl_is_proven(crl, TEXT("second")));
	cr_expect_not(dt_crl_is_proven(crl, TEXT("ke")));
	cr_expect_not(dt_crl_is_proven(crl, TEXT("keyhole")));
	cr_expect_not(dt_crl_is_proven(crl, dt_span(NULL, 0)));
}

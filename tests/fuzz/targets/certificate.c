/* Any octets as a certificate: its text, its auxiliary trust, and judged with
 * itself as anchor by every rule that can be asked for. */
#include "target.h"

#include "compat/certificate_string.h"
#include "x509/cert.h"

#include <dicomtls.h>

#define MOMENT 1790000000

static const struct question {
	uint32_t flags;
	int purpose;
	int level;
	const char *policy;
	bool as_anchor; /* else it is on nobody's list */
	int answer;	/* of the verify function to a failure */
} questions[] = {
	{ 0, DICOMTLS_PURPOSE_SSL_SERVER, 2, NULL, false, 0 },
	{ DICOMTLS_F_X509_STRICT | DICOMTLS_F_POLICY_CHECK |
		DICOMTLS_F_EXPLICIT_POLICY | DICOMTLS_F_NOTIFY_POLICY |
		DICOMTLS_F_CRL_CHECK | DICOMTLS_F_CHECK_SS_SIGNATURE,
	    DICOMTLS_PURPOSE_SSL_CLIENT, 5, "2.5.29.32.0", true, 1 },
	{ DICOMTLS_F_SUITEB_128_LOS | DICOMTLS_F_PARTIAL_CHAIN |
		DICOMTLS_F_ALLOW_PROXY_CERTS | DICOMTLS_F_NO_CHECK_TIME |
		DICOMTLS_F_GNUTLS_OPINION,
	    DICOMTLS_PURPOSE_ANY, 0, "1.2.3", true, 1 },
	{ DICOMTLS_F_INHIBIT_ANY | DICOMTLS_F_INHIBIT_MAP |
		DICOMTLS_F_IGNORE_CRITICAL | DICOMTLS_F_PARTIAL_CHAIN,
	    DICOMTLS_PURPOSE_SMIME_SIGN, 1, NULL, true, 1 },
};

static int
answer(int ok, const struct dicomtls_event *event, void *arg)
{
	const struct question *question = arg;

	REQUIRE(dicomtls_event_subject(event) != NULL);
	REQUIRE(dicomtls_event_certificate_string(event) != NULL);
	return ok != 0 ? ok : question->answer;
}

static struct dicomtls_params *
ask(const struct question *question)
{
	struct dicomtls_params *params;

	REQUIRE(dicomtls_params_new(&params) == 0);
	REQUIRE(dicomtls_params_set_flags(params, question->flags) == 0);
	REQUIRE(dicomtls_params_set_purpose(params, question->purpose) == 0);
	REQUIRE(dicomtls_params_set_auth_level(params, question->level) == 0);
	REQUIRE(dicomtls_params_set_time(params, MOMENT) == 0);
	REQUIRE(dicomtls_params_add_host(params, "a.b.example") == 0);
	REQUIRE(dicomtls_params_set_email(params, "a@b.example") == 0);
	REQUIRE(dicomtls_params_set_ip(params, "10.0.0.1") == 0);
	if (question->policy != NULL)
		REQUIRE(
		    dicomtls_params_add_policy(params, question->policy) == 0);
	return params;
}

static void
judge(struct dt_span der, const struct question *question)
{
	gnutls_datum_t chain[2] = { { (unsigned char *)(uintptr_t)der.data,
					(unsigned)der.size },
		{ (unsigned char *)(uintptr_t)der.data, (unsigned)der.size } };
	struct dicomtls_params *params = ask(question);
	struct dicomtls_store *store;
	struct dicomtls_verdict verdict;

	REQUIRE(dicomtls_store_new(&store) == 0);
	if (question->as_anchor)
		REQUIRE(dicomtls_store_add_der(store, der.data, der.size) == 0);
	if (dicomtls_verify(store, params, chain, 2, answer,
		(void *)(uintptr_t)question, &verdict, NULL, 0) == 0)
		REQUIRE((verdict.result == 1) == (verdict.alert == 0));
	/* Whom nobody trusts is not accepted. */
	REQUIRE(question->as_anchor || verdict.result != 1);
	dicomtls_params_free(params);
	dicomtls_store_free(store);
}

static void
look_at(struct dt_cert *cert)
{
	struct dt_buffer text = { 0 };
	struct dt_cert *again;

	REQUIRE(dt_certificate_string(cert, &text) == 0);
	REQUIRE(dt_buffer_size(&text) > 0);
	dt_buffer_clear(&text);
	REQUIRE(dt_cert_equal(cert, cert));
	/* What was taken for a certificate is one by itself. */
	REQUIRE(dt_cert_parse(&again, cert->der, NULL, NULL) == 0);
	REQUIRE(dt_cert_equal(cert, again));
	REQUIRE(again->flags == cert->flags);
	dt_cert_free(again);
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
		judge(cert->der, &questions[i]);
	dt_cert_free(cert);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_cert *cert;
	struct dt_cert *trusted;
	struct dt_message why;
	size_t consumed = 0;
	int rc = dt_cert_parse(&cert, dt_span(copy, size), &consumed, &why);
	int aux = dt_cert_parse_aux(&trusted, dt_span(copy, size), &why);

	free(copy);
	if (rc == 0) {
		REQUIRE(consumed > 0 && consumed <= size);
		look_at(cert);
	}
	if (aux == 0) {
		REQUIRE(rc == 0);
		look_at(trusted);
	}
	return 0;
}

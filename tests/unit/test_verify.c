/* The public verification call: events, overrides, refusals, misuse. What
 * each stage finds is compared with the reference in tests/conformance. */
#include "dicomtls.h"

#include "base/limits.h"
#include "tools/mint.h"

#include <criterion/criterion.h>

#include <stdio.h>

#define NOW 1768478400 /* 2026-01-15 12:00 UTC */

static const struct mint_spec ca = {
	.subject = { { "CN", "Test CA", 0 } },
	.not_before = "200101000000Z",
	.not_after = "400101000000Z",
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN,
};

static const struct mint_spec client = {
	.subject = { { "CN", "Test Client", 0 } },
	.issuer = &ca,
	.not_before = "200101000000Z",
	.not_after = "400101000000Z",
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
	.names = { { MINT_DNS, "client.hospital.example" } },
};

static struct dicomtls_store *store;
static struct dicomtls_params *params;
static struct dicomtls_verdict verdict;
static char events[512];

static void
setup(void)
{
	struct dt_buffer der = { 0 };
	struct dt_span s;

	cr_assert_eq(dicomtls_store_new(&store), 0);
	cr_assert_eq(dicomtls_params_new(&params), 0);
	cr_assert_eq(dicomtls_params_set_time(params, NOW), 0);
	cr_assert_eq(mint_certificate(&ca, MINT_DER, &der), 0);
	s = dt_buffer_span(&der);
	cr_assert_eq(dicomtls_store_add_der(store, s.data, s.size), 0);
	dt_buffer_clear(&der);
	events[0] = '\0';
}

static void
teardown(void)
{
	dicomtls_store_free(store);
	dicomtls_params_free(params);
}

TestSuite(verify, .init = setup, .fini = teardown);

/* Writes "depth/ok/error" for each event; arg: the answer, NULL for ok. */
static int
record(int ok, const struct dicomtls_event *event, void *arg)
{
	size_t used = strlen(events);

	snprintf(events + used, sizeof(events) - used, "%d/%d/%d ",
	    dicomtls_event_depth(event), dicomtls_event_ok(event),
	    dicomtls_event_error(event));
	return arg == NULL ? ok : *(int *)arg;
}

static int
judge(const struct mint_spec *spec, void *answer)
{
	struct dt_buffer der = { 0 };
	gnutls_datum_t chain;
	int rc;

	cr_assert_eq(mint_certificate(spec, MINT_DER, &der), 0);
	chain.data = der.data + der.start;
	chain.size = (unsigned)dt_buffer_size(&der);
	rc = dicomtls_verify(
	    store, params, &chain, 1, record, answer, &verdict, NULL, 0);
	dt_buffer_clear(&der);
	return rc;
}

Test(verify, a_good_chain_is_reported_issuer_first)
{
	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT);
	cr_assert_eq(judge(&client, NULL), 0);
	cr_expect_str_eq(events, "1/1/0 0/1/0 ");
	cr_expect_eq(verdict.result, 1);
	cr_expect_eq(verdict.error, DICOMTLS_V_OK);
	cr_expect_eq(verdict.alert, 0);
}

/* reference/tls-alerts-and-profiles.md 1b: wrong purpose. */
Test(verify, a_wrong_purpose_stops_at_the_leaf)
{
	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_SERVER);
	cr_assert_eq(judge(&client, NULL), 0);
	cr_expect_str_eq(events, "0/0/26 ");
	cr_expect_eq(verdict.result, 0);
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_INVALID_PURPOSE);
	cr_expect_eq(verdict.alert, 43);
}

Test(verify, an_overridden_error_sticks)
{
	int yes = 1;

	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_SERVER);
	cr_assert_eq(judge(&client, &yes), 0);
	cr_expect_str_eq(events, "0/0/26 1/1/26 0/1/26 ");
	cr_expect_eq(verdict.result, 1);
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_INVALID_PURPOSE);
}

Test(verify, refusing_an_ok_is_unspecified)
{
	int no = 0;

	cr_assert_eq(judge(&client, &no), 0);
	cr_expect_str_eq(events, "1/1/0 ");
	cr_expect_eq(verdict.result, 0);
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_UNSPECIFIED);
	cr_expect_eq(verdict.alert, 80);
}

Test(verify, an_expired_leaf_passes_its_issuer_first)
{
	struct mint_spec expired = client;

	expired.not_after = "250101000000Z";
	cr_assert_eq(judge(&expired, NULL), 0);
	cr_expect_str_eq(events, "1/1/0 0/0/10 ");
	cr_expect_eq(verdict.alert, 45);
}

Test(verify, a_damaged_signature_is_found)
{
	struct mint_spec damaged = client;

	damaged.damaged_signature = true;
	cr_assert_eq(judge(&damaged, NULL), 0);
	cr_expect_str_eq(events, "1/1/0 0/0/7 ");
	cr_expect_eq(verdict.alert, 51);
}

Test(verify, without_parameters_the_default_ones_count)
{
	struct mint_spec stranger = client;

	stranger.issuer = NULL;
	dicomtls_params_free(params);
	params = NULL;
	cr_assert_eq(judge(&stranger, NULL), 0);
	cr_expect_str_eq(events, "0/0/18 ");
}

Test(verify, a_chain_beyond_the_limit_is_refused_unread)
{
	static gnutls_datum_t chain[DT_MAX_CHAIN + 1];
	char why[128] = "";

	cr_expect_eq(dicomtls_verify(store, params, chain, DT_MAX_CHAIN + 1,
			 record, NULL, &verdict, why, sizeof(why)),
	    DICOMTLS_E_LIMIT);
	cr_expect_str_eq(events, "");
	cr_expect_eq(verdict.result, -1);
	cr_expect_str_neq(why, "");
}

Test(verify, a_self_signed_stranger_is_18)
{
	struct mint_spec stranger = client;

	stranger.issuer = NULL;
	cr_assert_eq(judge(&stranger, NULL), 0);
	cr_expect_str_eq(events, "0/0/18 ");
	cr_expect_eq(verdict.alert, 48);
}

Test(verify, the_host_is_checked_when_asked)
{
	dicomtls_params_add_host(params, "client.hospital.example");
	cr_assert_eq(judge(&client, NULL), 0);
	cr_expect_eq(verdict.result, 1);
	events[0] = '\0';
	dicomtls_params_free(params);
	dicomtls_params_new(&params);
	dicomtls_params_set_time(params, NOW);
	dicomtls_params_add_host(params, "other.hospital.example");
	cr_assert_eq(judge(&client, NULL), 0);
	cr_expect_str_eq(events, "0/0/62 ");
}

/* RFC 5280 4.2.1.10: permitted dNSName hospital.example; the client is named
 * below it, then beside it. */
Test(verify, constraints_of_a_ca_bind_those_below)
{
	static const uint8_t constraints[] = { 0x30, 0x16, 0xa0, 0x14, 0x30,
		0x12, 0x82, 0x10, 'h', 'o', 's', 'p', 'i', 't', 'a', 'l', '.',
		'e', 'x', 'a', 'm', 'p', 'l', 'e' };
	struct mint_spec constrained = ca;
	struct mint_spec below = client;
	struct dt_buffer der = { 0 };
	struct dt_span s;

	constrained.subject[0].value = "Constrained CA";
	constrained.extensions[0] = (struct mint_extension){ "2.5.29.30", true,
		{ constraints, sizeof(constraints) } };
	below.issuer = &constrained;
	cr_assert_eq(mint_certificate(&constrained, MINT_DER, &der), 0);
	s = dt_buffer_span(&der);
	cr_assert_eq(dicomtls_store_add_der(store, s.data, s.size), 0);
	dt_buffer_clear(&der);
	cr_assert_eq(judge(&below, NULL), 0);
	cr_expect_str_eq(events, "1/1/0 0/1/0 ");
	events[0] = '\0';
	below.names[0].value = "client.clinic.example";
	cr_assert_eq(judge(&below, NULL), 0);
	cr_expect_str_eq(events, "1/1/0 0/1/0 0/0/47 ");
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_PERMITTED_VIOLATION);
}

/* Puts an anchor for clients into a file, with settings that trust it for
 * servers behind it, and the file into the store. */
static void
add_file_with_settings(const struct mint_spec *anchor, const char *label)
{
	/* trust: serverAuth */
	static const uint8_t aux[] = { 0x30, 0x0c, 0x30, 0x0a, 0x06, 0x08, 0x2b,
		0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01 };
	struct dt_buffer der = { 0 };
	struct mint_dir dir;
	gnutls_datum_t in, out;
	char *path;

	cr_assert_eq(mint_certificate(anchor, MINT_DER, &der), 0);
	cr_assert_eq(dt_buffer_append(&der, aux, sizeof(aux)), 0);
	in.data = der.data + der.start;
	in.size = (unsigned)dt_buffer_size(&der);
	cr_assert_eq(gnutls_pem_base64_encode2(label, &in, &out), 0);
	cr_assert_eq(mint_dir_make(&dir), 0);
	path = mint_dir_write(&dir, "ca.pem", dt_span(out.data, out.size));
	cr_assert_not_null(path);
	cr_expect_eq(dicomtls_store_add_file(store, path), 0);
	mint_dir_remove(&dir);
	free(path);
	gnutls_free(out.data);
	dt_buffer_clear(&der);
}

Test(verify, trust_settings_count_only_behind_their_label)
{
	struct mint_spec anchor = ca;
	struct mint_spec server = client;

	anchor.subject[0].value = "CA for clients";
	anchor.purposes[0] = "clientAuth";
	server.issuer = &anchor;
	server.purposes[0] = "serverAuth";
	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_SERVER);
	add_file_with_settings(&anchor, "CERTIFICATE");
	cr_assert_eq(judge(&server, NULL), 0);
	cr_expect_str_eq(events, "1/0/26 ");
	events[0] = '\0';
	dicomtls_store_free(store);
	cr_assert_eq(dicomtls_store_new(&store), 0);
	add_file_with_settings(&anchor, "TRUSTED CERTIFICATE");
	cr_assert_eq(judge(&server, NULL), 0);
	cr_expect_str_eq(events, "1/1/0 0/1/0 ");
}

Test(verify, misuse_is_refused_and_says_so)
{
	unsigned char junk[] = { 0x30, 0x03, 1, 2, 3 };
	gnutls_datum_t chain = { junk, sizeof(junk) };
	char why[128];

	cr_expect_eq(dicomtls_verify(store, params, &chain, 0, NULL, NULL,
			 &verdict, NULL, 0),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_verify(
			 store, params, NULL, 1, NULL, NULL, &verdict, NULL, 0),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_verify(store, params, &chain, 1, NULL, NULL,
			 &verdict, why, sizeof(why)),
	    DICOMTLS_E_FORMAT);
	cr_expect_neq(strstr(why, "certificate 0"), NULL, "%s", why);
	cr_expect_eq(verdict.result, -1);
	cr_expect_eq(dicomtls_verify(
			 store, params, &chain, 1, NULL, NULL, NULL, NULL, 0),
	    DICOMTLS_E_INVALID);
	why[0] = '\0';
	cr_expect_eq(dicomtls_verify(store, params, &chain, 1, NULL, NULL,
			 &verdict, why, 0),
	    DICOMTLS_E_FORMAT);
	cr_expect_str_eq(why, "", "there was no room for a message");
	cr_expect_eq(dicomtls_store_add_der(store, junk, sizeof(junk)),
	    DICOMTLS_E_FORMAT);
	cr_expect_eq(
	    dicomtls_store_add_file(store, "/nonexistent.pem"), DICOMTLS_E_IO);
	cr_expect_neq(
	    strstr(dicomtls_store_message(store), "/nonexistent.pem"), NULL);
}

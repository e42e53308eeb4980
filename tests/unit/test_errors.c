/* Documented error numbers of failed links. */
#include "ltdic/errors.h"

#include <criterion/criterion.h>

static const struct tls_failure nothing = { .alert_sent = -1,
	.alert_received = -1 };

static L_UINT32
received(int alert)
{
	struct tls_failure failure = nothing;

	failure.alert_received = alert;
	return dt_error_from_tls(&failure);
}

static L_UINT32
refused(int verify_error)
{
	struct tls_failure failure = nothing;

	failure.verify_error = verify_error;
	failure.alert_sent = 46;
	return dt_error_from_tls(&failure);
}

Test(errors, a_received_alert_has_its_documented_number)
{
	cr_expect_eq(received(0), 128);
	cr_expect_eq(received(10), 129);
	cr_expect_eq(received(40), 134);
	cr_expect_eq(received(42), 135);
	cr_expect_eq(received(43), 136);
	cr_expect_eq(received(45), 138);
	cr_expect_eq(received(48), 141);
	cr_expect_eq(received(51), 144);
	cr_expect_eq(received(70), 146);
	cr_expect_eq(received(80), 148);
	cr_expect_eq(received(100), 150);
}

Test(errors, certificate_required_counts_as_handshake_failure)
{
	cr_expect_eq(received(116), 134);
}

Test(errors, an_alert_without_a_number_is_a_tls_error)
{
	cr_expect_eq(received(112), 66);
	cr_expect_eq(received(255), 66);
	cr_expect_eq(dt_error_from_tls(&nothing), 66);
}

Test(errors, an_own_refusal_is_158_and_the_contracts_number)
{
	cr_expect_eq(refused(DICOMTLS_V_ERR_CERT_HAS_EXPIRED), 168);
	cr_expect_eq(refused(DICOMTLS_V_ERR_INVALID_PURPOSE), 184);
	cr_expect_eq(refused(DICOMTLS_V_ERR_INVALID_CA), 182);
	cr_expect_eq(refused(DICOMTLS_V_ERR_APPLICATION_VERIFICATION), 191);
	cr_expect_eq(refused(DICOMTLS_V_ERR_EE_KEY_TOO_SMALL), 127);
}

Test(errors, a_refusal_says_more_than_the_alert_it_caused)
{
	struct tls_failure failure = nothing;

	failure.no_certificate = true;
	failure.alert_sent = 116;
	cr_expect_eq(dt_error_from_tls(&failure), 134);
}

Test(errors, the_mix_up_of_tls_and_plain_has_an_error_of_its_own)
{
	cr_expect_eq(dt_error_of_stream(DT_NET_PEER_PLAIN, &nothing), 69);
	cr_expect_eq(dt_error_of_stream(DT_NET_PEER_TLS, NULL), 69);
}

Test(errors, every_network_error_but_none_has_a_number)
{
	for (int e = DT_NET_OK + 1; e < DT_NET_ERROR_COUNT; e++)
		cr_expect_neq(dt_error_from_net((enum dt_net_error)e),
		    DICOM_SUCCESS, "%d", e);
	cr_expect_eq(dt_error_from_net(DT_NET_OK), DICOM_SUCCESS);
}

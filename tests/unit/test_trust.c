#include "compat/trust.h"

#include "x509/cert.h"

#include <criterion/criterion.h>

#define SERVER_AUTH 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1
#define CLIENT_AUTH 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2
#define OCSP_SIGN 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 9
#define ANY_USAGE 6, 4, 0x55, 0x1d, 0x25, 0
#define LIST(...)                                                              \
	dt_span((const uint8_t[]){ __VA_ARGS__ },                              \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

static struct dt_cert
trusting(struct dt_span oids)
{
	return (struct dt_cert){ .flags = DT_CERT_SELF_SIGNED,
		.aux = { .has_trust = true, .trust = oids } };
}

static struct dt_cert
rejecting(struct dt_span oids)
{
	return (struct dt_cert){ .flags = DT_CERT_SELF_SIGNED,
		.aux = { .has_reject = true, .reject = oids } };
}

static const struct dt_cert self_signed = { .flags = DT_CERT_SELF_SIGNED };
static const struct dt_cert issued = { 0 };

Test(trust, self_signed_certificates_are_trusted_by_default)
{
	static const int settings[] = { DT_TRUST_DEFAULT, DT_TRUST_COMPAT,
		DT_TRUST_SSL_CLIENT, DT_TRUST_SSL_SERVER, DT_TRUST_EMAIL,
		DT_TRUST_OBJECT_SIGN, DT_TRUST_TSA };

	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		cr_expect_eq(dt_trust_check(&self_signed, settings[i], 0),
		    DT_TRUST_TRUSTED, "%d", settings[i]);
		cr_expect_eq(dt_trust_check(&issued, settings[i], 0),
		    DT_TRUST_UNTRUSTED, "%d", settings[i]);
		cr_expect_eq(dt_trust_check(&self_signed, settings[i],
				 DT_TRUST_NO_SS_COMPAT),
		    DT_TRUST_UNTRUSTED, "%d", settings[i]);
	}
}

Test(trust, undecodable_extension_is_no_self_signed_anchor)
{
	const struct dt_cert broken = { .flags = DT_CERT_SELF_SIGNED |
						 DT_CERT_INVALID };

	cr_expect_eq(
	    dt_trust_check(&broken, DT_TRUST_COMPAT, 0), DT_TRUST_UNTRUSTED);
	cr_expect_eq(dt_trust_check(&broken, DT_TRUST_SSL_SERVER, 0),
	    DT_TRUST_UNTRUSTED);
}

Test(trust, listed_use_is_trusted_and_every_other_rejected)
{
	struct dt_cert cert = trusting(LIST(CLIENT_AUTH, SERVER_AUTH));

	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_SSL_SERVER, DT_TRUST_NO_SS_COMPAT),
	    DT_TRUST_TRUSTED);
	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_EMAIL, 0), DT_TRUST_REJECTED);
	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_DEFAULT, 0), DT_TRUST_REJECTED);
	cr_expect_eq(dt_trust_check(&cert, DT_TRUST_COMPAT, 0),
	    DT_TRUST_TRUSTED, "compatible mode does not look at lists");
}

Test(trust, empty_list_of_trusted_uses_rejects)
{
	struct dt_cert cert = trusting(dt_span("", 0));

	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_SSL_CLIENT, 0), DT_TRUST_REJECTED);
}

Test(trust, any_usage_stands_for_all_where_the_setting_is_lenient)
{
	struct dt_cert cert = trusting(LIST(ANY_USAGE));

	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_SSL_CLIENT, 0), DT_TRUST_TRUSTED);
	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_DEFAULT, 0), DT_TRUST_TRUSTED);
	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_OCSP_SIGN, DT_TRUST_OK_ANY_EKU),
	    DT_TRUST_REJECTED);
	cert = rejecting(LIST(ANY_USAGE));
	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_SSL_CLIENT, 0), DT_TRUST_REJECTED);
	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_OCSP_SIGN, 0), DT_TRUST_UNTRUSTED);
}

Test(trust, rejection_goes_before_trust)
{
	struct dt_cert cert = trusting(LIST(SERVER_AUTH));

	cert.aux.has_reject = true;
	cert.aux.reject = LIST(SERVER_AUTH);
	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_SSL_SERVER, 0), DT_TRUST_REJECTED);
	cert = rejecting(LIST(SERVER_AUTH));
	cr_expect_eq(dt_trust_check(&cert, DT_TRUST_SSL_CLIENT, 0),
	    DT_TRUST_TRUSTED, "another use is rejected");
}

Test(trust, ocsp_settings_want_their_own_oid)
{
	struct dt_cert cert = trusting(LIST(OCSP_SIGN));

	cr_expect_eq(
	    dt_trust_check(&cert, DT_TRUST_OCSP_SIGN, 0), DT_TRUST_TRUSTED);
	cr_expect_eq(dt_trust_check(&self_signed, DT_TRUST_OCSP_SIGN,
			 DT_TRUST_DO_SS_COMPAT),
	    DT_TRUST_UNTRUSTED);
}

Test(trust, unknown_settings_go_by_the_flags)
{
	struct dt_cert cert = trusting(LIST(ANY_USAGE));

	cr_expect_eq(dt_trust_check(&cert, 99, 0), DT_TRUST_REJECTED);
	cr_expect_eq(
	    dt_trust_check(&cert, 99, DT_TRUST_OK_ANY_EKU), DT_TRUST_TRUSTED);
	cr_expect_eq(dt_trust_check(&self_signed, -1, 0), DT_TRUST_UNTRUSTED);
	cr_expect_eq(dt_trust_check(&self_signed, -1, DT_TRUST_DO_SS_COMPAT),
	    DT_TRUST_TRUSTED);
}

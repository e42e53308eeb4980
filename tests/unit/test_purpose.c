#include "compat/purpose.h"

#include "compat/trust.h"
#include "dicomtls.h"
#include "x509/cert.h"

#include <criterion/criterion.h>

static struct dt_cert
with_kusage(uint32_t bits)
{
	return (struct dt_cert){ .flags = DT_CERT_KUSAGE, .kusage = bits };
}

static struct dt_cert
with_xkusage(uint32_t bits)
{
	return (struct dt_cert){ .flags = DT_CERT_XKUSAGE, .xkusage = bits };
}

static struct dt_cert
with_nscert(uint32_t bits)
{
	return (struct dt_cert){ .flags = DT_CERT_NSCERT, .nscert = bits };
}

static int
check(struct dt_cert cert, int purpose)
{
	return dt_purpose_check(&cert, purpose, false);
}

static int
check_as_ca(struct dt_cert cert, int purpose)
{
	return dt_purpose_check(&cert, purpose, true);
}

Test(purpose, ca_follows_basic_constraints_where_present)
{
	struct dt_cert ca = { .flags = DT_CERT_BCONS | DT_CERT_CA };
	struct dt_cert leaf = { .flags = DT_CERT_BCONS | DT_CERT_KUSAGE,
		.kusage = DT_KU_KEY_CERT_SIGN };

	cr_expect_eq(dt_check_ca(&ca), 1);
	cr_expect_eq(dt_check_ca(&leaf), 0);
	ca.flags |= DT_CERT_KUSAGE;
	ca.kusage = DT_KU_DIGITAL_SIGNATURE;
	cr_expect_eq(dt_check_ca(&ca), 0, "keyUsage without keyCertSign");
}

Test(purpose, ca_without_basic_constraints_has_four_kinds)
{
	struct dt_cert plain = { 0 };
	struct dt_cert v1 = { .flags = DT_CERT_V1 | DT_CERT_SELF_SIGNED };
	struct dt_cert v1_issued = { .flags = DT_CERT_V1 };
	struct dt_cert signer = with_kusage(DT_KU_KEY_CERT_SIGN);
	struct dt_cert netscape = with_nscert(DT_NS_SMIME_CA);
	struct dt_cert netscape_leaf = with_nscert(DT_NS_SSL_CLIENT);

	cr_expect_eq(dt_check_ca(&plain), 0);
	cr_expect_eq(dt_check_ca(&v1), 3);
	cr_expect_eq(dt_check_ca(&v1_issued), 0);
	cr_expect_eq(dt_check_ca(&signer), 4);
	cr_expect_eq(dt_check_ca(&netscape), 5);
	cr_expect_eq(dt_check_ca(&netscape_leaf), 0);
}

Test(purpose, undecodable_extension_fails_every_purpose)
{
	struct dt_cert cert = { .flags = DT_CERT_INVALID | DT_CERT_BCONS |
					 DT_CERT_CA };

	cr_expect_eq(dt_check_ca(&cert), 0);
	for (int p = DICOMTLS_PURPOSE_SSL_CLIENT;
	     p <= DICOMTLS_PURPOSE_TIMESTAMP_SIGN; p++) {
		cr_expect_eq(check(cert, p), -1, "%d", p);
		cr_expect_eq(check_as_ca(cert, p), -1, "%d as CA", p);
	}
}

Test(purpose, absent_extensions_forbid_only_time_stamps)
{
	struct dt_cert cert = { 0 };

	for (int p = DICOMTLS_PURPOSE_SSL_CLIENT;
	     p < DICOMTLS_PURPOSE_TIMESTAMP_SIGN; p++)
		cr_expect_eq(check(cert, p), 1, "%d", p);
	cr_expect_eq(check(cert, DICOMTLS_PURPOSE_TIMESTAMP_SIGN), 0);
}

Test(purpose, ssl_client_needs_its_usages)
{
	const int p = DICOMTLS_PURPOSE_SSL_CLIENT;

	cr_expect_eq(check(with_xkusage(DT_XKU_SSL_CLIENT), p), 1);
	cr_expect_eq(check(with_xkusage(DT_XKU_SSL_SERVER), p), 0);
	cr_expect_eq(check(with_xkusage(DT_XKU_ANYEKU), p), 0);
	cr_expect_eq(check(with_kusage(DT_KU_DIGITAL_SIGNATURE), p), 1);
	cr_expect_eq(check(with_kusage(DT_KU_KEY_AGREEMENT), p), 1);
	cr_expect_eq(check(with_kusage(DT_KU_KEY_ENCIPHERMENT), p), 0);
	cr_expect_eq(check(with_nscert(DT_NS_SSL_CLIENT), p), 1);
	cr_expect_eq(check(with_nscert(DT_NS_SSL_SERVER), p), 0);
}

Test(purpose, ssl_server_needs_its_usages)
{
	const int p = DICOMTLS_PURPOSE_SSL_SERVER;

	cr_expect_eq(check(with_xkusage(DT_XKU_SSL_SERVER), p), 1);
	cr_expect_eq(check(with_xkusage(DT_XKU_SGC), p), 1);
	cr_expect_eq(check(with_xkusage(DT_XKU_SSL_CLIENT), p), 0);
	cr_expect_eq(check(with_kusage(DT_KU_KEY_ENCIPHERMENT), p), 1);
	cr_expect_eq(check(with_kusage(DT_KU_KEY_CERT_SIGN), p), 0);
	cr_expect_eq(check(with_nscert(DT_NS_SSL_CLIENT), p), 0);
}

Test(purpose, netscape_server_enciphers)
{
	const int p = DICOMTLS_PURPOSE_NS_SSL_SERVER;

	cr_expect_eq(check(with_kusage(DT_KU_KEY_ENCIPHERMENT), p), 1);
	cr_expect_eq(check(with_kusage(DT_KU_DIGITAL_SIGNATURE), p), 0);
	cr_expect_eq(check(with_xkusage(DT_XKU_SSL_CLIENT), p), 0);
}

Test(purpose, ssl_ca_by_netscape_type_needs_the_ssl_bit)
{
	const int p = DICOMTLS_PURPOSE_SSL_CLIENT;

	cr_expect_eq(check_as_ca(with_nscert(DT_NS_SSL_CA), p), 1);
	cr_expect_eq(check_as_ca(with_nscert(DT_NS_SMIME_CA), p), 0);
	cr_expect_eq(check_as_ca(with_kusage(DT_KU_KEY_CERT_SIGN), p), 1);
	cr_expect_eq(check_as_ca(with_kusage(DT_KU_CRL_SIGN), p), 0);
}

Test(purpose, smime_tolerates_netscape_client_certificates)
{
	const int sign = DICOMTLS_PURPOSE_SMIME_SIGN;
	const int encrypt = DICOMTLS_PURPOSE_SMIME_ENCRYPT;

	cr_expect_eq(check(with_nscert(DT_NS_SMIME), sign), 1);
	cr_expect_eq(check(with_nscert(DT_NS_SSL_CLIENT), sign), 2);
	cr_expect_eq(check(with_nscert(DT_NS_SSL_SERVER), sign), 0);
	cr_expect_eq(check(with_xkusage(DT_XKU_SSL_CLIENT), sign), 0);
	cr_expect_eq(check(with_kusage(DT_KU_NON_REPUDIATION), sign), 1);
	cr_expect_eq(check(with_kusage(DT_KU_KEY_ENCIPHERMENT), sign), 0);
	cr_expect_eq(check(with_kusage(DT_KU_KEY_ENCIPHERMENT), encrypt), 1);
	cr_expect_eq(check(with_kusage(DT_KU_NON_REPUDIATION), encrypt), 0);
}

Test(purpose, smime_ca_answers_with_its_kind)
{
	const int p = DICOMTLS_PURPOSE_SMIME_SIGN;

	cr_expect_eq(check_as_ca(with_nscert(DT_NS_SMIME_CA), p), 5);
	cr_expect_eq(check_as_ca(with_nscert(DT_NS_SSL_CA), p), 0);
	cr_expect_eq(check_as_ca(with_kusage(DT_KU_KEY_CERT_SIGN), p), 4);
}

Test(purpose, crl_sign_and_ocsp_helper)
{
	const int crl = DICOMTLS_PURPOSE_CRL_SIGN;
	const int ocsp = DICOMTLS_PURPOSE_OCSP_HELPER;
	struct dt_cert v1 = { .flags = DT_CERT_V1 | DT_CERT_SELF_SIGNED };

	cr_expect_eq(check(with_kusage(DT_KU_CRL_SIGN), crl), 1);
	cr_expect_eq(check(with_kusage(DT_KU_KEY_CERT_SIGN), crl), 0);
	cr_expect_eq(check_as_ca(v1, crl), 3);
	cr_expect_eq(check(with_xkusage(DT_XKU_SSL_CLIENT), ocsp), 1);
	cr_expect_eq(check_as_ca(with_kusage(DT_KU_CRL_SIGN), ocsp), 0);
	cr_expect_eq(check_as_ca(v1, ocsp), 3);
}

Test(purpose, time_stamps_need_the_one_critical_usage)
{
	const int p = DICOMTLS_PURPOSE_TIMESTAMP_SIGN;
	struct dt_extension usage = { .oid = dt_oid_ext_key_usage,
		.critical = true };
	struct dt_cert cert = with_xkusage(DT_XKU_TIMESTAMP);

	cert.extensions = &usage;
	cert.extension_count = 1;
	cr_expect_eq(check(cert, p), 1);
	usage.critical = false;
	cr_expect_eq(check(cert, p), 0);
	usage.critical = true;
	cert.xkusage |= DT_XKU_SSL_SERVER;
	cr_expect_eq(check(cert, p), 0, "a second usage");
	cert.xkusage = DT_XKU_TIMESTAMP;
	cert.flags |= DT_CERT_KUSAGE;
	cert.kusage = DT_KU_DIGITAL_SIGNATURE | DT_KU_NON_REPUDIATION;
	cr_expect_eq(check(cert, p), 1);
	cert.kusage |= DT_KU_KEY_ENCIPHERMENT;
	cr_expect_eq(check(cert, p), 0, "a key that does more than sign");
	cert.kusage = DT_KU_KEY_ENCIPHERMENT;
	cr_expect_eq(check(cert, p), 0, "a key that does not sign");
}

Test(purpose, names_titles_and_trust)
{
	static const struct {
		int purpose, trust;
		const char *name, *title;
	} rows[] = {
		{ 1, DT_TRUST_SSL_CLIENT, "sslclient", "SSL client" },
		{ 2, DT_TRUST_SSL_SERVER, "sslserver", "SSL server" },
		{ 3, DT_TRUST_SSL_SERVER, "nssslserver",
		    "Netscape SSL server" },
		{ 4, DT_TRUST_EMAIL, "smimesign", "S/MIME signing" },
		{ 5, DT_TRUST_EMAIL, "smimeencrypt", "S/MIME encryption" },
		{ 6, DT_TRUST_COMPAT, "crlsign", "CRL signing" },
		{ 7, DT_TRUST_DEFAULT, "any", "Any Purpose" },
		{ 8, DT_TRUST_COMPAT, "ocsphelper", "OCSP helper" },
		{ 9, DT_TRUST_TSA, "timestampsign", "Time Stamp signing" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int p = rows[i].purpose;

		cr_expect_str_eq(dicomtls_purpose_name(p), rows[i].name);
		cr_expect_str_eq(dt_purpose_title(p), rows[i].title);
		cr_expect_eq(dicomtls_purpose_find(rows[i].name), p);
		cr_expect_eq(dt_purpose_trust(p), rows[i].trust);
	}
}

Test(purpose, unknown_purposes_are_refused)
{
	static const int unknown[] = { -1, 0, 10, 1000 };
	struct dt_cert cert = { 0 };

	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		cr_expect_null(dicomtls_purpose_name(unknown[i]));
		cr_expect_null(dt_purpose_title(unknown[i]));
		cr_expect_eq(dt_purpose_trust(unknown[i]), -1);
		cr_expect_eq(check(cert, unknown[i]), -1);
	}
	cr_expect_eq(dicomtls_purpose_find("tls"), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_purpose_find(""), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_purpose_find(NULL), DICOMTLS_E_INVALID);
}

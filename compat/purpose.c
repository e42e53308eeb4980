/*
 * Purposes: whether keyUsage, extendedKeyUsage, basicConstraints and the
 * Netscape certificate type allow one (OpenSSL's X509_check_purpose). An
 * extension that is absent forbids nothing, except for time stamps.
 */
#include "compat/purpose.h"

#include "compat/trust.h"
#include "dicomtls.h"
#include "x509/cert.h"

#include <string.h>

/* The usage extension is there and has none of the bits. */
static bool
kusage_forbids(const struct dt_cert *cert, uint32_t bits)
{
	return (cert->flags & DT_CERT_KUSAGE) != 0 &&
	       (cert->kusage & bits) == 0;
}

static bool
xkusage_forbids(const struct dt_cert *cert, uint32_t bits)
{
	return (cert->flags & DT_CERT_XKUSAGE) != 0 &&
	       (cert->xkusage & bits) == 0;
}

static bool
nscert_forbids(const struct dt_cert *cert, uint32_t bits)
{
	return (cert->flags & DT_CERT_NSCERT) != 0 &&
	       (cert->nscert & bits) == 0;
}

static int
ca_kind(const struct dt_cert *cert)
{
	const uint32_t v1_root = DT_CERT_V1 | DT_CERT_SELF_SIGNED;

	if (kusage_forbids(cert, DT_KU_KEY_CERT_SIGN))
		return 0;
	if ((cert->flags & DT_CERT_BCONS) != 0)
		return (cert->flags & DT_CERT_CA) != 0;
	if ((cert->flags & v1_root) == v1_root)
		return 3;
	if ((cert->flags & DT_CERT_KUSAGE) != 0)
		return 4;
	if ((cert->flags & DT_CERT_NSCERT) != 0 &&
	    (cert->nscert & DT_NS_ANY_CA) != 0)
		return 5;
	return 0;
}

/* A CA by its Netscape type alone must have the bit of its field. */
static int
ca_kind_for(const struct dt_cert *cert, uint32_t netscape_bit)
{
	int kind = ca_kind(cert);

	return kind == 5 && (cert->nscert & netscape_bit) == 0 ? 0 : kind;
}

static int
check_ssl_client(const struct dt_cert *cert, bool ca)
{
	if (xkusage_forbids(cert, DT_XKU_SSL_CLIENT))
		return 0;
	if (ca)
		return ca_kind_for(cert, DT_NS_SSL_CA) != 0;
	return !kusage_forbids(
		   cert, DT_KU_DIGITAL_SIGNATURE | DT_KU_KEY_AGREEMENT) &&
	       !nscert_forbids(cert, DT_NS_SSL_CLIENT);
}

static int
check_ssl_server(const struct dt_cert *cert, bool ca)
{
	if (xkusage_forbids(cert, DT_XKU_SSL_SERVER | DT_XKU_SGC))
		return 0;
	if (ca)
		return ca_kind_for(cert, DT_NS_SSL_CA) != 0;
	return !nscert_forbids(cert, DT_NS_SSL_SERVER) &&
	       !kusage_forbids(cert, DT_KU_DIGITAL_SIGNATURE |
					 DT_KU_KEY_ENCIPHERMENT |
					 DT_KU_KEY_AGREEMENT);
}

static int
check_netscape_server(const struct dt_cert *cert, bool ca)
{
	int verdict = check_ssl_server(cert, ca);

	if (!ca && kusage_forbids(cert, DT_KU_KEY_ENCIPHERMENT))
		return 0;
	return verdict;
}

/* What signing and encryption have in common. Certificates of the Netscape
 * type for TLS clients were used for mail too: that is answered with 2. */
static int
check_smime(const struct dt_cert *cert, bool ca)
{
	if (xkusage_forbids(cert, DT_XKU_SMIME))
		return 0;
	if (ca)
		return ca_kind_for(cert, DT_NS_SMIME_CA);
	if (!nscert_forbids(cert, DT_NS_SMIME))
		return 1;
	return nscert_forbids(cert, DT_NS_SSL_CLIENT) ? 0 : 2;
}

static int
check_smime_sign(const struct dt_cert *cert, bool ca)
{
	if (!ca && kusage_forbids(
		       cert, DT_KU_DIGITAL_SIGNATURE | DT_KU_NON_REPUDIATION))
		return 0;
	return check_smime(cert, ca);
}

static int
check_smime_encrypt(const struct dt_cert *cert, bool ca)
{
	if (!ca && kusage_forbids(cert, DT_KU_KEY_ENCIPHERMENT))
		return 0;
	return check_smime(cert, ca);
}

static int
check_crl_sign(const struct dt_cert *cert, bool ca)
{
	return ca ? ca_kind(cert) : !kusage_forbids(cert, DT_KU_CRL_SIGN);
}

static int
check_any(const struct dt_cert *cert, bool ca)
{
	(void)cert;
	(void)ca;
	return 1;
}

/* The responder's certificate itself is judged by OCSP. */
static int
check_ocsp_helper(const struct dt_cert *cert, bool ca)
{
	return ca ? ca_kind(cert) : 1;
}

/* RFC 3161 2.3: time stamping is the only extended usage, and critical; the
 * key, if restricted, signs and does nothing else. */
static int
check_timestamp_sign(const struct dt_cert *cert, bool ca)
{
	const uint32_t signing =
	    DT_KU_DIGITAL_SIGNATURE | DT_KU_NON_REPUDIATION;
	const struct dt_extension *usage;

	if (ca)
		return ca_kind(cert);
	if (kusage_forbids(cert, signing) ||
	    ((cert->flags & DT_CERT_KUSAGE) != 0 &&
		(cert->kusage & ~signing) != 0) ||
	    (cert->flags & DT_CERT_XKUSAGE) == 0 ||
	    cert->xkusage != DT_XKU_TIMESTAMP)
		return 0;
	usage = dt_cert_find_extension(cert, dt_oid_ext_key_usage);
	return usage == NULL || usage->critical;
}

static const struct purpose {
	const char *name;
	const char *title;
	int trust;
	int (*check)(const struct dt_cert *cert, bool ca);
} purposes[] = {
	[DICOMTLS_PURPOSE_SSL_CLIENT] = { "sslclient", "SSL client",
	    DT_TRUST_SSL_CLIENT, check_ssl_client },
	[DICOMTLS_PURPOSE_SSL_SERVER] = { "sslserver", "SSL server",
	    DT_TRUST_SSL_SERVER, check_ssl_server },
	[DICOMTLS_PURPOSE_NS_SSL_SERVER] = { "nssslserver",
	    "Netscape SSL server", DT_TRUST_SSL_SERVER, check_netscape_server },
	[DICOMTLS_PURPOSE_SMIME_SIGN] = { "smimesign", "S/MIME signing",
	    DT_TRUST_EMAIL, check_smime_sign },
	[DICOMTLS_PURPOSE_SMIME_ENCRYPT] = { "smimeencrypt",
	    "S/MIME encryption", DT_TRUST_EMAIL, check_smime_encrypt },
	[DICOMTLS_PURPOSE_CRL_SIGN] = { "crlsign", "CRL signing",
	    DT_TRUST_COMPAT, check_crl_sign },
	[DICOMTLS_PURPOSE_ANY] = { "any", "Any Purpose", DT_TRUST_DEFAULT,
	    check_any },
	[DICOMTLS_PURPOSE_OCSP_HELPER] = { "ocsphelper", "OCSP helper",
	    DT_TRUST_COMPAT, check_ocsp_helper },
	[DICOMTLS_PURPOSE_TIMESTAMP_SIGN] = { "timestampsign",
	    "Time Stamp signing", DT_TRUST_TSA, check_timestamp_sign },
};

#define PURPOSE_COUNT ((int)(sizeof(purposes) / sizeof(purposes[0])))

static const struct purpose *
find(int purpose)
{
	if (purpose <= DICOMTLS_PURPOSE_NONE || purpose >= PURPOSE_COUNT)
		return NULL;
	return &purposes[purpose];
}

int
dt_check_ca(const struct dt_cert *cert)
{
	return (cert->flags & DT_CERT_INVALID) != 0 ? 0 : ca_kind(cert);
}

int
dt_purpose_check(const struct dt_cert *cert, int purpose, bool ca)
{
	const struct purpose *p = find(purpose);

	if (p == NULL || (cert->flags & DT_CERT_INVALID) != 0)
		return -1;
	return p->check(cert, ca);
}

int
dt_purpose_trust(int purpose)
{
	const struct purpose *p = find(purpose);

	return p == NULL ? -1 : p->trust;
}

const char *
dt_purpose_title(int purpose)
{
	const struct purpose *p = find(purpose);

	return p == NULL ? NULL : p->title;
}

const char *
dicomtls_purpose_name(int purpose)
{
	const struct purpose *p = find(purpose);

	return p == NULL ? NULL : p->name;
}

int
dicomtls_purpose_find(const char *name)
{
	if (name == NULL)
		return DICOMTLS_E_INVALID;
	for (int i = 1; i < PURPOSE_COUNT; i++)
		if (strcmp(purposes[i].name, name) == 0)
			return i;
	return DICOMTLS_E_INVALID;
}

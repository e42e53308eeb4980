/*
 * Trust settings (OpenSSL's X509_check_trust): an OID that the auxiliary part
 * of a certificate rejects or trusts decides; without a list of trusted OIDs
 * a self-signed certificate is trusted where the setting allows it.
 */
#include "compat/trust.h"

#include "base/der.h"
#include "x509/cert.h"

#define PKIX 0x2b, 6, 1, 5, 5, 7
#define OID(...)                                                               \
	{                                                                      \
		(const uint8_t[]){ __VA_ARGS__ },                              \
		    sizeof((const uint8_t[]){ __VA_ARGS__ })                   \
	}

static const struct dt_span any_usage = OID(0x55, 0x1d, 0x25, 0);

/* How a setting changes the caller's flags. */
enum mode {
	MODE_AS_ASKED,
	MODE_LENIENT, /* any usage and self-signed certificates will do */
	MODE_STRICT   /* only the OID itself will */
};

static const struct setting {
	struct dt_span oid;
	enum mode mode;
} settings[] = {
	[DT_TRUST_SSL_CLIENT] = { OID(PKIX, 3, 2), MODE_LENIENT },
	[DT_TRUST_SSL_SERVER] = { OID(PKIX, 3, 1), MODE_LENIENT },
	[DT_TRUST_EMAIL] = { OID(PKIX, 3, 4), MODE_LENIENT },
	[DT_TRUST_OBJECT_SIGN] = { OID(PKIX, 3, 3), MODE_LENIENT },
	[DT_TRUST_OCSP_SIGN] = { OID(PKIX, 3, 9), MODE_STRICT },
	[DT_TRUST_OCSP_REQUEST] = { OID(PKIX, 48, 1), MODE_STRICT },
	[DT_TRUST_TSA] = { OID(PKIX, 3, 8), MODE_LENIENT },
};

static int
trust_self_signed(const struct dt_cert *cert, unsigned flags)
{
	if ((cert->flags & DT_CERT_INVALID) == 0 &&
	    (cert->flags & DT_CERT_SELF_SIGNED) != 0 &&
	    (flags & DT_TRUST_NO_SS_COMPAT) == 0)
		return DT_TRUST_TRUSTED;
	return DT_TRUST_UNTRUSTED;
}

static bool
lists(struct dt_span list, struct dt_span oid, unsigned flags)
{
	struct dt_der item;

	while (dt_der_take(&list, DT_DER_OID, &item)) {
		if (dt_span_is_set(oid) && dt_span_equal(item.content, oid))
			return true;
		if ((flags & DT_TRUST_OK_ANY_EKU) != 0 &&
		    dt_span_equal(item.content, any_usage))
			return true;
	}
	return false;
}

/* A certificate with a list of trusted uses is rejected for all others: with
 * partial chains, "no opinion" would not stop it. */
static int
trust_oid(const struct dt_cert *cert, struct dt_span oid, unsigned flags)
{
	if (cert->aux.has_reject && lists(cert->aux.reject, oid, flags))
		return DT_TRUST_REJECTED;
	if (cert->aux.has_trust)
		return lists(cert->aux.trust, oid, flags) ? DT_TRUST_TRUSTED
							  : DT_TRUST_REJECTED;
	if ((flags & DT_TRUST_DO_SS_COMPAT) == 0)
		return DT_TRUST_UNTRUSTED;
	return trust_self_signed(cert, flags);
}

int
dt_trust_check(const struct dt_cert *cert, int trust, unsigned flags)
{
	const unsigned lenient = DT_TRUST_DO_SS_COMPAT | DT_TRUST_OK_ANY_EKU;
	const int count = (int)(sizeof(settings) / sizeof(settings[0]));
	struct setting setting = { .mode = MODE_AS_ASKED };

	if (trust == DT_TRUST_DEFAULT)
		return trust_oid(
		    cert, any_usage, flags | DT_TRUST_DO_SS_COMPAT);
	if (trust == DT_TRUST_COMPAT)
		return trust_self_signed(cert, flags);
	if (trust > 0 && trust < count)
		setting = settings[trust];
	if (setting.mode == MODE_LENIENT)
		flags |= lenient;
	else if (setting.mode == MODE_STRICT)
		flags &= ~lenient;
	return trust_oid(cert, setting.oid, flags);
}

/*
 * Puts a case to X509_verify_cert and notes what its callback sees.
 *
 * Nested verifications (of a CRL issuer's path) run with the same callback in
 * a context without application data, so the trace being written is found
 * through a variable of this file.
 */
#include "reference.h"

#include <dicomtls.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <stdlib.h>

/* Case flags are our constants; the reference must mean the same. */
#define SAME_FLAG(name)                                                        \
	_Static_assert(                                                        \
	    (unsigned long)DICOMTLS_F_##name == X509_V_FLAG_##name, #name)
SAME_FLAG(CRL_CHECK);
SAME_FLAG(CRL_CHECK_ALL);
SAME_FLAG(IGNORE_CRITICAL);
SAME_FLAG(X509_STRICT);
SAME_FLAG(ALLOW_PROXY_CERTS);
SAME_FLAG(POLICY_CHECK);
SAME_FLAG(EXPLICIT_POLICY);
SAME_FLAG(INHIBIT_ANY);
SAME_FLAG(INHIBIT_MAP);
SAME_FLAG(NOTIFY_POLICY);
SAME_FLAG(EXTENDED_CRL_SUPPORT);
SAME_FLAG(USE_DELTAS);
SAME_FLAG(CHECK_SS_SIGNATURE);
SAME_FLAG(TRUSTED_FIRST);
SAME_FLAG(SUITEB_128_LOS_ONLY);
SAME_FLAG(SUITEB_192_LOS);
SAME_FLAG(SUITEB_128_LOS);
SAME_FLAG(PARTIAL_CHAIN);
SAME_FLAG(NO_ALT_CHAINS);
SAME_FLAG(NO_CHECK_TIME);

#define SAME_HOST_FLAG(ours, theirs)                                           \
	_Static_assert(DICOMTLS_HOST_##ours == X509_CHECK_FLAG_##theirs, #ours)
SAME_HOST_FLAG(ALWAYS_CHECK_SUBJECT, ALWAYS_CHECK_SUBJECT);
SAME_HOST_FLAG(NO_WILDCARDS, NO_WILDCARDS);
SAME_HOST_FLAG(NO_PARTIAL_WILDCARDS, NO_PARTIAL_WILDCARDS);
SAME_HOST_FLAG(MULTI_LABEL_WILDCARDS, MULTI_LABEL_WILDCARDS);
SAME_HOST_FLAG(SINGLE_LABEL_SUBDOMAINS, SINGLE_LABEL_SUBDOMAINS);
SAME_HOST_FLAG(NEVER_CHECK_SUBJECT, NEVER_CHECK_SUBJECT);

static struct trace *current_trace;

/* What one verification borrows from. */
struct setting {
	X509 *leaf;
	STACK_OF(X509) * untrusted;
	STACK_OF(X509_CRL) * crls;
	X509_STORE *store;
	X509_STORE_CTX *context;
};

/* Certificates decoded last: decoding costs more than the rest of a
 * verification. They are used again only where that changes nothing, see
 * must_be_new. */
static struct {
	X509 *certificate;
	uint8_t *der;
	size_t size;
	enum case_kind kind;
} decoded[16384];

const char *
reference_missing(void)
{
	if (OPENSSL_version_major() == 3 && OPENSSL_version_minor() == 0)
		return NULL;
	return "OpenSSL at hand is not 3.0";
}

static int
note_event(int ok, X509_STORE_CTX *context)
{
	return trace_event(current_trace,
	    X509_STORE_CTX_get_error_depth(context), ok,
	    X509_STORE_CTX_get_error(context));
}

static void
clear(struct setting *setting)
{
	X509_STORE_CTX_free(setting->context);
	X509_STORE_free(setting->store);
	sk_X509_pop_free(setting->untrusted, X509_free);
	sk_X509_CRL_pop_free(setting->crls, X509_CRL_free);
	X509_free(setting->leaf);
}

static bool
create(struct setting *setting)
{
	setting->context = X509_STORE_CTX_new();
	setting->store = X509_STORE_new();
	setting->untrusted = sk_X509_new_null();
	setting->crls = sk_X509_CRL_new_null();
	return setting->context && setting->store && setting->untrusted &&
	       setting->crls;
}

static bool
place_certificate(
    struct setting *setting, X509 *certificate, enum case_section section)
{
	if (section == CASE_TRUSTED) {
		bool added =
		    X509_STORE_add_cert(setting->store, certificate) == 1;
		X509_free(certificate);
		return added;
	}
	if (section == CASE_LEAF) {
		setting->leaf = certificate;
		return true;
	}
	if (sk_X509_push(setting->untrusted, certificate) > 0)
		return true;
	X509_free(certificate);
	return false;
}

static bool
place_crl(struct setting *setting, X509_CRL *crl, bool on_stack)
{
	if (on_stack) {
		if (sk_X509_CRL_push(setting->crls, crl) > 0)
			return true;
		X509_CRL_free(crl);
		return false;
	}
	bool added = X509_STORE_add_crl(setting->store, crl) == 1;
	X509_CRL_free(crl);
	return added;
}

static X509 *
decode(const struct case_object *object)
{
	const unsigned char *at = object->der.data;
	long size = (long)object->der.size;
	return object->kind == CASE_TRUSTED_CERTIFICATE
		   ? d2i_X509_AUX(NULL, &at, size)
		   : d2i_X509(NULL, &at, size);
}

static size_t
slot_of(struct dt_span der)
{
	uint32_t hash = 2166136261; /* FNV-1a */
	for (size_t i = 0; i < der.size; i++)
		hash = (hash ^ der.data[i]) * 16777619;
	return hash % (sizeof(decoded) / sizeof(decoded[0]));
}

static void
forget(size_t slot)
{
	X509_free(decoded[slot].certificate);
	free(decoded[slot].der);
	memset(&decoded[slot], 0, sizeof(decoded[slot]));
}

void
reference_forget(void)
{
	for (size_t i = 0; i < sizeof(decoded) / sizeof(decoded[0]); i++)
		forget(i);
}

/* Where the key cannot be decoded, extensions are decoded late; the check of
 * RFC 3779 addresses sorts them in place. */
static bool
is_reusable(X509 *certificate)
{
	return X509_get0_pubkey(certificate) &&
	       X509_get_ext_by_NID(certificate, NID_sbgp_ipAddrBlock, -1) < 0;
}

X509 *
reference_certificate(const struct case_object *object)
{
	struct dt_span der = object->der;
	size_t slot = slot_of(der);
	if (decoded[slot].certificate && decoded[slot].kind == object->kind &&
	    dt_span_equal(
		dt_span(decoded[slot].der, decoded[slot].size), der)) {
		X509_up_ref(decoded[slot].certificate);
		return decoded[slot].certificate;
	}
	X509 *certificate = decode(object);
	uint8_t *copy =
	    certificate && is_reusable(certificate) ? malloc(der.size) : NULL;
	if (!copy)
		return certificate;
	forget(slot);
	memcpy(copy, der.data, der.size);
	X509_up_ref(certificate);
	decoded[slot].certificate = certificate;
	decoded[slot].der = copy;
	decoded[slot].size = der.size;
	decoded[slot].kind = object->kind;
	return certificate;
}

/*
 * OpenSSL decodes the extensions of a certificate when it first needs them,
 * and the search for the issuer of an indirect CRL and the judgement of
 * policies can tell: certificates that an earlier verification has looked at
 * answer differently there.
 */
static bool
must_be_new(const struct case_data *data, const struct case_object *object)
{
	return (object->section == CASE_UNTRUSTED &&
		   (data->flags & DICOMTLS_F_EXTENDED_CRL_SUPPORT) != 0) ||
	       (data->flags & X509_V_FLAG_POLICY_MASK) != 0;
}

/* Decodes one object; what cannot be decoded is noted and left out. */
static bool
place_object(struct setting *setting, const struct case_data *data,
    const struct case_object *object, struct trace *trace)
{
	if (object->kind == CASE_X509_CRL) {
		const unsigned char *at = object->der.data;
		X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)object->der.size);
		if (crl)
			return place_crl(setting, crl, data->crls_on_stack);
	} else {
		X509 *certificate = must_be_new(data, object)
					? decode(object)
					: reference_certificate(object);
		if (certificate)
			return place_certificate(
			    setting, certificate, object->section);
	}
	trace_parse_error(trace, object);
	return true;
}

static bool
set_names(X509_VERIFY_PARAM *param, const struct case_data *data)
{
	for (size_t i = 0; i < data->hosts.count; i++) {
		if (!X509_VERIFY_PARAM_add1_host(
			param, data->hosts.items[i], 0))
			return false;
	}
	if (data->email && !X509_VERIFY_PARAM_set1_email(param, data->email, 0))
		return false;
	return !data->ip || X509_VERIFY_PARAM_set1_ip_asc(param, data->ip);
}

static bool
set_policies(X509_VERIFY_PARAM *param, const struct case_data *data)
{
	for (size_t i = 0; i < data->policies.count; i++) {
		ASN1_OBJECT *policy = OBJ_txt2obj(data->policies.items[i], 1);
		if (!policy || !X509_VERIFY_PARAM_add0_policy(param, policy)) {
			ASN1_OBJECT_free(policy);
			return false;
		}
	}
	return true;
}

static bool
set_purpose(X509_STORE_CTX *context, const char *purpose)
{
	if (!purpose)
		return true;
	int index = X509_PURPOSE_get_by_sname(purpose);
	return index >= 0 &&
	       X509_STORE_CTX_set_purpose(
		   context, X509_PURPOSE_get_id(X509_PURPOSE_get0(index))) == 1;
}

static bool
set_parameters(X509_STORE_CTX *context, const struct case_data *data)
{
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(context);
	X509_VERIFY_PARAM_set_flags(param, data->flags);
	X509_VERIFY_PARAM_clear_flags(param, data->cleared);
	X509_VERIFY_PARAM_set_hostflags(param, data->host_flags);
	if (data->has_time)
		X509_VERIFY_PARAM_set_time(param, (time_t)data->time);
	if (data->depth >= 0)
		X509_VERIFY_PARAM_set_depth(param, data->depth);
	if (data->auth_level >= 0)
		X509_VERIFY_PARAM_set_auth_level(param, data->auth_level);
	return set_purpose(context, data->purpose) && set_names(param, data) &&
	       set_policies(param, data);
}

static bool
verify(
    struct setting *setting, const struct case_data *data, struct trace *trace)
{
	X509_STORE_CTX *context = setting->context;
	if (!X509_STORE_CTX_init(
		context, setting->store, setting->leaf, setting->untrusted) ||
	    !set_parameters(context, data))
		return false;
	if (data->crls_on_stack)
		X509_STORE_CTX_set0_crls(context, setting->crls);
	X509_STORE_CTX_set_verify_cb(context, note_event);
	current_trace = trace;
	int result = X509_verify_cert(context);
	current_trace = NULL;
	trace_result(trace, result, X509_STORE_CTX_get_error(context));
	return true;
}

int
reference_replay(const struct case_data *data, struct trace *trace,
    struct dt_message *message)
{
	struct setting setting = { 0 };
	bool done = create(&setting);
	for (size_t i = 0; done && i < data->object_count; i++)
		done = place_object(&setting, data, &data->objects[i], trace);
	if (done && setting.leaf)
		done = verify(&setting, data, trace);
	else if (done)
		trace_result_parse(trace);
	if (!done)
		dt_message_set(
		    message, "%s: OpenSSL does not take the case", data->id);
	clear(&setting);
	ERR_clear_error();
	return done ? 0 : -1;
}

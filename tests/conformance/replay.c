/*
 * Puts a case to our library and notes what its callback sees.
 *
 * Objects are parsed here first, because a case goes on without an object
 * that cannot be parsed and the trace names it.
 */
#include "ours.h"

#include "x509/cert.h"
#include "x509/crl.h"

#include <dicomtls.h>

#include <stdlib.h>

/* What one verification borrows from. */
struct setting {
	struct dicomtls_store *store;
	struct dicomtls_params *params;
	gnutls_datum_t *chain;
	unsigned chain_count;
	bool has_leaf;
	bool has_untrusted_aux; /* an untrusted object had trust settings */
};

static struct dicomtls_signature_cache *remembered;

int
ours_remember(unsigned signatures)
{
	dicomtls_signature_cache_free(remembered);
	remembered = NULL;
	return signatures == 0
		   ? 0
		   : dicomtls_signature_cache_new(&remembered, signatures);
}

static int
note_event(int ok, const struct dicomtls_event *event, void *arg)
{
	return trace_event(
	    arg, dicomtls_event_depth(event), ok, dicomtls_event_error(event));
}

static void
clear(struct setting *setting)
{
	dicomtls_store_free(setting->store);
	dicomtls_params_free(setting->params);
	free(setting->chain);
}

static int
create(struct setting *setting, const struct case_data *data)
{
	setting->chain = calloc(data->object_count, sizeof(*setting->chain));
	if (!setting->chain)
		return DICOMTLS_E_NOMEM;
	int error = dicomtls_store_new(&setting->store);
	return error ? error : dicomtls_params_new(&setting->params);
}

/* Length of the certificate that object begins with. Only for TRUSTED
 * CERTIFICATE do the bytes behind it mean anything. */
static int
parse(const struct case_object *object, size_t *size)
{
	struct dt_cert *cert;
	int error;
	if (object->kind == CASE_TRUSTED_CERTIFICATE)
		error = dt_cert_parse_aux(&cert, object->der, NULL);
	else
		error = dt_cert_parse(&cert, object->der, size, NULL);
	if (error)
		return error;
	if (object->kind == CASE_TRUSTED_CERTIFICATE)
		*size = object->section == CASE_LEAF ? cert->der.size
						     : object->der.size;
	dt_cert_free(cert);
	return 0;
}

/* As parse: what may stand behind the CRL is not handed over. */
static int
parse_crl(const struct case_object *object, size_t *size)
{
	struct dt_crl *crl;
	int error = dt_crl_parse(&crl, object->der, size, NULL);
	if (!error)
		dt_crl_free(crl);
	return error;
}

static int
place_crl(struct setting *setting, const struct case_data *data,
    const struct case_object *object, struct trace *trace)
{
	size_t size;
	int error = parse_crl(object, &size);
	if (error == DICOMTLS_E_FORMAT) {
		trace_parse_error(trace, object);
		return 0;
	}
	if (error)
		return error;
	return data->crls_on_stack
		   ? dicomtls_params_add_crl_der(
			 setting->params, object->der.data, size)
		   : dicomtls_store_add_crl_der(
			 setting->store, object->der.data, size);
}

static int
place_object(struct setting *setting, const struct case_object *object,
    struct trace *trace)
{
	size_t size;
	int error = parse(object, &size);
	if (error == DICOMTLS_E_FORMAT) {
		trace_parse_error(trace, object);
		return 0;
	}
	if (error)
		return error;
	if (object->section == CASE_TRUSTED)
		return dicomtls_store_add_der(
		    setting->store, object->der.data, size);
	/* No chain can carry trust settings: such an object, and to keep the
	 * order those behind it, goes into the store. */
	if (object->section == CASE_UNTRUSTED)
		setting->has_untrusted_aux |=
		    object->kind == CASE_TRUSTED_CERTIFICATE;
	if (object->section == CASE_UNTRUSTED && setting->has_untrusted_aux)
		return dicomtls_store_add_untrusted_der(
		    setting->store, object->der.data, size);
	setting->has_leaf |= object->section == CASE_LEAF;
	setting->chain[setting->chain_count++] =
	    (gnutls_datum_t){ (unsigned char *)(uintptr_t)object->der.data,
		    (unsigned)size };
	return 0;
}

/* The leaf leads the chain wherever its section stands in the file. */
static int
place_objects(
    struct setting *setting, const struct case_data *data, struct trace *trace)
{
	static const enum case_section order[] = { CASE_LEAF, CASE_UNTRUSTED,
		CASE_TRUSTED, CASE_CRL };
	int error = 0;
	for (size_t s = 0; s < sizeof(order) / sizeof(order[0]); s++) {
		for (size_t i = 0; !error && i < data->object_count; i++) {
			const struct case_object *object = &data->objects[i];
			if (object->section != order[s])
				continue;
			error = object->kind == CASE_X509_CRL
				    ? place_crl(setting, data, object, trace)
				    : place_object(setting, object, trace);
		}
	}
	return error;
}

static int
set_purpose(struct dicomtls_params *params, const char *name)
{
	if (!name)
		return 0;
	int purpose = dicomtls_purpose_find(name);
	return purpose < 0 ? purpose
			   : dicomtls_params_set_purpose(params, purpose);
}

static int
set_names(struct dicomtls_params *params, const struct case_data *data)
{
	int error = dicomtls_params_set_host_flags(params, data->host_flags);
	for (size_t i = 0; !error && i < data->hosts.count; i++)
		error = dicomtls_params_add_host(params, data->hosts.items[i]);
	if (!error && data->email)
		error = dicomtls_params_set_email(params, data->email);
	if (!error && data->ip)
		error = dicomtls_params_set_ip(params, data->ip);
	for (size_t i = 0; !error && i < data->policies.count; i++)
		error =
		    dicomtls_params_add_policy(params, data->policies.items[i]);
	return error;
}

static int
set_params(struct dicomtls_params *params, const struct case_data *data)
{
	int error = set_purpose(params, data->purpose);
	if (!error)
		error = dicomtls_params_set_flags(params, data->flags);
	if (!error)
		error = dicomtls_params_clear_flags(params, data->cleared);
	if (!error && data->has_time)
		error = dicomtls_params_set_time(params, data->time);
	if (!error && data->depth >= 0)
		error = dicomtls_params_set_depth(params, data->depth);
	if (!error && data->auth_level >= 0)
		error =
		    dicomtls_params_set_auth_level(params, data->auth_level);
	if (!error)
		error = dicomtls_params_set_signature_cache(params, remembered);
	return error ? error : set_names(params, data);
}

static int
verify(
    struct setting *setting, const struct case_data *data, struct trace *trace)
{
	int error = set_params(setting->params, data);
	struct dicomtls_verdict verdict = { .result = -1,
		.error = DICOMTLS_V_ERR_UNSPECIFIED };
	if (!error)
		error = dicomtls_verify(setting->store, setting->params,
		    setting->chain, setting->chain_count, note_event, trace,
		    &verdict, NULL, 0);
	if (error == DICOMTLS_E_UNSUPPORTED)
		trace_result(trace, -1, DICOMTLS_V_ERR_UNSPECIFIED);
	else if (!error)
		trace_result(trace, verdict.result, verdict.error);
	return error == DICOMTLS_E_UNSUPPORTED ? 0 : error;
}

int
ours_replay(const struct case_data *data, struct trace *trace,
    struct dt_message *message)
{
	struct setting setting = { 0 };
	int error = create(&setting, data);
	if (!error)
		error = place_objects(&setting, data, trace);
	if (!error && setting.has_leaf)
		error = verify(&setting, data, trace);
	else if (!error)
		trace_result_parse(trace);
	if (error)
		dt_message_set(
		    message, "%s: %s", data->id, dicomtls_strerror(error));
	clear(&setting);
	return error ? -1 : 0;
}

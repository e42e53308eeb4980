/*
 * What connections share: credentials, priorities, trust and questions to the
 * engine.
 *
 * GnuTLS gets no trust list: it judges nothing, and a server that lists no CA
 * names lets every client show what it has.
 */
#include "config.h"

#include "tls/gnutls_backend.h"

#include "tls/credentials.h"
#include "tls/profile_offer.h"

#include <arpa/inet.h>
#include <stdlib.h>

void
dt_gnutls_context_free(struct tls_context *context)
{
	if (context == NULL)
		return;
	if (context->credentials != NULL)
		gnutls_certificate_free_credentials(context->credentials);
	if (context->priority != NULL)
		gnutls_priority_deinit(context->priority);
	dicomtls_store_free(context->store);
	dicomtls_params_free(context->params);
	dt_session_cache_free(context->sessions);
	free(context->server_name);
	free(context);
}

static int
set_priority(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	int e = dt_profile_resolve(&context->profile, config, why);

	return e != 0 ? e
		      : dt_profile_offer(&context->priority, &context->profile,
			    &context->missing, why);
}

static int
set_store(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	int e = dicomtls_store_new(&context->store);

	if (e != 0)
		return e;
	if (config->ca_file != NULL)
		e = dicomtls_store_add_file(context->store, config->ca_file);
	if (e == 0 && config->system_trust)
		e = dicomtls_store_add_system_trust(context->store);
	if (e != 0)
		dt_message_set(
		    why, "%s", dicomtls_store_message(context->store));
	return e;
}

static bool
is_address(const char *text)
{
	unsigned char address[16];

	return inet_pton(AF_INET, text, address) == 1 ||
	       inet_pton(AF_INET6, text, address) == 1;
}

/* The name that is checked in the certificate. */
static int
set_host(struct tls_context *context, const char *name, struct dt_message *why)
{
	int e;

	if (name == NULL)
		return 0;
	if (is_address(name))
		return dicomtls_params_set_ip(context->params, name);
	e = dicomtls_params_add_host(context->params, name);
	if (e != 0 && e != DICOMTLS_E_NOMEM)
		dt_message_set(why, "\"%s\" is no host name", name);
	return e;
}

/* The name that goes to the server: RFC 6066 3 has no addresses. */
static int
set_server_name(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	const char *name = config->server_name;

	if (name != NULL && (*name == '\0' || is_address(name))) {
		dt_message_set(
		    why, "\"%s\" is no name to ask a server for", name);
		return DICOMTLS_E_INVALID;
	}
	if (name == NULL && config->host_name != NULL &&
	    !is_address(config->host_name))
		name = config->host_name;
	if (name == NULL)
		return 0;
	context->is_server_name = config->server_name != NULL;
	context->server_name = strdup(name);
	return context->server_name != NULL ? 0 : DICOMTLS_E_NOMEM;
}

static int
set_params(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	struct dicomtls_params *params;
	int e = dicomtls_params_new(&context->params);

	if (e != 0)
		return e;
	params = context->params;
	if ((e = dicomtls_params_set_depth(
		 params, config->verify_depth < 0 ? TLS_DEFAULT_DEPTH
						  : config->verify_depth)) ||
	    (e = dicomtls_params_set_auth_level(
		 params, config->auth_level < 0 ? TLS_DEFAULT_LEVEL
						: config->auth_level)) ||
	    (config->time != 0 &&
		(e = dicomtls_params_set_time(params, config->time))))
		return e;
	e = dt_questions_put(&config->questions, context->store, params, why);
	return e != 0 ? e : set_host(context, config->host_name, why);
}

static int
set_credentials(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	int e;

	if (gnutls_certificate_allocate_credentials(&context->credentials) !=
	    0) {
		context->credentials = NULL;
		return DICOMTLS_E_NOMEM;
	}
	gnutls_certificate_set_verify_function(
	    context->credentials, dicomtls_session_verify);
	/* For clients that offer DHE and do not know RFC 7919; 2048 bits. */
	e = gnutls_certificate_set_known_dh_params(
	    context->credentials, GNUTLS_SEC_PARAM_MEDIUM);
	if (e != 0)
		return e == GNUTLS_E_MEMORY_ERROR ? DICOMTLS_E_NOMEM
						  : DICOMTLS_E_TLS;
	return dt_credentials_load(context->credentials, config, why);
}

int
dt_gnutls_context_new(struct tls_context **out, const struct tls_config *config,
    struct dt_message *why)
{
	struct tls_context *context = calloc(1, sizeof(*context));
	int e;

	if (context == NULL)
		return DICOMTLS_E_NOMEM;
	context->verify_mode = config->verify_mode;
	context->alpn = config->alpn;
	if ((e = set_priority(context, config, why)) ||
	    (e = set_store(context, config, why)) ||
	    (e = set_params(context, config, why)) ||
	    (e = set_server_name(context, config, why)) ||
	    (e = set_credentials(context, config, why)) ||
	    (config->resume &&
		(e = dt_session_cache_new(&context->sessions)))) {
		dt_gnutls_context_free(context);
		return e;
	}
	*out = context;
	return 0;
}

const char *
dt_gnutls_missing(const struct tls_context *context)
{
	return context->missing.text;
}

const char *
dt_gnutls_oldest(void)
{
	return OLDEST_GNUTLS;
}

const char *
dt_gnutls_running(void)
{
	return gnutls_check_version(NULL);
}

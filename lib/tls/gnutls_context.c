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

/* True if the priority still offers a suite of the profile: the system's
 * crypto policy takes algorithms away without a word. */
static bool
offers_any(gnutls_priority_t priority, const struct dt_profile *profile)
{
	unsigned index;
	int e = 0;

	for (unsigned i = 0; e != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE; i++) {
		unsigned char id[2];

		e = gnutls_priority_get_cipher_suite_index(priority, i, &index);
		if (e != 0 || gnutls_cipher_suite_info(
				  index, id, NULL, NULL, NULL, NULL) == NULL)
			continue;
		if (dt_profile_allows(profile, (uint16_t)(id[0] << 8 | id[1])))
			return true;
	}
	return false;
}

static int
set_priority(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	int e = dt_profile_resolve(&context->profile, config, why);

	if (e != 0)
		return e;
	e = gnutls_priority_init2(
	    &context->priority, context->profile.priority, NULL, 0);
	if (e != 0) {
		context->priority = NULL;
		dt_message_set(why,
		    "GnuTLS, or the system crypto policy, refuses the TLS "
		    "versions and cipher suites asked for: %s",
		    gnutls_strerror(e));
		return DICOMTLS_E_UNSUPPORTED;
	}
	if (offers_any(context->priority, &context->profile))
		return 0;
	dt_message_set(why, "the system crypto policy leaves none of the "
			    "cipher suites asked for");
	return DICOMTLS_E_UNSUPPORTED;
}

static int
set_store(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	int e = dicomtls_store_new(&context->store);

	if (e != 0 || config->ca_file == NULL)
		return e;
	e = dicomtls_store_add_file(context->store, config->ca_file);
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

/* The name is checked in the certificate; a DNS name also goes to the server
 * (RFC 6066 3 has no addresses). */
static int
set_name(struct tls_context *context, const char *name, struct dt_message *why)
{
	int e;

	if (name == NULL)
		return 0;
	if (is_address(name))
		return dicomtls_params_set_ip(context->params, name);
	e = dicomtls_params_add_host(context->params, name);
	if (e != 0) {
		dt_message_set(why, "\"%s\" is no host name", name);
		return e;
	}
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
	return e != 0 ? e : set_name(context, config->host_name, why);
}

static int
set_credentials(struct tls_context *context, const struct tls_config *config,
    struct dt_message *why)
{
	if (gnutls_certificate_allocate_credentials(&context->credentials) !=
	    0) {
		context->credentials = NULL;
		return DICOMTLS_E_NOMEM;
	}
	gnutls_certificate_set_verify_function(
	    context->credentials, dicomtls_session_verify);
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
dt_gnutls_oldest(void)
{
	return OLDEST_GNUTLS;
}

const char *
dt_gnutls_running(void)
{
	return gnutls_check_version(NULL);
}

/*
 * What the GnuTLS backend's context and its sessions share.
 */
#ifndef DICOMTLS_TLS_GNUTLS_BACKEND_H
#define DICOMTLS_TLS_GNUTLS_BACKEND_H

#include "tls/backend.h"
#include "tls/profile.h"
#include "tls/session_cache.h"

#include <gnutls/gnutls.h>

struct tls_context {
	gnutls_certificate_credentials_t credentials;
	gnutls_priority_t priority;
	struct dt_profile profile;
	struct dt_message missing; /* of it: see profile_offer.h */
	struct dicomtls_store *store;
	struct dicomtls_params *params;	   /* purpose unset: the role decides */
	struct dt_session_cache *sessions; /* NULL: none are resumed */
	unsigned verify_mode;
	bool alpn;
	char *server_name;   /* for the peer to choose by; NULL: none */
	bool is_server_name; /* a client that asks for another is refused */
};

int dt_gnutls_context_new(struct tls_context **context,
    const struct tls_config *config, struct dt_message *why);
void dt_gnutls_context_free(struct tls_context *context);
const char *dt_gnutls_missing(const struct tls_context *context);

#endif

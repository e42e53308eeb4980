/*
 * A TLS context that several sessions share: reference-counted, immutable,
 * and remembering which library made it.
 */
#ifndef DICOMTLS_NET_TLS_SETUP_H
#define DICOMTLS_NET_TLS_SETUP_H

#include "tls/backend.h"

#include <stdatomic.h>

struct dt_tls_setup {
	atomic_uint refs;
	const struct tls_backend *backend;
	struct tls_context *context;
};

/* 0 or DICOMTLS_E_*; why then names the file and the reason. */
int dt_tls_setup_new(struct dt_tls_setup **setup,
    const struct tls_backend *backend, const struct tls_config *config,
    struct dt_message *why);
/* NULL is fine for both. */
struct dt_tls_setup *dt_tls_setup_ref(struct dt_tls_setup *setup);
void dt_tls_setup_free(struct dt_tls_setup *setup);

#endif

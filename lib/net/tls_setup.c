/* Shared TLS contexts; see tls_setup.h. */
#include "net/tls_setup.h"

#include <stdlib.h>

int
dt_tls_setup_new(struct dt_tls_setup **setup, const struct tls_backend *backend,
    const struct tls_config *config, struct dt_message *why)
{
	struct dt_tls_setup *made = calloc(1, sizeof(*made));
	int rc;

	if (made == NULL)
		return DICOMTLS_E_NOMEM;
	rc = backend->context_new(&made->context, config, why);
	if (rc != 0) {
		free(made);
		return rc;
	}
	atomic_init(&made->refs, 1);
	made->backend = backend;
	*setup = made;
	return 0;
}

struct dt_tls_setup *
dt_tls_setup_ref(struct dt_tls_setup *setup)
{
	if (setup != NULL)
		atomic_fetch_add(&setup->refs, 1);
	return setup;
}

void
dt_tls_setup_free(struct dt_tls_setup *setup)
{
	if (setup == NULL || atomic_fetch_sub(&setup->refs, 1) != 1)
		return;
	setup->backend->context_free(setup->context);
	free(setup);
}

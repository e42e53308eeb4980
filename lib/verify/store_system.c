/* The system's trust anchors into a store (X509_STORE_set_default_paths). */
#include "verify/store.h"

#include "x509/system_trust.h"

#include "dicomtls.h"

/* An anchor that we cannot read helps nobody, and is no reason to do without
 * the others: a chain that needs it is refused. */
static int
add_anchor(struct dt_span der, void *arg)
{
	int e = dicomtls_store_add_der(arg, der.data, der.size);

	return e == DICOMTLS_E_NOMEM ? e : 0;
}

int
dicomtls_store_add_system_trust(struct dicomtls_store *store)
{
	struct dt_message why = { "" };
	int e;

	if (store == NULL)
		return DICOMTLS_E_INVALID;
	e = dt_system_trust_each(add_anchor, store, &why);
	store->message = why;
	return e;
}

/* Verification parameters and their setters; see params.h, dicomtls.h. */
#include "verify/params.h"

#include "base/der.h"
#include "compat/purpose.h"
#include "x509/crl.h"

#include <arpa/inet.h>
#include <stdlib.h>

const struct dicomtls_params dt_default_params = {
	.flags = DICOMTLS_F_TRUSTED_FIRST,
	.depth = 100,
	.auth_level = -1,
};

#define OPENSSL_FLAGS 0x3bfffcu
#define KNOWN_FLAGS (OPENSSL_FLAGS | (uint32_t)DICOMTLS_F_GNUTLS_OPINION)
#define KNOWN_HOST_FLAGS 0x3fu

int
dicomtls_params_new(struct dicomtls_params **params)
{
	struct dicomtls_params *p;

	if (params == NULL)
		return DICOMTLS_E_INVALID;
	p = malloc(sizeof(*p));
	if (p == NULL)
		return DICOMTLS_E_NOMEM;
	*p = dt_default_params;
	*params = p;
	return 0;
}

static void
free_strings(struct dt_array *strings)
{
	for (size_t i = 0; i < strings->count; i++)
		free(strings->items[i]);
	dt_array_clear(strings);
}

static void
free_policies(struct dt_policy_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		free((void *)(uintptr_t)set->oids[i].data);
	free(set->oids);
}

void
dicomtls_params_free(struct dicomtls_params *params)
{
	if (params == NULL)
		return;
	free_strings(&params->hosts);
	free_policies(&params->policies);
	dt_crl_list_clear(&params->crls);
	dicomtls_signature_cache_free(params->signatures);
	free(params->email);
	free(params);
}

static int
push_string(struct dt_array *strings, const char *text)
{
	char *copy = strdup(text);
	int rc;

	if (copy == NULL)
		return DICOMTLS_E_NOMEM;
	rc = dt_array_push(strings, copy);
	if (rc < 0)
		free(copy);
	return rc;
}

static int
copy_strings(struct dt_array *to, const struct dt_array *from)
{
	for (size_t i = 0; i < from->count; i++) {
		int rc = push_string(to, from->items[i]);

		if (rc < 0)
			return rc;
	}
	return 0;
}

static int
push_policy(struct dt_policy_set *set, struct dt_span oid)
{
	struct dt_span *oids =
	    reallocarray(set->oids, set->count + 1, sizeof(*oids));
	uint8_t *octets;

	if (oids == NULL)
		return DICOMTLS_E_NOMEM;
	set->oids = oids;
	octets = malloc(oid.size);
	if (octets == NULL)
		return DICOMTLS_E_NOMEM;
	memcpy(octets, oid.data, oid.size);
	oids[set->count++] = dt_span(octets, oid.size);
	return 0;
}

static int
copy_policies(struct dt_policy_set *to, const struct dt_policy_set *from)
{
	int rc = 0;

	for (size_t i = 0; i < from->count && rc == 0; i++)
		rc = push_policy(to, from->oids[i]);
	return rc;
}

static int
share_crls(struct dt_array *to, const struct dt_array *from)
{
	for (size_t i = 0; i < from->count; i++) {
		int rc = dt_array_push(to, from->items[i]);

		if (rc < 0)
			return rc;
		dt_crl_ref(from->items[i]);
	}
	return 0;
}

int
dicomtls_params_copy(
    struct dicomtls_params **copy, const struct dicomtls_params *params)
{
	struct dicomtls_params *p;
	int rc;

	if (copy == NULL || params == NULL)
		return DICOMTLS_E_INVALID;
	p = malloc(sizeof(*p));
	if (p == NULL)
		return DICOMTLS_E_NOMEM;
	*p = *params;
	p->hosts = (struct dt_array){ 0 };
	p->policies = (struct dt_policy_set){ 0 };
	p->crls = (struct dt_array){ 0 };
	p->email = NULL;
	dicomtls_signature_cache_ref(p->signatures);
	rc = copy_strings(&p->hosts, &params->hosts);
	if (rc == 0)
		rc = copy_policies(&p->policies, &params->policies);
	if (rc == 0)
		rc = share_crls(&p->crls, &params->crls);
	if (rc == 0 && params->email != NULL &&
	    (p->email = strdup(params->email)) == NULL)
		rc = DICOMTLS_E_NOMEM;
	if (rc < 0) {
		dicomtls_params_free(p);
		return rc;
	}
	*copy = p;
	return 0;
}

int
dicomtls_params_set_purpose(struct dicomtls_params *params, int purpose)
{
	if (params == NULL || (purpose != DICOMTLS_PURPOSE_NONE &&
				  dicomtls_purpose_name(purpose) == NULL))
		return DICOMTLS_E_INVALID;
	params->purpose = purpose;
	params->trust = dt_purpose_trust(purpose);
	return 0;
}

int
dicomtls_params_set_flags(struct dicomtls_params *params, uint32_t flags)
{
	if (params == NULL || (flags & ~KNOWN_FLAGS) != 0)
		return DICOMTLS_E_INVALID;
	params->flags |= flags;
	/* As X509_VERIFY_PARAM_set_flags: each of these implies the check. */
	if ((flags & (DICOMTLS_F_EXPLICIT_POLICY | DICOMTLS_F_INHIBIT_ANY |
			 DICOMTLS_F_INHIBIT_MAP)) != 0)
		params->flags |= DICOMTLS_F_POLICY_CHECK;
	return 0;
}

int
dicomtls_params_clear_flags(struct dicomtls_params *params, uint32_t flags)
{
	if (params == NULL || (flags & ~KNOWN_FLAGS) != 0)
		return DICOMTLS_E_INVALID;
	params->flags &= ~flags;
	return 0;
}

int
dicomtls_params_set_time(struct dicomtls_params *params, int64_t seconds)
{
	if (params == NULL)
		return DICOMTLS_E_INVALID;
	params->has_time = true;
	params->time = seconds;
	return 0;
}

int
dicomtls_params_set_depth(struct dicomtls_params *params, int depth)
{
	if (params == NULL || depth < 0)
		return DICOMTLS_E_INVALID;
	params->depth = depth;
	return 0;
}

int
dicomtls_params_set_auth_level(struct dicomtls_params *params, int level)
{
	if (params == NULL || level < 0)
		return DICOMTLS_E_INVALID;
	params->auth_level = level;
	return 0;
}

int
dicomtls_params_add_host(struct dicomtls_params *params, const char *name)
{
	if (params == NULL || name == NULL || name[0] == '\0')
		return DICOMTLS_E_INVALID;
	return push_string(&params->hosts, name);
}

int
dicomtls_params_set_host_flags(struct dicomtls_params *params, unsigned flags)
{
	if (params == NULL || (flags & ~KNOWN_HOST_FLAGS) != 0)
		return DICOMTLS_E_INVALID;
	params->host_flags = flags;
	return 0;
}

int
dicomtls_params_set_email(struct dicomtls_params *params, const char *address)
{
	char *copy;

	if (params == NULL || address == NULL || address[0] == '\0')
		return DICOMTLS_E_INVALID;
	copy = strdup(address);
	if (copy == NULL)
		return DICOMTLS_E_NOMEM;
	free(params->email);
	params->email = copy;
	return 0;
}

int
dicomtls_params_set_ip(struct dicomtls_params *params, const char *address)
{
	if (params == NULL || address == NULL)
		return DICOMTLS_E_INVALID;
	if (inet_pton(AF_INET, address, params->ip) == 1)
		params->ip_size = 4;
	else if (inet_pton(AF_INET6, address, params->ip) == 1)
		params->ip_size = 16;
	else
		return DICOMTLS_E_INVALID;
	return 0;
}

int
dicomtls_params_add_policy(struct dicomtls_params *params, const char *oid)
{
	uint8_t octets[128];
	size_t size;

	if (params == NULL || oid == NULL)
		return DICOMTLS_E_INVALID;
	size = dt_der_oid_from_text(oid, octets, sizeof(octets));
	if (size == 0)
		return DICOMTLS_E_INVALID;
	return push_policy(&params->policies, dt_span(octets, size));
}

int
dicomtls_params_add_crl_file(struct dicomtls_params *params, const char *path)
{
	if (params == NULL || path == NULL)
		return DICOMTLS_E_INVALID;
	return dt_crl_read_file(&params->crls, path, NULL);
}

int
dicomtls_params_add_crl_der(
    struct dicomtls_params *params, const void *der, size_t size)
{
	struct dt_crl *crl;
	int rc;

	if (params == NULL || der == NULL)
		return DICOMTLS_E_INVALID;
	rc = dt_crl_parse(&crl, dt_span(der, size), NULL, NULL);
	if (rc < 0)
		return rc;
	rc = dt_array_push(&params->crls, crl);
	if (rc < 0)
		dt_crl_free(crl);
	return rc;
}

int
dicomtls_params_set_signature_cache(
    struct dicomtls_params *params, struct dicomtls_signature_cache *cache)
{
	if (params == NULL)
		return DICOMTLS_E_INVALID;
	dicomtls_signature_cache_ref(cache);
	dicomtls_signature_cache_free(params->signatures);
	params->signatures = cache;
	return 0;
}

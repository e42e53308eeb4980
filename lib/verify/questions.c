/* Questions as plain data, and their way into store and params; see
 * questions.h. */
#include "verify/questions.h"

#include "x509/signature_cache.h"

#include <stdlib.h>
#include <string.h>

static size_t
count_of(const char *const *list)
{
	size_t count = 0;

	while (list != NULL && list[count] != NULL)
		count++;
	return count;
}

/* The table and, behind it, the text: one piece of memory. */
static int
copy_list(const char *const **copy, const char *const *from)
{
	size_t count = count_of(from);
	size_t room = (count + 1) * sizeof(*from);
	const char **table;
	char *text;

	for (size_t i = 0; i < count; i++)
		room += strlen(from[i]) + 1;
	table = malloc(room);
	if (table == NULL)
		return DICOMTLS_E_NOMEM;
	text = (char *)&table[count + 1];
	for (size_t i = 0; i < count; i++) {
		table[i] = text;
		text = stpcpy(text, from[i]) + 1;
	}
	table[count] = NULL;
	*copy = table;
	return 0;
}

int
dt_questions_copy(struct dt_questions *copy, const struct dt_questions *from)
{
	struct dt_questions made = *from;
	int rc;

	made.policies = NULL;
	made.crl_files = NULL;
	rc = copy_list(&made.policies, from->policies);
	if (rc == 0)
		rc = copy_list(&made.crl_files, from->crl_files);
	if (rc == 0)
		*copy = made;
	else
		dt_questions_clear(&made);
	return rc;
}

void
dt_questions_clear(struct dt_questions *copy)
{
	free((void *)(uintptr_t)copy->policies);
	free((void *)(uintptr_t)copy->crl_files);
	*copy = (struct dt_questions){ 0 };
}

static int
add_crl_file(const struct dt_questions *questions, const char *path,
    struct dicomtls_store *store, struct dicomtls_params *params,
    struct dt_message *why)
{
	int rc;

	if ((questions->flags & DICOMTLS_F_EXTENDED_CRL_SUPPORT) == 0) {
		rc = dicomtls_store_add_crl_file(store, path);
		if (rc < 0)
			dt_message_set(
			    why, "%s", dicomtls_store_message(store));
		return rc;
	}
	rc = dicomtls_params_add_crl_file(params, path);
	if (rc < 0)
		dt_message_set(why, "%s: %s", path, dicomtls_strerror(rc));
	return rc;
}

static int
add_signature_cache(unsigned entries, struct dicomtls_params *params)
{
	struct dicomtls_signature_cache *cache;
	int rc = dt_signature_cache_share(&cache, entries);

	if (rc < 0)
		return rc;
	rc = dicomtls_params_set_signature_cache(params, cache);
	dicomtls_signature_cache_free(cache);
	return rc;
}

int
dt_questions_put(const struct dt_questions *questions,
    struct dicomtls_store *store, struct dicomtls_params *params,
    struct dt_message *why)
{
	int rc = dicomtls_params_set_flags(params, questions->flags);

	if (rc == 0)
		rc = dicomtls_params_set_host_flags(
		    params, questions->host_flags);
	if (rc < 0)
		dt_message_set(why, "there is no such flag");
	for (size_t i = 0; rc == 0 && i < count_of(questions->policies); i++) {
		rc = dicomtls_params_add_policy(params, questions->policies[i]);
		if (rc < 0)
			dt_message_set(why, "policy '%s': %s",
			    questions->policies[i], dicomtls_strerror(rc));
	}
	for (size_t i = 0; rc == 0 && i < count_of(questions->crl_files); i++)
		rc = add_crl_file(
		    questions, questions->crl_files[i], store, params, why);
	if (rc == 0) {
		rc = add_signature_cache(questions->signatures, params);
		if (rc < 0)
			dt_message_set(why, "%u signatures to remember: %s",
			    questions->signatures, dicomtls_strerror(rc));
	}
	return rc;
}

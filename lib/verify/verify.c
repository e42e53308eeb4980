/*
 * dicomtls_verify: from DER and questions to a verdict (OpenSSL's
 * X509_verify_cert). Sets the state up, runs the stages, tears it down.
 */
#include "verify/verify.h"

#include "base/limits.h"
#include "verify/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum dt_outcome
dt_verify_fail(struct dt_verify *v, int rc, const char *text)
{
	v->rc = rc;
	dt_message_set(&v->message, "%s", text);
	return DT_FAILED;
}

static int
add_all(struct dt_array *to, const struct dt_array *from, size_t first)
{
	int rc = 0;

	for (size_t i = first; i < from->count && rc == 0; i++)
		rc = dt_array_push(to, from->items[i]);
	return rc;
}

/* The leaf is no candidate: it cannot be found again for its own path, and a
 * CRL that it signed is none that could clear it. */
static int
add_untrusted(struct dt_verify *v, struct dt_array *parsed)
{
	int rc = add_all(&v->untrusted, parsed, 1);

	if (rc == 0 && v->store != NULL)
		rc = add_all(&v->untrusted, &v->store->untrusted, 0);
	if (rc < 0)
		return rc;
	v->decoded = calloc(v->untrusted.count + 1, sizeof(*v->decoded));
	return v->decoded == NULL ? DICOMTLS_E_NOMEM : 0;
}

static int
parse_chain(struct dt_verify *v, const gnutls_datum_t *chain, unsigned n,
    struct dt_array *parsed)
{
	for (unsigned i = 0; i < n; i++) {
		struct dt_message why = { "" };
		struct dt_cert *cert;
		int rc = dt_cert_parse(
		    &cert, dt_span(chain[i].data, chain[i].size), NULL, &why);

		if (rc == 0 && (rc = dt_array_push(parsed, cert)) < 0)
			dt_cert_free(cert);
		if (rc < 0) {
			dt_message_set(&v->message,
			    "chain: certificate %u: %.200s", i,
			    why.text[0] != '\0' ? why.text
						: dicomtls_strerror(rc));
			return rc;
		}
	}
	return 0;
}

/* X509_verify_cert's safety net: a refusal always has a number. */
static void
conclude(struct dt_verify *v, enum dt_outcome outcome,
    struct dicomtls_verdict *verdict)
{
	if (outcome != DT_CONTINUE && v->error == DICOMTLS_V_OK)
		v->error = DICOMTLS_V_ERR_UNSPECIFIED;
	verdict->result = (int)outcome;
	verdict->error = v->error;
	verdict->depth = v->error_depth;
	verdict->alert =
	    outcome == DT_CONTINUE ? 0 : dicomtls_code_alert(v->error);
}

static int
run(struct dt_verify *v, struct dt_array *parsed,
    struct dicomtls_verdict *verdict)
{
	int rc = add_untrusted(v, parsed);

	if (rc == 0)
		rc = dt_array_push(&v->path, parsed->items[0]);
	if (rc == 0) {
		v->untrusted_count = 1;
		conclude(v, dt_stages_run(v), verdict);
		rc = v->rc;
	}
	return rc;
}

static void
refuse(struct dicomtls_verdict *verdict, int rc)
{
	int error = rc == DICOMTLS_E_NOMEM ? DICOMTLS_V_ERR_OUT_OF_MEM
					   : DICOMTLS_V_ERR_UNSPECIFIED;

	*verdict = (struct dicomtls_verdict){ -1, error, 0,
		dicomtls_code_alert(error) };
}

int
dicomtls_verify(const struct dicomtls_store *store,
    const struct dicomtls_params *params, const gnutls_datum_t *chain,
    unsigned n, dicomtls_verify_fn fn, void *arg,
    struct dicomtls_verdict *verdict, char *message, size_t room)
{
	struct dt_event_texts texts = { 0 };
	struct dt_verify v = {
		.store = store, .fn = fn, .arg = arg, .texts = &texts
	};
	struct dt_array parsed = { 0 };
	int rc;

	if (verdict == NULL || chain == NULL || n == 0)
		return DICOMTLS_E_INVALID;
	refuse(verdict, 0);
	v.params = params != NULL ? params : &dt_default_params;
	v.now = v.params->has_time ? v.params->time : (int64_t)time(NULL);
	rc = n > DT_MAX_CHAIN ? DICOMTLS_E_LIMIT
			      : parse_chain(&v, chain, n, &parsed);
	if (rc == 0)
		rc = run(&v, &parsed, verdict);
	if (rc < 0)
		refuse(verdict, rc);
	if (message != NULL && room > 0)
		snprintf(message, room, "%s",
		    rc < 0 && v.message.text[0] == '\0' ? dicomtls_strerror(rc)
							: v.message.text);
	dt_event_texts_clear(&texts);
	dt_buffer_clear(&v.failures);
	free(v.decoded);
	dt_array_clear(&v.untrusted);
	dt_array_clear(&v.path);
	for (size_t i = 0; i < parsed.count; i++)
		dt_cert_free(parsed.items[i]);
	dt_array_clear(&parsed);
	return rc;
}

/*
 * Compares traces in the three override modes and the certificate strings.
 */
#include "judge.h"

#include "base/buffer.h"
#include "closed.h"
#include "compat/certificate_string.h"
#include "conformance/ours.h"
#include "conformance/reference.h"
#include "x509/cert.h"

/* Certificates whose strings were compared, by hash: most objects come again
 * and again. A collision leaves one certificate out. */
static uint64_t printed[1 << 16];

static bool
was_printed(struct dt_span der)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	for (size_t i = 0; i < der.size; i++)
		hash = (hash ^ der.data[i]) * 1099511628211u;
	uint64_t *slot =
	    &printed[hash % (sizeof(printed) / sizeof(printed[0]))];
	bool known = *slot == hash;
	*slot = hash;
	return known;
}

void
judge_forget(void)
{
	memset(printed, 0, sizeof(printed));
	reference_forget();
}

/* A side that does not take the case at all has one line instead. */
static void
run(replay_fn replay, const struct case_data *data, struct trace *trace,
    enum override override)
{
	struct dt_message message;
	trace_begin(trace, data->id, override);
	if (replay(data, trace, &message) < 0) {
		dt_buffer_clear(&trace->lines);
		dt_buffer_text(&trace->lines, "  not taken\n");
	}
}

/* Spoils our trace: the planted number comes with an additional zero. */
static void
plant(struct trace *trace, int error)
{
	char end[32];
	struct dt_span lines = trace_lines(trace);
	struct dt_buffer spoiled = { 0 };
	size_t size = (size_t)snprintf(end, sizeof(end), "=%d\n", error);
	const uint8_t *at;
	while (lines.size > 0 &&
	       (at = memmem(lines.data, lines.size, end, size))) {
		size_t before = (size_t)(at - lines.data) + size - 1;
		dt_buffer_append(&spoiled, lines.data, before);
		dt_buffer_text(&spoiled, "0");
		lines = dt_span(lines.data + before, lines.size - before);
	}
	dt_buffer_append(&spoiled, lines.data, lines.size);
	dt_buffer_clear(&trace->lines);
	trace->lines = spoiled;
}

static size_t
occurrences(const struct trace *trace, const char *text)
{
	struct dt_span rest = trace_lines(trace);
	size_t count = 0;
	const uint8_t *at;
	while (rest.size > 0 &&
	       (at = memmem(rest.data, rest.size, text, strlen(text)))) {
		size_t used = (size_t)(at - rest.data) + strlen(text);
		rest = dt_span(rest.data + used, rest.size - used);
		count++;
	}
	return count;
}

static size_t
failures(const struct trace *trace)
{
	return occurrences(trace, " ok=0 ");
}

static struct dt_span
take_line(struct dt_span *text)
{
	const uint8_t *end =
	    text->size > 0 ? memchr(text->data, '\n', text->size) : NULL;
	size_t size = end ? (size_t)(end - text->data) : text->size;
	struct dt_span line = dt_span(text->data, size);
	size += end != NULL;
	*text = dt_span(text->data + size, text->size - size);
	return line;
}

/* The line without "depth=N " or "index=N". */
static struct dt_span
without_number(struct dt_span line)
{
	while (line.size > 0 && line.data[0] == ' ')
		line = dt_span(line.data + 1, line.size - 1);
	if (line.size > 6 && memcmp(line.data, "depth=", 6) == 0) {
		const uint8_t *blank = memchr(line.data, ' ', line.size);
		if (blank)
			return dt_span(blank + 1,
			    line.size - (size_t)(blank + 1 - line.data));
	}
	const uint8_t *index = memmem(line.data, line.size, " index=", 7);
	return index ? dt_span(line.data, (size_t)(index - line.data)) : line;
}

static void
describe(struct judgement *judgement, const char *where, struct dt_span ours,
    struct dt_span theirs)
{
	struct dt_span a;
	struct dt_span b;
	do {
		a = take_line(&ours);
		b = take_line(&theirs);
	} while (dt_span_equal(a, b) && (ours.size > 0 || theirs.size > 0));
	a = without_number(a);
	b = without_number(b);
	snprintf(judgement->kind, sizeof(judgement->kind),
	    "%s: ours \"%.*s\", reference \"%.*s\"", where, (int)a.size,
	    (const char *)a.data, (int)b.size, (const char *)b.data);
}

/* As if we accepted: the last line of our trace is a result. */
static void
accept_all(struct trace *trace)
{
	dt_buffer_text(&trace->lines, "  result=1 error=0\n");
}

static enum outcome
outcome_of(bool ours, bool theirs)
{
	if (ours)
		return theirs ? BOTH_ACCEPT : ACCEPTED_ALONE;
	return theirs ? REFUSED_ALONE : BOTH_REFUSE;
}

/* The first mode that differs is described, but what we alone accept comes
 * first: no class excuses it. */
static void
compare_traces(struct judge *j, const struct case_data *data,
    enum override override, struct judgement *judgement)
{
	struct dt_span ours = trace_lines(&j->ours);
	struct dt_span theirs = trace_lines(&j->theirs);
	enum outcome outcome =
	    outcome_of(trace_accepts(&j->ours), trace_accepts(&j->theirs));
	bool alone = outcome == ACCEPTED_ALONE && !judgement->accepted_alone;
	judgement->outcomes[override] = outcome;
	if (outcome == BOTH_ACCEPT && override == OVERRIDE_NONE)
		judgement->accepted = true;
	if (occurrences(&j->theirs, "parse-error") > 0)
		judgement->left_out = true;
	if (dt_span_equal(ours, theirs) || (judgement->different && !alone))
		return;
	describe(judgement, override_name(override), ours, theirs);
	judgement->different = true;
	judgement->accepted_alone |= alone;
	judgement->closed =
	    alone ? -1 : closed_find(data, &j->ours, &j->theirs);
}

/* A mode without a failing event is the same in every mode, one with a single
 * failing event in both of the others. */
static void
compare_modes(
    struct judge *j, const struct case_data *data, struct judgement *judgement)
{
	static const size_t least[OVERRIDES] = {
		[OVERRIDE_ALL] = 1, [OVERRIDE_FIRST] = 2
	};
	int modes = j->plain ? 1 : OVERRIDES;
	size_t failed = 0;
	for (int i = 0; i < modes && failed >= least[i]; i++) {
		enum override override = (enum override)i;
		run(ours_replay, data, &j->ours, override);
		if (j->planted != 0)
			plant(&j->ours, j->planted);
		if (j->lax)
			accept_all(&j->ours);
		run(reference_replay, data, &j->theirs, override);
		compare_traces(j, data, override, judgement);
		failed = failures(&j->theirs);
		if (judgement->different && failures(&j->ours) > failed)
			failed = failures(&j->ours);
	}
}

static bool
our_text(const struct case_object *object, struct dt_buffer *out)
{
	struct dt_cert *cert = NULL;
	size_t size; /* bytes may follow */
	int error = object->kind == CASE_TRUSTED_CERTIFICATE
			? dt_cert_parse_aux(&cert, object->der, NULL)
			: dt_cert_parse(&cert, object->der, &size, NULL);
	if (error == 0)
		error = dt_certificate_string(cert, out);
	dt_cert_free(cert);
	return error == 0;
}

/* An object that one side cannot decode is in the traces. */
static void
compare_texts(const struct case_data *data, struct judgement *judgement)
{
	for (size_t i = 0; i < data->object_count; i++) {
		const struct case_object *object = &data->objects[i];
		struct dt_buffer ours = { 0 };
		struct dt_buffer theirs = { 0 };
		if (object->kind == CASE_X509_CRL || was_printed(object->der))
			continue;
		if (our_text(object, &ours) &&
		    reference_text(object, &theirs) &&
		    !dt_span_equal(
			dt_buffer_span(&ours), dt_buffer_span(&theirs))) {
			judgement->different = true;
			describe(judgement, "text", dt_buffer_span(&ours),
			    dt_buffer_span(&theirs));
		}
		dt_buffer_clear(&ours);
		dt_buffer_clear(&theirs);
	}
}

void
judge(
    struct judge *j, const struct case_data *data, struct judgement *judgement)
{
	*judgement = (struct judgement){ .closed = -1 };
	compare_modes(j, data, judgement);
	if (!judgement->different && !j->plain)
		compare_texts(data, judgement);
}

void
judge_clear(struct judge *j)
{
	trace_clear(&j->ours);
	trace_clear(&j->theirs);
}

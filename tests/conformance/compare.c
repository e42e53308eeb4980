/*
 * compare: runs the cases on our side (the sibling program replay, a process
 * without OpenSSL, one for each override mode) and on the reference's (in
 * this process, or recorded traces) and prints where the traces differ.
 *
 * Exit status 0 if every case was compared, whatever came out; 2 wrong
 * usage; 3 a case, a trace or replay failed, or there was no case at all.
 */
#include "child.h"
#include "recorded.h"
#include "reference.h"
#include "source.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	SHOWN_LINES = 12, /* of one difference, without --verbose */
	SHOWN_CASES = 40, /* differences in all, without --verbose */
	PROGRESS_STEP = 100
};

struct figures {
	unsigned long cases;
	unsigned long equal;
	unsigned long accepted; /* we accept, the reference does not */
	unsigned long refused;	/* the reference accepts, we do not */
};

struct comparison {
	struct case_source source;
	const char *list;
	const char *traces;	/* folder, NULL: the reference runs here */
	const char *signatures; /* replay's --signature-cache */
	bool verbose;
	unsigned long shown;
	char *replay;		/* path of the sibling program */
	FILE *names[OVERRIDES]; /* what each child reads */
	struct child children[OVERRIDES];
	int running; /* children started */
	struct recorded recorded[OVERRIDES];
	struct figures figures[OVERRIDES];
	struct figures total; /* a case is equal if it is in every mode */
	struct trace ours;
	struct trace theirs;
};

static const struct option options[] = {
	{ "list", required_argument, NULL, 'l' },
	{ "signature-cache", required_argument, NULL, 's' },
	{ "traces", required_argument, NULL, 't' },
	{ "verbose", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 },
};

static void
set_error(struct comparison *c, const char *what)
{
	dt_message_set(&c->source.message, "%s: %s", what, strerror(errno));
}

/* The program replay in the folder of our own name; by PATH if that has no
 * folder. */
static char *
sibling(const char *self)
{
	const char *slash = strrchr(self, '/');
	int folder = slash ? (int)(slash + 1 - self) : 0;
	char *path;
	return asprintf(&path, "%.*sreplay", folder, self) < 0 ? NULL : path;
}

static FILE *
file_of_names(const struct case_source *source)
{
	FILE *names = tmpfile();
	if (!names)
		return NULL;
	for (size_t i = 0; i < source->paths.count; i++)
		fprintf(names, "%s\n", (const char *)source->paths.items[i]);
	if (fflush(names) == 0 && fseek(names, 0, SEEK_SET) == 0)
		return names;
	fclose(names);
	return NULL;
}

static int
start_replay(struct comparison *c, enum override override)
{
	char mode[32];
	char list[4096];
	char cache[64];
	snprintf(mode, sizeof(mode), "--override=%s", override_name(override));
	snprintf(list, sizeof(list), "--list=%s", c->list ? c->list : "");
	snprintf(cache, sizeof(cache), "--signature-cache=%s",
	    c->signatures ? c->signatures : "0");
	const char *const plain[] = { c->replay, mode, cache, "-", NULL };
	const char *const listed[] = { c->replay, mode, cache, list, "-",
		NULL };
	c->names[override] = file_of_names(&c->source);
	if (!c->names[override] ||
	    child_start(&c->children[override], c->list ? listed : plain,
		c->names[override]) < 0) {
		set_error(c, c->replay);
		return -1;
	}
	c->running++;
	return 0;
}

/* The reference's trace, NULL with a message if there is none. */
static const struct trace *
reference_trace(
    struct comparison *c, const struct case_data *data, enum override override)
{
	if (c->traces) {
		const struct trace *found =
		    recorded_find(&c->recorded[override], data->id);
		if (!found)
			dt_message_set(&c->source.message,
			    "%s: no recorded trace", data->id);
		return found;
	}
	trace_begin(&c->theirs, data->id, override);
	return reference_replay(data, &c->theirs, &c->source.message) < 0
		   ? NULL
		   : &c->theirs;
}

/* The next line without its end; empty behind the last. */
static struct dt_span
take_line(struct dt_span *text)
{
	const uint8_t *end =
	    text->size > 0 ? memchr(text->data, '\n', text->size) : NULL;
	size_t length = end ? (size_t)(end - text->data) : text->size;
	struct dt_span line = dt_span(text->data, length);
	size_t used = length + (end != NULL);
	*text = dt_span(text->data + used, text->size - used);
	return line;
}

static void
print_difference(struct comparison *c, const struct trace *ours,
    const struct trace *theirs, enum override override)
{
	if (!c->verbose && c->shown++ >= SHOWN_CASES)
		return;
	printf("%s (override=%s)\n    %-36s  %s\n", theirs->id,
	    override_name(override), "reference", "ours");
	struct dt_span left = trace_lines(theirs);
	struct dt_span right = trace_lines(ours);
	for (int i = 0; left.size > 0 || right.size > 0; i++) {
		if (i == SHOWN_LINES && !c->verbose) {
			printf("    ...\n");
			break;
		}
		struct dt_span a = take_line(&left);
		struct dt_span b = take_line(&right);
		printf("  %c %-36.*s  %.*s\n", dt_span_equal(a, b) ? ' ' : '!',
		    (int)a.size, (const char *)a.data, (int)b.size,
		    (const char *)b.data);
	}
}

/* What one comparison found, or several of one case. */
struct finding {
	bool different;
	bool accepted; /* against the reference */
	bool refused;
};

static void
count(struct figures *figures, struct finding finding)
{
	figures->cases++;
	figures->equal += !finding.different;
	figures->accepted += finding.accepted;
	figures->refused += finding.refused;
}

static struct finding
judge(const struct trace *ours, const struct trace *theirs)
{
	bool we_accept = trace_accepts(ours);
	bool they_accept = trace_accepts(theirs);
	return (struct finding){
		.different =
		    !dt_span_equal(trace_lines(ours), trace_lines(theirs)),
		.accepted = we_accept && !they_accept,
		.refused = they_accept && !we_accept,
	};
}

static int
compare_case(struct comparison *c, const struct case_data *data)
{
	struct finding any = { 0 };
	for (int i = 0; i < OVERRIDES; i++) {
		enum override override = (enum override)i;
		if (trace_read(&c->ours, c->children[i].output) <= 0 ||
		    strcmp(c->ours.id, data->id) != 0) {
			dt_message_set(&c->source.message,
			    "%s: replay gave no trace (override=%s)", data->id,
			    override_name(override));
			return -1;
		}
		const struct trace *theirs = reference_trace(c, data, override);
		if (!theirs)
			return -1;
		struct finding finding = judge(&c->ours, theirs);
		if (finding.different)
			print_difference(c, &c->ours, theirs, override);
		count(&c->figures[i], finding);
		any.different |= finding.different;
		any.accepted |= finding.accepted;
		any.refused |= finding.refused;
	}
	count(&c->total, any);
	return 0;
}

static void
show_progress(unsigned long done, bool at_end)
{
	if (!isatty(STDERR_FILENO))
		return;
	if (at_end)
		fprintf(stderr, "\r%20s\r", "");
	else if (done % PROGRESS_STEP == 0)
		fprintf(stderr, "\r%lu cases", done);
}

static int
compare_all(struct comparison *c)
{
	const struct case_data *data;
	int found;
	while ((found = case_source_next(&c->source, &data)) > 0) {
		found = compare_case(c, data);
		if (found < 0)
			break;
		show_progress(c->total.cases, false);
	}
	show_progress(0, true);
	/* A list of files gone wrong must not look like full agreement. */
	if (found == 0 && c->total.cases == 0) {
		dt_message_set(&c->source.message, "there is no case%s%s",
		    c->list ? " of those listed in " : "",
		    c->list ? c->list : "");
		return -1;
	}
	return found;
}

static void
print_figures(const char *label, const struct figures *f)
{
	printf("%s%lu cases, %lu equal, %lu different, "
	       "%lu accepted against the reference, "
	       "%lu refused against the reference\n",
	    label, f->cases, f->equal, f->cases - f->equal, f->accepted,
	    f->refused);
}

static void
print_summary(const struct comparison *c)
{
	if (!c->verbose && c->shown > SHOWN_CASES)
		printf("(%lu more differences; --verbose prints all)\n",
		    c->shown - SHOWN_CASES);
	for (int i = 0; i < OVERRIDES; i++) {
		char label[32];
		snprintf(label, sizeof(label),
		    "override=%s: ", override_name((enum override)i));
		print_figures(label, &c->figures[i]);
	}
	print_figures("", &c->total);
}

static int
prepare(struct comparison *c)
{
	const char *missing = reference_missing();
	if (!c->traces && missing) {
		dt_message_set(&c->source.message,
		    "%s: name recorded traces with --traces=DIR", missing);
		return -1;
	}
	for (int i = 0; i < OVERRIDES; i++) {
		if (c->traces && recorded_load(&c->recorded[i], c->traces,
				     (enum override)i, &c->source.message) < 0)
			return -1;
		if (start_replay(c, (enum override)i) < 0)
			return -1;
	}
	return 0;
}

/* Waits for the children; the worst exit status. A child still writing ends
 * when its pipe closes. */
static int
finish(struct comparison *c)
{
	int worst = 0;
	for (int i = 0; i < c->running; i++) {
		if (child_finish(&c->children[i]) != 0)
			worst = 3;
	}
	for (int i = 0; i < OVERRIDES; i++) {
		if (c->names[i])
			fclose(c->names[i]);
		recorded_clear(&c->recorded[i]);
	}
	trace_clear(&c->ours);
	trace_clear(&c->theirs);
	case_source_clear(&c->source);
	free(c->replay);
	return worst;
}

static int
read_options(struct comparison *c, int argc, char **argv)
{
	int option;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == '?')
			return 2;
		if (option == 'l')
			c->list = optarg;
		else if (option == 't')
			c->traces = optarg;
		else if (option == 's')
			c->signatures = optarg;
		else
			c->verbose = true;
	}
	if (optind == argc)
		return 2;
	if (c->list && case_source_restrict(&c->source, c->list) < 0)
		return 3;
	for (int i = optind; i < argc; i++) {
		if (case_source_add(&c->source, argv[i]) < 0)
			return 3;
	}
	c->replay = sibling(argv[0]);
	return c->replay ? 0 : 3;
}

int
main(int argc, char **argv)
{
	struct comparison c = { 0 };
	int status = read_options(&c, argc, argv);
	if (status == 2)
		fprintf(stderr,
		    "usage: %s [--list=FILE] [--traces=DIR] [--verbose]\n"
		    "           [--signature-cache=N] FILE...|-\n",
		    argv[0]);
	if (status == 0 && (prepare(&c) < 0 || compare_all(&c) < 0))
		status = 3;
	if (status == 3)
		fprintf(stderr, "%s: %s\n", argv[0], c.source.message.text);
	if (status == 0)
		print_summary(&c);
	int ended = finish(&c);
	return status ? status : ended;
}

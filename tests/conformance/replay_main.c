/*
 * Options, then one trace after the other. Exit status 0 done, 2 wrong usage,
 * 3 a case could not be read or put to the verifier.
 */
#include "replay_main.h"
#include "source.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>

static const struct option options[] = {
	{ "override", required_argument, NULL, 'o' },
	{ "list", required_argument, NULL, 'l' },
	{ "signature-cache", required_argument, NULL, 's' },
	{ NULL, 0, NULL, 0 },
};

static int
usage(const char *program)
{
	fprintf(stderr,
	    "usage: %s [--override=none|all|first] [--list=FILE]\n"
	    "           [--signature-cache=N] FILE...|-\n",
	    program);
	return 2;
}

static int
fail(const char *program, const char *reason)
{
	fprintf(stderr, "%s: %s\n", program, reason);
	return 3;
}

static int
replay_all(struct case_source *source, enum override override, replay_fn replay)
{
	struct trace trace = { 0 };
	const struct case_data *data;
	int found;
	while ((found = case_source_next(source, &data)) > 0) {
		trace_begin(&trace, data->id, override);
		found = replay(data, &trace, &source->message);
		if (found < 0)
			break;
		trace_print(&trace, stdout);
	}
	trace_clear(&trace);
	return found;
}

static bool
set_memory(remember_fn remember, const char *text)
{
	char *end;
	unsigned long signatures = strtoul(text, &end, 10);

	return remember != NULL && end != text && *end == '\0' &&
	       signatures <= UINT_MAX && remember((unsigned)signatures) == 0;
}

int
replay_main(int argc, char **argv, replay_fn replay, remember_fn remember)
{
	struct case_source source = { 0 };
	int override = OVERRIDE_NONE;
	int status = 0;
	int option;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'o')
			override = override_find(optarg);
		if (option == '?' || override < 0 ||
		    (option == 's' && !set_memory(remember, optarg))) {
			status = usage(argv[0]);
			goto out;
		}
		if (option == 'l' &&
		    case_source_restrict(&source, optarg) < 0) {
			status = fail(argv[0], source.message.text);
			goto out;
		}
	}
	if (optind == argc)
		status = usage(argv[0]);
	for (int i = optind; i < argc && status == 0; i++) {
		if (case_source_add(&source, argv[i]) < 0)
			status = fail(argv[0], source.message.text);
	}
	if (status == 0 &&
	    replay_all(&source, (enum override) override, replay) < 0)
		status = fail(argv[0], source.message.text);
	if (fflush(stdout) != 0 && status == 0)
		status = fail(argv[0], "cannot write the traces");
out:
	case_source_clear(&source);
	return status;
}

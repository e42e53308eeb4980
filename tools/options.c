/* Options of subcommands; see options.h. */
#include "tools/options.h"

#include "tls/backend.h"
#include "tools/command.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* getopt_long's value of table entry 0; above every character. */
#define FIRST_VALUE 256
#define MAX_OPTIONS 64

const struct option_choice option_tls_versions[] = {
	{ "1.0", TLS_V1_0 },
	{ "1.1", TLS_V1_1 },
	{ "1.2", TLS_V1_2 },
	{ "1.3", TLS_V1_3 },
	{ NULL, 0 },
};

int
options_wrong(const struct options *options, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	command_error(options->command, "%s (see dicomtls %s --help)", text,
	    options->command);
	return STATUS_USAGE;
}

bool
option_number(const char *text, long min, long max, long *value)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || number < min ||
	    number > max)
		return false;
	*value = number;
	return true;
}

static void
print_table(const struct option_table *table)
{
	char left[40];

	for (const struct option_spec *spec = table->specs;
	     spec != NULL && spec->name != NULL; spec++) {
		snprintf(left, sizeof(left), "--%s%s%s", spec->name,
		    spec->argument == NULL ? "" : " ",
		    spec->argument == NULL ? "" : spec->argument);
		printf("  %-28s %s\n", left, spec->help);
	}
}

static int
print_help(const struct options *options)
{
	printf("Usage: dicomtls %s [OPTION]... %s\n%s\n\n", options->command,
	    options->operands, options->summary);
	for (size_t i = 0; i < OPTION_TABLES; i++)
		print_table(&options->tables[i]);
	printf("  %-28s %s\n", "--help", "print this and end");
	return STATUS_DONE;
}

static int
take_choice(const struct options *options, const struct option_spec *spec,
    const char *text, long *value)
{
	for (const struct option_choice *choice = spec->choices;
	     choice->word != NULL; choice++) {
		if (strcmp(choice->word, text) != 0)
			continue;
		*value = choice->value;
		return -1;
	}
	return options_wrong(options, "--%s: '%s' is not one of %s", spec->name,
	    text, spec->argument);
}

static int
take_item(const struct options *options, const struct option_spec *spec,
    const char *text, struct option_list *list)
{
	if (list->count == OPTION_LIST_MAX)
		return options_wrong(options, "--%s: given more than %d times",
		    spec->name, OPTION_LIST_MAX);
	list->items[list->count++] = text;
	return -1;
}

static int
take(const struct options *options, const struct option_spec *spec,
    void *values, const char *text)
{
	void *field = (char *)values + spec->offset;

	switch (spec->kind) {
	case OPTION_FLAG:
		*(bool *)field = true;
		return -1;
	case OPTION_BITS:
		*(long *)field |= spec->min;
		return -1;
	case OPTION_TEXT:
		*(const char **)field = text;
		return -1;
	case OPTION_LIST:
		return take_item(options, spec, text, field);
	case OPTION_CHOICE:
		return take_choice(options, spec, text, field);
	case OPTION_NUMBER:
		if (option_number(text, spec->min, spec->max, field))
			return -1;
		break;
	}
	return options_wrong(options,
	    "--%s: '%s' is not a number from %ld to %ld", spec->name, text,
	    spec->min, spec->max);
}

/* What getopt_long is asked for, and what each of its values stands for. */
struct known {
	struct option longs[MAX_OPTIONS];
	const struct option_spec *specs[MAX_OPTIONS];
	void *values[MAX_OPTIONS];
	int count; /* of ours; help follows */
};

static void
add_long(struct known *known, int at, const char *name, int has_arg)
{
	known->longs[at].name = name;
	known->longs[at].has_arg = has_arg;
	known->longs[at].val = FIRST_VALUE + at;
}

static void
collect(const struct options *options, struct known *known)
{
	memset(known, 0, sizeof(*known));
	for (size_t i = 0; i < OPTION_TABLES; i++) {
		const struct option_spec *spec = options->tables[i].specs;

		for (; spec != NULL && spec->name != NULL; spec++) {
			known->specs[known->count] = spec;
			known->values[known->count] = options->tables[i].values;
			add_long(known, known->count++, spec->name,
			    spec->argument == NULL ? no_argument
						   : required_argument);
		}
	}
	add_long(known, known->count, "help", no_argument);
}

static int
refuse(const struct options *options, int value, char **argv)
{
	const char *text = argv[optind - 1];

	if (value == ':')
		return options_wrong(
		    options, "%s: an argument is missing", text);
	if (optopt >= FIRST_VALUE)
		return options_wrong(options, "%s: takes no argument", text);
	return options_wrong(options, "%s: there is no such option", text);
}

int
options_parse(
    const struct options *options, int argc, char **argv, int *operands)
{
	struct known known;
	int value, status = -1;

	collect(options, &known);
	opterr = 0;
	optind = 1;
	while (status < 0 && (value = getopt_long(
				  argc, argv, ":", known.longs, NULL)) != -1) {
		if (value < FIRST_VALUE)
			return refuse(options, value, argv);
		value -= FIRST_VALUE;
		if (value == known.count)
			return print_help(options);
		status = take(
		    options, known.specs[value], known.values[value], optarg);
	}
	*operands = optind;
	return status;
}

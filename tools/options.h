/*
 * Options of a subcommand as a table, parsed by getopt_long and listed by
 * --help.
 */
#ifndef DICOMTLS_TOOLS_OPTIONS_H
#define DICOMTLS_TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#define OPTION_LIST_MAX 64

/* NULL stands behind the last item. */
struct option_list {
	const char *items[OPTION_LIST_MAX + 1];
	size_t count;
};

/* A word that stands for a number; NULL ends the list. */
struct option_choice {
	const char *word;
	long value;
};

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char * */
	OPTION_LIST,   /* struct option_list: may be given again */
	OPTION_NUMBER, /* long, within min and max */
	OPTION_BITS,   /* long: those of min are set; no argument */
	OPTION_CHOICE  /* long, the value of a word in choices */
};

struct option_spec {
	const char *name; /* NULL ends the table */
	enum option_kind kind;
	size_t offset;	      /* of the field it sets in the table's values */
	const char *argument; /* as --help names it; NULL for a flag */
	const char *help;
	long min;
	long max;
	const struct option_choice *choices;
};

/* Options and the struct whose fields they set. */
struct option_table {
	const struct option_spec *specs;
	void *values;
};

#define OPTION_TABLES 5

struct options {
	const char *command;  /* "echo" */
	const char *operands; /* "HOST PORT", for --help */
	const char *summary;
	struct option_table tables[OPTION_TABLES]; /* specs may be NULL */
};

extern const struct option_choice option_tls_versions[];

/*
 * Parses argv; *operands is the index of the first operand. -1: go on;
 * otherwise the exit status to end with, everything has been said.
 */
int options_parse(
    const struct options *options, int argc, char **argv, int *operands);

/* Says what is wrong and how to get help; returns the exit status. */
int options_wrong(const struct options *options, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A whole decimal number within min and max. */
bool option_number(const char *text, long min, long max, long *value);

#endif

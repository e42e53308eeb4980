/*
 * The command dicomtls: finds the subcommand and leaves the rest to it. Each
 * subcommand is a file of its own.
 */
#include "config.h"

#include "tools/command.h"
#include "tools/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
} commands[] = {
	{ "demo", command_demo, "show how a certificate is refused, and why" },
	{ "echo", command_echo, "connect to an SCP and ask for C-ECHO" },
	{ "send", command_send, "store DICOM files at an SCP" },
	{ "listen", command_listen, "be an SCP for C-ECHO and C-STORE" },
	{ "verify", command_verify, "judge certificates in files" },
	{ "show", command_show, "print what VERIFY tells about certificates" },
	{ "codes", command_codes, "print the table of error numbers" },
};

void
command_error(const char *name, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(stderr, "dicomtls %s: %s\n", name, text);
}

static void
print_help(FILE *out)
{
	fputs("Usage: dicomtls SUBCOMMAND [OPTION]...\n"
	      "Secure DICOM links: who refuses whose certificate, and why.\n\n",
	    out);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(
		    out, "  %-8s %s\n", commands[i].name, commands[i].summary);
	fputs("\n`dicomtls SUBCOMMAND --help` tells the options of each.\n"
	      "Exit status: 0 done, 1 refused or failed, 2 wrong usage,\n"
	      "3 a file or the network could not be used.\n",
	    out);
}

static int
run(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return STATUS_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return STATUS_DONE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("dicomtls " PACKAGE_VERSION);
		return STATUS_DONE;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr,
	    "dicomtls: there is no subcommand '%s' (see dicomtls --help)\n",
	    argv[1]);
	return STATUS_USAGE;
}

/* What was not written, on a full disk or without memory for instance, has not
 * been told. */
int
main(int argc, char **argv)
{
	int status = run(argc, argv);

	if (fflush(stdout) != 0 || ferror(stdout))
		fputs(
		    "dicomtls: standard output could not be written\n", stderr);
	else if (!output_is_lost())
		return status;
	return status == STATUS_DONE ? STATUS_UNUSABLE : status;
}

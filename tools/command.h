/*
 * What main.c knows about the subcommands, and what they return.
 */
#ifndef DICOMTLS_TOOLS_COMMAND_H
#define DICOMTLS_TOOLS_COMMAND_H

/* Exit statuses, the same for every subcommand. */
enum {
	STATUS_DONE = 0,
	STATUS_REFUSED = 1, /* refused by either side, or failed */
	STATUS_USAGE = 2,   /* wrong usage */
	STATUS_UNUSABLE = 3 /* a file or the network could not be used */
};

/* argv[0] is the name of the subcommand. */
int command_codes(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_echo(int argc, char **argv);
int command_listen(int argc, char **argv);
int command_send(int argc, char **argv);
int command_show(int argc, char **argv);
int command_verify(int argc, char **argv);

/* Prints "dicomtls NAME: text" as one line to standard error. */
void command_error(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

#include "tools/options.h"

#include "tools/command.h"

#include <criterion/criterion.h>

#include <string.h>

struct given {
	bool flag;
	const char *text;
	struct option_list list;
	long number;
	long choice;
	long bits;
};

#define AT(field) offsetof(struct given, field)

static const struct option_choice words[] = { { "one", 1 }, { "two", 2 },
	{ NULL, 0 } };

static const struct option_spec specs[] = {
	{ "flag", OPTION_FLAG, AT(flag), NULL, "", 0, 0, NULL },
	{ "text", OPTION_TEXT, AT(text), "T", "", 0, 0, NULL },
	{ "list", OPTION_LIST, AT(list), "T", "", 0, 0, NULL },
	{ "number", OPTION_NUMBER, AT(number), "N", "", 1, 9, NULL },
	{ "choice", OPTION_CHOICE, AT(choice), "one|two", "", 0, 0, words },
	{ "four", OPTION_BITS, AT(bits), NULL, "", 4, 0, NULL },
	{ "three", OPTION_BITS, AT(bits), NULL, "", 3, 0, NULL },
	{ 0 },
};

/* The command's main.c is not linked: a complaint is only counted. */
static int complaints;

void
command_error(const char *name, const char *format, ...)
{
	(void)name;
	(void)format;
	complaints++;
}

static int
parse(struct given *given, char **argv)
{
	const struct options options = { "test", "", "", { { specs, given } } };
	int argc = 0, operands = 0, status;

	while (argv[argc] != NULL)
		argc++;
	memset(given, 0, sizeof(*given));
	status = options_parse(&options, argc, argv, &operands);
	return status < 0 ? -operands : status;
}

#define ARGV(...) ((char *[]){ (char *)"test", __VA_ARGS__, NULL })
#define S(text) ((char *)text)

Test(options, sets_every_kind_of_field)
{
	struct given given;

	cr_assert_eq(
	    parse(&given, ARGV(S("--flag"), S("--text=x"), S("--list"), S("a"),
			      S("--list"), S("b"), S("--number"), S("9"),
			      S("--choice"), S("two"), S("operand"))),
	    -11);
	cr_expect(given.flag);
	cr_expect_str_eq(given.text, "x");
	cr_assert_eq(given.list.count, 2);
	cr_expect_str_eq(given.list.items[1], "b");
	cr_expect_eq(given.number, 9);
	cr_expect_eq(given.choice, 2);
	cr_expect_null(given.list.items[2]);
}

Test(options, adds_bits)
{
	struct given given;

	cr_assert_eq(parse(&given, ARGV(S("--four"))), -2);
	cr_expect_eq(given.bits, 4);
	cr_assert_eq(
	    parse(&given, ARGV(S("--three"), S("--four"), S("--four"))), -4);
	cr_expect_eq(given.bits, 7);
}

Test(options, refuses_wrong_values_and_says_so_once)
{
	static const char *const bad[] = { "--number=0", "--number=10",
		"--number=1x", "--number=", "--choice=three", "--flag=yes",
		"--nothing", "--text", "-x", "--four=4" };
	struct given given;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		complaints = 0;
		cr_expect_eq(
		    parse(&given, ARGV(S(bad[i]))), STATUS_USAGE, "%s", bad[i]);
		cr_expect_eq(complaints, 1, "%s", bad[i]);
	}
}

Test(options, refuses_a_list_that_is_too_long)
{
	char *argv[OPTION_LIST_MAX + 3] = { S("test") };
	struct given given;

	for (size_t i = 0; i < OPTION_LIST_MAX; i++)
		argv[i + 1] = S("--list=x");
	cr_expect_eq(parse(&given, argv), -(OPTION_LIST_MAX + 1));
	argv[OPTION_LIST_MAX + 1] = S("--list=x");
	cr_expect_eq(parse(&given, argv), STATUS_USAGE);
}

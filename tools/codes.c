/* dicomtls codes: the table of error numbers, whole or one row. */
#include "tools/command.h"
#include "tools/json.h"
#include "tools/options.h"

#include "dicomtls.h"

#include <stdio.h>

static const struct option_spec specs[] = {
	{ "json", OPTION_FLAG, 0, NULL, "one JSON object per line", 0, 0,
	    NULL },
	{ 0 },
};

static void
print_text(int error)
{
	printf("%7d %4d %5d  %-40s %s\n", error, dicomtls_code_l_number(error),
	    dicomtls_code_alert(error), dicomtls_code_name(error),
	    dicomtls_code_text(error));
}

static void
print_json(int error)
{
	struct json json;

	json_begin(&json, "code");
	json_number(&json, "error", error);
	json_number(&json, "l_error", dicomtls_code_l_number(error));
	json_text(&json, "name", dicomtls_code_name(error));
	json_text(&json, "text", dicomtls_code_text(error));
	json_number(&json, "alert", dicomtls_code_alert(error));
	json_end(&json, stdout);
}

static void
print_code(int error, bool json)
{
	if (json)
		print_json(error);
	else
		print_text(error);
}

int
command_codes(int argc, char **argv)
{
	bool json = false;
	const struct options options = {
		"codes",
		"[NUMBER|NAME]",
		"Prints OpenSSL's number, the contract's number (L_), the TLS "
		"alert, name and text.\nNUMBER is OpenSSL's; NAME may have the "
		"prefix L_X509_V_ERR_ or X509_V_ERR_.",
		{ { specs, &json } },
	};
	int operands, error;
	int status = options_parse(&options, argc, argv, &operands);

	if (status >= 0)
		return status;
	if (argc - operands > 1)
		return options_wrong(&options, "one NUMBER or NAME at a time");
	error = operands < argc ? dicomtls_code_find(argv[operands]) : 0;
	if (error < 0)
		return options_wrong(
		    &options, "there is no code '%s'", argv[operands]);
	if (!json)
		puts("OpenSSL   L_ alert  name"
		     "                                     text");
	if (operands < argc) {
		print_code(error, json);
		return STATUS_DONE;
	}
	for (unsigned i = 0; (error = dicomtls_code_at(i)) >= 0; i++)
		print_code(error, json);
	return STATUS_DONE;
}

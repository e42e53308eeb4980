/* dicomtls show: the documented certificate string of certificates in files. */
#include "tools/command.h"
#include "tools/input.h"
#include "tools/json.h"
#include "tools/options.h"

#include "dicomtls.h"

#include <stdio.h>
#include <stdlib.h>

static const struct option_spec specs[] = {
	{ "json", OPTION_FLAG, 0, NULL, "one JSON object per line", 0, 0,
	    NULL },
	{ 0 },
};

static void
print_json(const char *path, unsigned index, const char *text)
{
	struct json json;

	json_begin(&json, "certificate");
	json_text(&json, "file", path);
	json_number(&json, "index", (long)index);
	json_text(&json, "certificate", text);
	json_end(&json, stdout);
}

static int
show_file(const char *path, bool json)
{
	struct dt_message why;
	struct input input;
	int status = STATUS_DONE;

	if (input_load(&input, path, &why) < 0) {
		command_error("show", "%s", why.text);
		return STATUS_UNUSABLE;
	}
	for (unsigned i = 0; i < input.count; i++) {
		const gnutls_datum_t *der = &input.certificates[i];
		char *text = NULL;

		if (dicomtls_certificate_string(der->data, der->size, &text) <
		    0) {
			command_error("show",
			    "%s: certificate %u is not a certificate", path,
			    i + 1);
			status = STATUS_UNUSABLE;
		} else if (json) {
			print_json(path, i, text);
		} else {
			fputs(text, stdout);
		}
		free(text);
	}
	input_clear(&input);
	return status;
}

int
command_show(int argc, char **argv)
{
	bool json = false;
	const struct options options = {
		"show",
		"CERT...",
		"Prints each certificate as a VERIFY callback gets it.",
		{ { specs, &json } },
	};
	int operands;
	int status = options_parse(&options, argc, argv, &operands);

	if (status >= 0)
		return status;
	if (operands == argc)
		return options_wrong(&options, "a file is needed");
	status = STATUS_DONE;
	for (; operands < argc; operands++)
		if (show_file(argv[operands], json) != STATUS_DONE)
			status = STATUS_UNUSABLE;
	return status;
}

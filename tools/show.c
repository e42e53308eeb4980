/* dicomtls show: the documented certificate string of certificates in files,
 * and what revocation lists say. */
#include "tools/command.h"
#include "tools/crl_print.h"
#include "tools/input.h"
#include "tools/json.h"
#include "tools/options.h"
#include "tools/output.h"

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

static void
show_crl(const char *path, unsigned index, const struct dt_crl *crl, bool json)
{
	struct dt_buffer text = { 0 };
	char *line;
	struct json object;

	crl_print(crl, &text);
	line = dt_buffer_take_text(&text);
	if (line == NULL) {
		output_lose();
		return;
	}
	if (json) {
		json_begin(&object, "crl");
		json_text(&object, "file", path);
		json_number(&object, "index", (long)index);
		json_number(&object, "revoked", (long)crl->entry_count);
		json_text(&object, "crl", line);
		json_end(&object, stdout);
	} else {
		fputs(line, stdout);
	}
	free(line);
}

static int
show_file(const char *path, bool json)
{
	struct dt_message why;
	struct input input;
	int status = STATUS_DONE;

	if (input_load(&input, path, INPUT_CERTIFICATES | INPUT_CRLS, &why) <
	    0) {
		command_error("show", "%s", why.text);
		return STATUS_UNUSABLE;
	}
	for (unsigned i = 0; i < input.count; i++) {
		const gnutls_datum_t *der = &input.certificates[i];
		char *text = NULL;

		int rc =
		    dicomtls_certificate_string(der->data, der->size, &text);

		if (rc < 0) {
			command_error("show", "%s: certificate %u %s", path,
			    i + 1,
			    rc == DICOMTLS_E_NOMEM
				? "cannot be shown, no memory"
				: "is not a certificate");
			status = STATUS_UNUSABLE;
		} else if (json) {
			print_json(path, i, text);
		} else {
			fputs(text, stdout);
		}
		free(text);
	}
	for (unsigned i = 0; i < input.crls.count; i++)
		show_crl(path, i, input.crls.items[i], json);
	input_clear(&input);
	return status;
}

int
command_show(int argc, char **argv)
{
	bool json = false;
	const struct options options = {
		"show",
		"FILE...",
		"Prints each certificate as a VERIFY callback gets it, and "
		"what each CRL says.",
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

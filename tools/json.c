/* Writing flat JSON objects; see json.h. */
#include "tools/json.h"

#include "tools/output.h"

/* Octets of the UTF-8 sequence at text, 0 if there is none (RFC 3629 4). */
static size_t
sequence_size(const unsigned char *text)
{
	static const struct {
		unsigned char first, last; /* of the leading octet */
		unsigned char low, high;   /* of the second octet */
		size_t size;
	} forms[] = {
		{ 0x01, 0x7f, 0, 0, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (text[0] < forms[i].first || text[0] > forms[i].last)
			continue;
		if (forms[i].size > 1 &&
		    (text[1] < forms[i].low || text[1] > forms[i].high))
			return 0;
		for (size_t k = 2; k < forms[i].size; k++)
			if ((text[k] & 0xc0) != 0x80)
				return 0;
		return forms[i].size;
	}
	return 0;
}

static void
put_string(struct dt_buffer *out, const char *value)
{
	const unsigned char *at = (const unsigned char *)value;

	dt_buffer_byte(out, '"');
	while (*at != '\0') {
		size_t size = sequence_size(at);

		if (size == 0)
			dt_buffer_text(out, "\\ufffd");
		else if (*at == '\n')
			dt_buffer_text(out, "\\n");
		else if (*at < 0x20 || *at == 0x7f)
			dt_buffer_printf(out, "\\u%04x", *at);
		else if (*at == '"' || *at == '\\')
			dt_buffer_printf(out, "\\%c", *at);
		else
			dt_buffer_append(out, at, size);
		at += size == 0 ? 1 : size;
	}
	dt_buffer_byte(out, '"');
}

static void
put_name(struct json *json, const char *name)
{
	dt_buffer_byte(&json->text, ',');
	put_string(&json->text, name);
	dt_buffer_byte(&json->text, ':');
}

void
json_begin(struct json *json, const char *event)
{
	memset(json, 0, sizeof(*json));
	dt_buffer_text(&json->text, "{\"event\":");
	put_string(&json->text, event);
}

void
json_text(struct json *json, const char *name, const char *value)
{
	put_name(json, name);
	if (value == NULL)
		dt_buffer_text(&json->text, "null");
	else
		put_string(&json->text, value);
}

void
json_number(struct json *json, const char *name, long value)
{
	put_name(json, name);
	dt_buffer_printf(&json->text, "%ld", value);
}

void
json_bool(struct json *json, const char *name, bool value)
{
	put_name(json, name);
	dt_buffer_text(&json->text, value ? "true" : "false");
}

void
json_end(struct json *json, FILE *out)
{
	dt_buffer_text(&json->text, "}\n");
	output_put(&json->text, out);
}

/*
 * Reads cases. A line that is not understood is an error, so that a case
 * never means less than its text says.
 */
#include "case.h"

#include <dicomtls.h>

#include <nettle/base64.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

struct name_value {
	const char *name;
	uint32_t value;
};

static const struct name_value flag_names[] = {
	{ "crl_check", DICOMTLS_F_CRL_CHECK },
	{ "crl_check_all", DICOMTLS_F_CRL_CHECK_ALL },
	{ "ignore_critical", DICOMTLS_F_IGNORE_CRITICAL },
	{ "x509_strict", DICOMTLS_F_X509_STRICT },
	{ "allow_proxy_certs", DICOMTLS_F_ALLOW_PROXY_CERTS },
	{ "policy_check", DICOMTLS_F_POLICY_CHECK },
	{ "explicit_policy", DICOMTLS_F_EXPLICIT_POLICY },
	{ "inhibit_any", DICOMTLS_F_INHIBIT_ANY },
	{ "inhibit_map", DICOMTLS_F_INHIBIT_MAP },
	{ "notify_policy", DICOMTLS_F_NOTIFY_POLICY },
	{ "extended_crl_support", DICOMTLS_F_EXTENDED_CRL_SUPPORT },
	{ "use_deltas", DICOMTLS_F_USE_DELTAS },
	{ "check_ss_sig", DICOMTLS_F_CHECK_SS_SIGNATURE },
	{ "trusted_first", DICOMTLS_F_TRUSTED_FIRST },
	{ "suiteb_128", DICOMTLS_F_SUITEB_128_LOS }, /* both bits below */
	{ "suiteb_128_only", DICOMTLS_F_SUITEB_128_LOS_ONLY },
	{ "suiteb_192", DICOMTLS_F_SUITEB_192_LOS },
	{ "partial_chain", DICOMTLS_F_PARTIAL_CHAIN },
	{ "no_alt_chains", DICOMTLS_F_NO_ALT_CHAINS },
	{ "no_check_time", DICOMTLS_F_NO_CHECK_TIME },
	{ NULL, 0 },
};

static const struct name_value host_flag_names[] = {
	{ "always_check_subject", DICOMTLS_HOST_ALWAYS_CHECK_SUBJECT },
	{ "no_wildcards", DICOMTLS_HOST_NO_WILDCARDS },
	{ "no_partial_wildcards", DICOMTLS_HOST_NO_PARTIAL_WILDCARDS },
	{ "multi_label_wildcards", DICOMTLS_HOST_MULTI_LABEL_WILDCARDS },
	{ "single_label_subdomains", DICOMTLS_HOST_SINGLE_LABEL_SUBDOMAINS },
	{ "never_check_subject", DICOMTLS_HOST_NEVER_CHECK_SUBJECT },
	{ NULL, 0 },
};

static const char *const section_names[CASE_SECTIONS] = {
	[CASE_LEAF] = "leaf",
	[CASE_UNTRUSTED] = "untrusted",
	[CASE_TRUSTED] = "trusted",
	[CASE_CRL] = "crl",
};

static const char *const kind_names[] = {
	[CASE_CERTIFICATE] = "CERTIFICATE",
	[CASE_TRUSTED_CERTIFICATE] = "TRUSTED CERTIFICATE",
	[CASE_X509_CRL] = "X509 CRL",
};

const char *
case_section_name(enum case_section section)
{
	return section_names[section];
}

static int
complain(struct case_file *file, const char *reason, const char *what)
{
	dt_message_set(&file->message, "%s:%d: %s: %s", file->path, file->line,
	    reason, what);
	return -1;
}

/* The next line without its end, NULL when there is none. The text is cut in
 * place: a value stays valid as long as the file. */
static char *
next_line(struct case_file *file)
{
	if (*file->at == '\0')
		return NULL;
	char *line = file->at;
	size_t length = strcspn(line, "\n");
	file->at = line + length + (line[length] == '\n');
	line[length] = '\0';
	file->line++;
	return line;
}

static int
parse_number(struct case_file *file, const char *text, int64_t *value)
{
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0')
		return complain(file, "not a number", text);
	*value = number;
	return 0;
}

/* -1 stands for not set, here as in OpenSSL. */
static int
parse_small_number(struct case_file *file, const char *text, int *value)
{
	int64_t number;
	if (parse_number(file, text, &number) < 0)
		return -1;
	if (number < -1 || number > INT_MAX)
		return complain(file, "out of range", text);
	*value = (int)number;
	return 0;
}

static int
parse_names(struct case_file *file, const struct name_value *names, char *text,
    uint32_t *value)
{
	char *rest = NULL;
	for (char *name = strtok_r(text, ",", &rest); name;
	     name = strtok_r(NULL, ",", &rest)) {
		const struct name_value *known = names;
		while (known->name && strcmp(known->name, name) != 0)
			known++;
		if (!known->name)
			return complain(file, "unknown flag", name);
		*value |= known->value;
	}
	return 0;
}

static int
add_text(struct case_file *file, struct dt_array *array, char *value)
{
	if (dt_array_push(array, value) < 0)
		return complain(file, "no memory", value);
	return 0;
}

/* Each key's reader; NULL for keys that say nothing about the question put to
 * the verifier. */
static int
read_id(struct case_file *file, char *value)
{
	file->data.id = value;
	return 0;
}

static int
read_purpose(struct case_file *file, char *value)
{
	file->data.purpose = strcmp(value, "none") == 0 ? NULL : value;
	return 0;
}

static int
read_time(struct case_file *file, char *value)
{
	file->data.has_time = true;
	return parse_number(file, value, &file->data.time);
}

static int
read_depth(struct case_file *file, char *value)
{
	return parse_small_number(file, value, &file->data.depth);
}

static int
read_auth_level(struct case_file *file, char *value)
{
	return parse_small_number(file, value, &file->data.auth_level);
}

static int
read_flags(struct case_file *file, char *value)
{
	return parse_names(file, flag_names, value, &file->data.flags);
}

static int
read_clear_flags(struct case_file *file, char *value)
{
	return parse_names(file, flag_names, value, &file->data.cleared);
}

static int
read_host_flags(struct case_file *file, char *value)
{
	return parse_names(
	    file, host_flag_names, value, &file->data.host_flags);
}

static int
read_policy(struct case_file *file, char *value)
{
	return add_text(file, &file->data.policies, value);
}

static int
read_hostname(struct case_file *file, char *value)
{
	return add_text(file, &file->data.hosts, value);
}

static int
read_email(struct case_file *file, char *value)
{
	file->data.email = value;
	return 0;
}

static int
read_ip(struct case_file *file, char *value)
{
	file->data.ip = value;
	return 0;
}

static int
read_crl_source(struct case_file *file, char *value)
{
	file->data.crls_on_stack = strcmp(value, "stack") == 0;
	if (!file->data.crls_on_stack && strcmp(value, "store") != 0)
		return complain(file, "unknown crl_source", value);
	return 0;
}

static const struct {
	const char *key;
	int (*read)(struct case_file *file, char *value);
} keys[] = {
	{ "id", read_id },
	{ "suite", NULL },
	{ "purpose", read_purpose },
	{ "time", read_time },
	{ "depth", read_depth },
	{ "auth_level", read_auth_level },
	{ "flags", read_flags },
	{ "clear_flags", read_clear_flags },
	{ "hostflags", read_host_flags },
	{ "policy", read_policy },
	{ "hostname", read_hostname },
	{ "email", read_email },
	{ "ip", read_ip },
	{ "crl_source", read_crl_source },
	{ "expect", NULL },
	{ "note", NULL },
};

static int
read_header(struct case_file *file, char *line)
{
	char *colon = strchr(line, ':');
	if (!colon)
		return complain(file, "neither header nor section", line);
	*colon = '\0';
	char *value = colon + 1;
	value += *value == ' ';
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].key, line) == 0)
			return keys[i].read ? keys[i].read(file, value) : 0;
	}
	return complain(file, "unknown key", line);
}

static int
read_section(struct case_file *file, char *line, enum case_section *section)
{
	size_t length = strlen(line);
	for (int i = 0; i < CASE_SECTIONS; i++) {
		const char *name = section_names[i];
		if (length == strlen(name) + 2 && line[length - 1] == ']' &&
		    memcmp(line + 1, name, length - 2) == 0) {
			*section = (enum case_section)i;
			return 0;
		}
	}
	return complain(file, "unknown section", line);
}

static int
add_object(struct case_file *file, struct case_object object)
{
	struct case_data *data = &file->data;
	if (data->object_count == data->object_room) {
		size_t room = data->object_room * 2 + 16;
		struct case_object *grown =
		    realloc(data->objects, room * sizeof(*grown));
		if (!grown)
			return complain(file, "no memory", data->id);
		data->objects = grown;
		data->object_room = room;
	}
	data->objects[data->object_count++] = object;
	return 0;
}

/* The label of an encapsulation boundary (RFC 7468), its index in kind_names;
 * -1 if the line is none of ours. */
static int
boundary_kind(const char *line, const char *begin_or_end)
{
	char boundary[64];
	for (size_t i = 0; i < sizeof(kind_names) / sizeof(kind_names[0]);
	     i++) {
		snprintf(boundary, sizeof(boundary), "-----%s %s-----",
		    begin_or_end, kind_names[i]);
		if (strcmp(line, boundary) == 0)
			return (int)i;
	}
	return -1;
}

static int
read_object(
    struct case_file *file, const char *begin, enum case_section section)
{
	if (section == CASE_SECTIONS)
		return complain(file, "object outside a section", begin);
	int kind = boundary_kind(begin, "BEGIN");
	if (kind < 0)
		return complain(file, "unknown object", begin);

	uint8_t *der = file->der + file->der_used;
	size_t size = 0;
	struct base64_decode_ctx decoder;
	base64_decode_init(&decoder);
	char *line;
	while ((line = next_line(file)) && line[0] != '-') {
		size_t written = BASE64_DECODE_LENGTH(strlen(line));
		if (!base64_decode_update(
			&decoder, &written, der + size, strlen(line), line))
			return complain(file, "not base64", line);
		size += written;
	}
	if (!line || boundary_kind(line, "END") != kind)
		return complain(file, "no end of", kind_names[kind]);
	if (!base64_decode_final(&decoder))
		return complain(file, "base64 cut short in", kind_names[kind]);
	file->der_used += size;
	return add_object(
	    file, (struct case_object){ section, (enum case_kind)kind,
		      dt_span(der, size), file->counts[section]++ });
}

static void
reset(struct case_file *file)
{
	struct case_data *data = &file->data;
	struct case_object *objects = data->objects;
	size_t room = data->object_room;
	dt_array_clear(&data->hosts);
	dt_array_clear(&data->policies);
	*data = (struct case_data){ .depth = -1,
		.auth_level = -1,
		.objects = objects,
		.object_room = room };
	file->der_used = 0;
	memset(file->counts, 0, sizeof(file->counts));
}

int
case_file_next(struct case_file *file)
{
	enum case_section section = CASE_SECTIONS;
	int error = 0;
	reset(file);
	while (error == 0 && *file->at != '\0') {
		if (file->data.id && strncmp(file->at, "id:", 3) == 0)
			break;
		char *line = next_line(file);
		if (line[0] == '[')
			error = read_section(file, line, &section);
		else if (line[0] == '-')
			error = read_object(file, line, section);
		else if (line[0] != '\0')
			error = read_header(file, line);
		if (error == 0 && line[0] != '\0' && !file->data.id)
			return complain(file, "no id before", line);
	}
	if (error < 0 || !file->data.id)
		return error;
	if (file->counts[CASE_LEAF] != 1)
		return complain(file, "not exactly one leaf", file->data.id);
	return 1;
}

static void
write_names(
    FILE *out, const char *key, const struct name_value *names, uint32_t value)
{
	const char *before = key;
	for (const struct name_value *n = names; n->name; n++) {
		if (n->value == 0 || (value & n->value) != n->value)
			continue;
		fprintf(out, "%s%s", before, n->name);
		before = ",";
		value &= ~n->value;
	}
	if (before != key)
		fputc('\n', out);
}

static void
write_texts(FILE *out, const char *key, const struct dt_array *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		fprintf(out, "%s: %s\n", key, (const char *)texts->items[i]);
}

static void
write_header(FILE *out, const struct case_data *data)
{
	fprintf(out, "id: %s\n", data->id);
	if (data->purpose)
		fprintf(out, "purpose: %s\n", data->purpose);
	if (data->has_time)
		fprintf(out, "time: %lld\n", (long long)data->time);
	if (data->depth >= 0)
		fprintf(out, "depth: %d\n", data->depth);
	if (data->auth_level >= 0)
		fprintf(out, "auth_level: %d\n", data->auth_level);
	write_names(out, "flags: ", flag_names, data->flags);
	write_names(out, "clear_flags: ", flag_names, data->cleared);
	write_names(out, "hostflags: ", host_flag_names, data->host_flags);
	write_texts(out, "policy", &data->policies);
	write_texts(out, "hostname", &data->hosts);
	if (data->email)
		fprintf(out, "email: %s\n", data->email);
	if (data->ip)
		fprintf(out, "ip: %s\n", data->ip);
	if (data->crls_on_stack)
		fputs("crl_source: stack\n", out);
}

static void
write_object(FILE *out, const struct case_object *object)
{
	const char *kind = kind_names[object->kind];
	fprintf(out, "-----BEGIN %s-----\n", kind);
	for (size_t at = 0; at < object->der.size; at += 48) {
		char line[BASE64_ENCODE_RAW_LENGTH(48)];
		size_t left = object->der.size - at;
		size_t size = left < 48 ? left : 48;
		base64_encode_raw(line, size, object->der.data + at);
		fprintf(
		    out, "%.*s\n", (int)BASE64_ENCODE_RAW_LENGTH(size), line);
	}
	fprintf(out, "-----END %s-----\n", kind);
}

void
case_write(const struct case_data *data, FILE *out)
{
	enum case_section section = CASE_SECTIONS;
	write_header(out, data);
	for (size_t i = 0; i < data->object_count; i++) {
		const struct case_object *object = &data->objects[i];
		if (object->section != section)
			fprintf(
			    out, "\n[%s]\n", section_names[object->section]);
		section = object->section;
		write_object(out, object);
	}
}

static int
read_whole(struct case_file *file, FILE *stream)
{
	if (fseek(stream, 0, SEEK_END) != 0)
		return -1;
	long size = ftell(stream);
	if (size < 0 || fseek(stream, 0, SEEK_SET) != 0)
		return -1;
	file->text = calloc(1, (size_t)size + 1);
	file->der = malloc((size_t)size + 1);
	if (!file->text || !file->der)
		return -1;
	file->at = file->text;
	if (fread(file->text, 1, (size_t)size, stream) != (size_t)size)
		return -1;
	if (strlen(file->text) == (size_t)size)
		return 0;
	errno = EILSEQ; /* a NUL would hide what follows it */
	return -1;
}

int
case_file_open(struct case_file *file, const char *path)
{
	*file = (struct case_file){ .path = path };
	FILE *stream = fopen(path, "rb");
	int result = stream ? read_whole(file, stream) : -1;
	if (result < 0)
		dt_message_set(&file->message, "%s: %s", path, strerror(errno));
	if (stream)
		fclose(stream);
	return result;
}

void
case_file_close(struct case_file *file)
{
	reset(file);
	free(file->data.objects);
	free(file->text);
	free(file->der);
	*file = (struct case_file){ 0 };
}

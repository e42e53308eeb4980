/*
 * Compares our certificate strings with recorded ones of the reference.
 *
 *	certtext RECORDS CASES
 *
 * RECORDS has the format of certtext in the vectors ("-": standard input);
 * CASES is the directory with the folders of the suites. What the recording
 * has beyond the contract's text is left out before comparing: the warning
 * codes, the line for time stamping CAs, X509_check_ca's value.
 */
#include "base/buffer.h"
#include "case.h"
#include "compat/certificate_string.h"
#include "x509/cert.h"

#include <stdio.h>
#include <stdlib.h>

#define WARNING " (WARNING code="

struct record {
	char *id; /* of the case */
	char *section;
	int index;
	struct dt_buffer text;
};

static void
record_clear(struct record *record)
{
	free(record->id);
	free(record->section);
	dt_buffer_clear(&record->text);
	memset(record, 0, sizeof(*record));
}

static void
add_line(struct record *record, char *line, bool purpose)
{
	char *warning = strstr(line, WARNING);

	if (strncmp(line, "Time Stamp signing CA :", 23) == 0 ||
	    strncmp(line, "check_ca=", 9) == 0)
		return;
	if (purpose && warning != NULL)
		*warning = '\0';
	dt_buffer_printf(&record->text, "%s%s\n", purpose ? "\t" : "", line);
}

/* 1: a record; 0: the end; -1: malformed. */
static int
read_record(FILE *in, struct record *record)
{
	char *line = NULL;
	size_t room = 0;
	bool purposes = false;
	int result = 0;

	while (getline(&line, &room, in) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line == '\0')
			break;
		if (result == 0) {
			result = sscanf(line, "certtext %ms %ms index=%d",
				     &record->id, &record->section,
				     &record->index) == 3
				     ? 1
				     : -1;
			continue;
		}
		add_line(record, line, purposes);
		if (strcmp(line, "Certificate purposes:") == 0)
			purposes = true;
	}
	free(line);
	return result;
}

/* The file of a case: behind the suite, its name has one _ for each run of
 * characters that are neither letter nor digit nor one of -.+~ */
static char *
case_path(const char *directory, const char *id)
{
	const char plain[] = "abcdefghijklmnopqrstuvwxyz"
			     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.+~";
	const char *slash = strchr(id, '/');
	struct dt_buffer path = { 0 };
	bool replaced = false;

	dt_buffer_printf(&path, "%s/", directory);
	for (const char *at = id; *at != '\0'; at++) {
		bool kept = at == slash || strchr(plain, *at) != NULL;

		if (kept || !replaced)
			dt_buffer_byte(&path, (uint8_t)(kept ? *at : '_'));
		replaced = !kept;
	}
	dt_buffer_text(&path, ".case");
	return dt_buffer_take_text(&path);
}

static const struct case_object *
find_object(const struct case_data *data, const struct record *record)
{
	for (size_t i = 0; i < data->object_count; i++) {
		const struct case_object *object = &data->objects[i];

		if (object->index == record->index &&
		    strcmp(case_section_name(object->section),
			record->section) == 0)
			return object;
	}
	return NULL;
}

static bool
equals(const struct case_object *object, const struct record *record)
{
	struct dt_buffer text = { 0 };
	struct dt_cert *cert = NULL;
	struct dt_message message;
	bool equal = false;
	size_t consumed; /* PEM objects may have bytes behind */
	int error;

	error = object->kind == CASE_TRUSTED_CERTIFICATE
		    ? dt_cert_parse_aux(&cert, object->der, &message)
		    : dt_cert_parse(&cert, object->der, &consumed, &message);
	if (error != 0) {
		printf("not parsed: %s\n", message.text);
		goto out;
	}
	if (dt_certificate_string(cert, &text) != 0)
		goto out;
	equal =
	    dt_span_equal(dt_buffer_span(&text), dt_buffer_span(&record->text));
	if (!equal)
		printf("--- reference\n%.*s+++ ours\n%.*s",
		    (int)dt_buffer_size(&record->text),
		    (const char *)dt_buffer_span(&record->text).data,
		    (int)dt_buffer_size(&text),
		    (const char *)dt_buffer_span(&text).data);
out:
	dt_buffer_clear(&text);
	dt_cert_free(cert);
	return equal;
}

static bool
compare(const struct record *record, const char *directory)
{
	const struct case_object *object = NULL;
	struct case_file file = { 0 };
	char *path = case_path(directory, record->id);
	bool equal = false;

	if (path == NULL)
		return false;
	if (case_file_open(&file, path) == 0 && case_file_next(&file) == 1)
		object = find_object(&file.data, record);
	if (object == NULL)
		printf("no such certificate\n");
	else
		equal = equals(object, record);
	if (!equal)
		printf("different: %s %s index=%d\n\n", record->id,
		    record->section, record->index);
	case_file_close(&file);
	free(path);
	return equal;
}

int
main(int argc, char **argv)
{
	struct record record = { 0 };
	unsigned counts[2] = { 0, 0 };
	FILE *in;
	int got;

	if (argc != 3) {
		fprintf(stderr, "usage: certtext RECORDS|- CASES\n");
		return 2;
	}
	in = strcmp(argv[1], "-") == 0 ? stdin : fopen(argv[1], "r");
	if (in == NULL) {
		perror(argv[1]);
		return 3;
	}
	while ((got = read_record(in, &record)) > 0) {
		counts[compare(&record, argv[2])]++;
		record_clear(&record);
	}
	record_clear(&record);
	fclose(in);
	if (got < 0) {
		fprintf(stderr, "certtext: malformed record\n");
		return 3;
	}
	printf("%u certificates, %u equal, %u different\n",
	    counts[0] + counts[1], counts[1], counts[0]);
	return counts[0] == 0 && counts[1] > 0 ? 0 : 1;
}

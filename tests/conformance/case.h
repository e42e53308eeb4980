/*
 * Verification cases in text: header lines, then PEM objects in sections. A
 * file may hold any number of cases, each begun by its "id:" line; the README
 * beside the cases describes the format.
 *
 * Flag values are the engine's; they equal OpenSSL's, which the reference
 * side asserts.
 */
#ifndef DICOMTLS_CONFORMANCE_CASE_H
#define DICOMTLS_CONFORMANCE_CASE_H

#include "base/array.h"
#include "base/message.h"
#include "base/span.h"

#include <stdio.h>

enum case_section {
	CASE_LEAF,
	CASE_UNTRUSTED,
	CASE_TRUSTED,
	CASE_CRL,
	CASE_SECTIONS
};

enum case_kind {
	CASE_CERTIFICATE,
	CASE_TRUSTED_CERTIFICATE, /* certificate and X509_CERT_AUX */
	CASE_X509_CRL
};

struct case_object {
	enum case_section section;
	enum case_kind kind;
	struct dt_span der;
	int index; /* among the objects of its section */
};

/* One case. Everything is borrowed from the file it was read from and valid
 * until the next case is read. */
struct case_data {
	const char *id;
	const char *purpose; /* OpenSSL's short name, NULL: not set */
	bool has_time;
	int64_t time;
	int depth;		  /* -1: not set */
	int auth_level;		  /* -1: not set */
	uint32_t flags;		  /* DICOMTLS_F_* */
	uint32_t cleared;	  /* of those that are set by default */
	unsigned host_flags;	  /* DICOMTLS_HOST_* */
	const char *email;	  /* NULL: not set */
	const char *ip;		  /* NULL: not set */
	struct dt_array hosts;	  /* char * */
	struct dt_array policies; /* char *, dotted OIDs */
	bool crls_on_stack;	  /* handed to the context, not to the store */
	struct case_object *objects;
	size_t object_count;
	size_t object_room;
};

struct case_file {
	const char *path;
	char *text;
	char *at;     /* first character not read yet */
	int line;     /* number of the line last read */
	uint8_t *der; /* decoded objects of the current case */
	size_t der_used;
	int counts[CASE_SECTIONS];
	struct case_data data;
	struct dt_message message;
};

/* Reads the whole file. 0, or -1 with file->message naming the file; close it
 * in either case. path is borrowed. */
int case_file_open(struct case_file *file, const char *path);

/* 1: file->data holds the next case; 0: there is none; -1: file->message
 * names file and line. */
int case_file_next(struct case_file *file);

void case_file_close(struct case_file *file);

/* Writes a case as it is read. Texts must not hold line feeds. */
void case_write(const struct case_data *data, FILE *out);

/* Name of a section as it stands in cases and traces. */
const char *case_section_name(enum case_section section);

#endif

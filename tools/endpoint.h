/*
 * What SCU and SCP of the command share: a TLS handle made from options, the
 * events behind VERIFY on their way to the report, and the sentence that says
 * why a link failed.
 */
#ifndef DICOMTLS_TOOLS_ENDPOINT_H
#define DICOMTLS_TOOLS_ENDPOINT_H

#include "base/message.h"
#include "tools/judging.h"
#include "tools/report.h"

#include "ltdic.h"

/* Options of echo and listen. Strings are borrowed from argv. */
struct endpoint_settings {
	const char *ca_file;
	const char *profile; /* NULL: the default, not strictly */
	const char *certificate;
	const char *key;	   /* NULL: in the certificate file */
	const char *password_file; /* NULL: none */
	long verify_mode;	   /* L_SSL_VERIFY_* */
	long tls_min;		   /* 0: the default */
	long tls_max;
	bool system_trust;
	bool resume; /* sessions may be */
	struct judging judging;
	struct judging_name name; /* for an SCU */
	const char *server_name;  /* that an SCU asks for, an SCP has */
};

#define ENDPOINT_SETTINGS_DEFAULT                                              \
	{                                                                      \
		.judging = JUDGING_DEFAULT                                     \
	}

/* The options that echo and listen share, beside judging_options. */
extern const struct option_spec endpoint_options[];

/* Looks for options that contradict each other. -1: none; otherwise the exit
 * status to end with. */
int endpoint_check(
    const struct options *options, struct endpoint_settings *settings);

/* One connection as its events see it; lives as long as its handle. */
struct endpoint {
	const struct endpoint_settings *settings;
	const struct report *report;
	struct event_source source;
	struct finding finding;	   /* last failure reported */
	gnutls_datum_t leaf;	   /* the peer's certificate; owned */
	struct dt_message missing; /* what the system took from us; or empty */
};

/* L_DicomStartUp, which L_DicomShutDown follows; false: an error of that
 * subcommand has been told. */
bool endpoint_start_library(const char *command);

/* Makes a handle that reports its events to endpoint. NULL: why names the file
 * and the reason. */
HDICOMNET endpoint_open(struct endpoint *endpoint, struct dt_message *why);

/* The same with what model has loaded: no file is read. */
HDICOMNET endpoint_open_like(
    struct endpoint *endpoint, HDICOMNET model, struct dt_message *why);

/* Reads the files of a handle again. Says in text what was read; or false, and
 * which file could not be used and why: what was read before stays. */
bool endpoint_reload(
    const struct endpoint *endpoint, HDICOMNET handle, struct dt_message *text);

/* Tells on standard error what the system's crypto policy takes away, if it
 * does. */
void endpoint_note_missing(const struct endpoint *endpoint);

/* Releases what the events left in endpoint. */
void endpoint_clear(struct endpoint *endpoint);

/* Says into result how a link that failed below the association came to that;
 * false (result is unchanged) if TLS and TCP have nothing to complain of. */
bool endpoint_explain(
    const struct endpoint *endpoint, HDICOMNET handle, struct result *result);

/* The library's own sentence about the last failure of a handle, which was told
 * with this code. */
void endpoint_last_message(
    HDICOMNET handle, int code, struct dt_message *message);

/* "TLS 1.3, TLS_AES_256_GCM_SHA384" for a link that is up. */
void endpoint_describe(HDICOMNET handle, char *text, size_t room);

/* True if the peer's certificate is for this host (name or address). */
bool endpoint_leaf_names(const struct endpoint *endpoint, const char *host);

#endif

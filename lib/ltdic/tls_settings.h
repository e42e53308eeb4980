/*
 * The TLS settings of a handle as plain data, from L_SSL_CTX_CREATE and the
 * setters, and the context made of them.
 */
#ifndef DICOMTLS_LTDIC_TLS_SETTINGS_H
#define DICOMTLS_LTDIC_TLS_SETTINGS_H

#include "ltdic/extras.h"
#include "net/tls_setup.h"

#include "ltdic.h"

struct dt_tls_settings {
	int min_version;
	int max_version;
	unsigned verify_mode;
	int depth;
	char *ca_file; /* owned, as all text here */
	char *certificate_file;
	char *key_file;
	enum tls_file_type file_type;
	L_CIPHERSUITE suites[MAX_CIPHERSUITE_COUNT];
	bool resume;
	int auth_level;
	char *host_name;
	char *server_name;
	char *profile;
	bool system_trust;
	struct dt_questions questions; /* owned */
	int extra_min_version;	       /* 0: not set */
	int extra_max_version;
	dicomtls_verify_fn event;
	void *event_arg;

	struct dt_tls_setup *setup; /* made of the above; NULL: to be made */
	/* Which state of settings and files this is: no two have the same. */
	unsigned long turn;
};

void dt_tls_settings_init(struct dt_tls_settings *settings);
void dt_tls_settings_clear(struct dt_tls_settings *settings);
/* Copies all but the context into an uninitialised target; false: no memory,
 * and nothing is left to clear. The context may be shared by a reference. */
bool dt_tls_settings_copy(
    struct dt_tls_settings *copy, const struct dt_tls_settings *from);

/* Fills initialised settings from the struct of a program (NULL: defaults).
 * DICOM_SUCCESS or the error that the field has. Reads no file. */
L_INT dt_tls_settings_read(
    struct dt_tls_settings *settings, const L_SSL_CTX_CREATE *create);

/* After a change: what was made of the settings is no longer theirs. */
void dt_tls_settings_outdate(struct dt_tls_settings *settings);

/* Makes the context, from the files as they are now. 0 or DICOMTLS_E_*. */
int dt_tls_settings_build(struct dt_tls_settings *settings,
    tls_password_fn password, void *arg, struct dt_message *why);

#endif

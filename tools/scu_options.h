/* What echo and send have in common on the command line. */
#ifndef DICOMTLS_TOOLS_SCU_OPTIONS_H
#define DICOMTLS_TOOLS_SCU_OPTIONS_H

#include "tools/scu.h"

struct scu_settings {
	const char *calling;
	const char *called;
	long verify_mode;
	bool json;
	struct endpoint_settings endpoint;
};

#define SCU_SETTINGS_DEFAULT                                                   \
	{                                                                      \
		.calling = "DICOMTLS", .called = "ANY-SCP",                    \
		.verify_mode = L_SSL_VERIFY_PEER,                              \
		.endpoint = ENDPOINT_SETTINGS_DEFAULT                          \
	}

/* The four tables that options of an SCU consist of beside its own; for an
 * initialiser of struct options. */
#define SCU_TABLES(settings)                                                   \
	{ scu_options, settings },                                             \
	    { endpoint_options, &(settings)->endpoint },                       \
	    { judging_options, &(settings)->endpoint.judging },                \
	{                                                                      \
		judging_name_options, &(settings)->endpoint.name               \
	}

extern const struct option_spec scu_options[];

/* Fills in what HOST, PORT and the settings say, which are borrowed. -1: go
 * on; otherwise the exit status to end with. */
int scu_request_init(struct scu_request *request, const struct options *options,
    struct scu_settings *settings, char **host_and_port);

#endif

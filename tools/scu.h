/* An SCU that asks one SCP for C-ECHO: the whole call order of ltdic.h. */
#ifndef DICOMTLS_TOOLS_SCU_H
#define DICOMTLS_TOOLS_SCU_H

#include "tools/endpoint.h"

struct scu_request {
	struct endpoint_settings endpoint;
	const struct report *report;
	const char *host;
	unsigned port;
	const char *calling; /* AE titles */
	const char *called;
	long timeout; /* seconds for all of it */
};

/* Connects, associates, echoes, releases. True: result tells how it went;
 * false: nothing could be tried, why names the file and the reason. */
bool scu_run(const struct scu_request *request, struct result *result,
    struct dt_message *why);

#endif

/* An SCP that accepts associations, answers C-ECHO, and keeps data sets that
 * come with C-STORE. */
#ifndef DICOMTLS_TOOLS_SCP_H
#define DICOMTLS_TOOLS_SCP_H

#include "tools/endpoint.h"

struct inbox;

struct scp_request {
	struct endpoint_settings endpoint;
	const struct report *report;
	const char *bind;  /* address; "*": all */
	unsigned port;	   /* 0: a free one */
	const char *title; /* NULL: any called title is accepted */
	/* Where data sets go; it stays until L_DicomShutDown. NULL: none are
	 * accepted. */
	struct inbox *inbox;
	/* Called when a connection has ended, on a thread of the library. */
	void (*ended)(const struct result *result, void *arg);
	void *ended_arg;
	/* Called likewise when nobody listens any more; or NULL. */
	void (*lost)(int code);
};

struct scp;

/* Listens. NULL: why names what could not be used. request must outlive the
 * SCP. */
struct scp *scp_start(
    const struct scp_request *request, struct dt_message *why);
/* Reads the files again, for the connections to come; see endpoint_reload. */
bool scp_reload(struct scp *scp, struct dt_message *text);
/* Address and port in use. */
const char *scp_address(const struct scp *scp);
unsigned scp_port(const struct scp *scp);
/* Stops and frees; connections that are open are closed. NULL is fine. */
void scp_stop(struct scp *scp);

#endif

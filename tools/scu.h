/*
 * One association of an SCU with an SCP: the whole call order of ltdic.h, and
 * the sentence about how it went. What the association is for is a service:
 * scu_echo.h, scu_store.h.
 */
#ifndef DICOMTLS_TOOLS_SCU_H
#define DICOMTLS_TOOLS_SCU_H

#include "tools/endpoint.h"

struct scu;

/*
 * What an SCU is there for. All functions are called on the library's thread
 * of the connection, one at a time. Callbacks that install sets are given the
 * struct scu; they and start end the association with L_DicomSendReleaseRequest
 * or with scu_finish.
 */
struct scu_service {
	/* Adds presentation contexts to a request. DICOM_ERROR_*. */
	int (*propose)(HDICOMPDU request, void *arg);
	/* Sets the callbacks for its messages. */
	void (*install)(DICOMNETCALLBACK *callbacks);
	/* The association is there. */
	void (*start)(struct scu *scu, HDICOMNET handle, HDICOMPDU answer);
	/* It was released: says what came of it; false: it failed. */
	bool (*conclude)(struct scu *scu, char *text, size_t room);
};

struct scu_request {
	struct endpoint_settings endpoint;
	const struct report *report;
	const char *host;
	unsigned port;
	const char *calling; /* AE titles */
	const char *called;
	long timeout; /* seconds from one scu_move to the next, or for all */
	const struct scu_service *service;
	/* Called several times a second by the thread of scu_run; or NULL. */
	void (*watch)(void *arg);
	void *arg; /* of service and watch */
};

/* Connects, associates, serves, releases. True: result tells how it went;
 * false: nothing could be tried, why names the file and the reason. */
bool scu_run(const struct scu_request *request, struct result *result,
    struct dt_message *why);

/* For services, in callbacks. What the library may call when the association
 * has ended holds a reference; scu_move and scu_finish do nothing then, and
 * nothing else may be called. */
struct scu *scu_ref(struct scu *scu);
void scu_unref(struct scu *scu);
void *scu_arg(const struct scu *scu);
/* The peer gave a sign of life: the time limit starts again. */
void scu_move(struct scu *scu);
void scu_reach(struct scu *scu, enum report_stage stage);
/* Ends it with a sentence. The first end counts, and what TCP and TLS have to
 * say about a failed link is more telling than the text given here. */
void scu_finish(struct scu *scu, HDICOMNET handle, bool ok, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

#endif

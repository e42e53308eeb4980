/*
 * A small SCP and blocking calls to it, over TLS on loopback, through ltdic.h
 * alone. The SCP has one handle with its settings, which those of its
 * connections share; it answers C-ECHO and lets associations end.
 *
 * Nothing sleeps: a caller waits for what a callback announces.
 */
#ifndef DICOMTLS_TESTS_CONTRACT_SERVICE_H
#define DICOMTLS_TESTS_CONTRACT_SERVICE_H

#include "scene.h"

#include "tools/mint.h"

#include <stdatomic.h>

extern struct mint_dir service_dir;
/* Certificates of the server, of a client, and of one whose serial number is
 * 15; the CA signs CRLs. */
extern const struct mint_spec service_authority, service_server;
extern struct scene_files service_server_files, service_good, service_lost;
extern L_TCHAR *service_crl; /* at first an empty list */

/* The SCP's: how often VERIFY was called on its handles. */
extern HDICOMNET service_listener, service_settings;
unsigned service_verified(void);

/* One association of an SCU. */
struct call {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	HDICOMNET net;
	bool stay; /* the association stays until it is told to end */
	bool connected, associated, over;
	bool echoed;
	L_INT error;	      /* how the link ended */
	atomic_uint verified; /* how often VERIFY was called */
};

/* Set with L_DICOM_DELIVER_BY_BREATHING: who waits for a call breathes. How
 * many callbacks came on a thread that did not is counted. */
extern bool service_breathes;
void service_breathe(void);
unsigned service_elsewhere(void);

/* Called inside callbacks; each may be NULL. */
struct service_hooks {
	void (*incoming)(void); /* at the beginning of ACCEPT */
	void (*accepted)(void); /* at the end of it */
	L_INT (*verify)(HDICOMNET net, L_INT ok); /* for the answer */
	void (*echoed)(struct call *call);	  /* instead of the release */
};
extern struct service_hooks service_hooks;

/* False: files cannot be made. The library is started. */
bool service_start(void);
void service_stop(void);

/* A client's handle that judges the server. */
HDICOMNET service_client(const struct scene_files *files);

/* Connects, associates and, unless it is to stay, echoes and releases. The
 * handle remains its owner's. */
void call_begin(struct call *call, HDICOMNET net);
/* Until flag is set, or the call is over. */
void call_await(struct call *call, const bool *flag);
void call_end(struct call *call);

/* All of it with a handle of its own. */
struct call call_once(const struct scene_files *files);

#endif

/*
 * An SCU and an SCP over TLS on loopback through ltdic.h alone: they
 * associate, echo once and release. What VERIFY is told is written into a
 * trace by whoever installs it.
 *
 * Nothing sleeps: the main thread waits for what a callback announces.
 */
#ifndef DICOMTLS_TESTS_CONTRACT_SCENE_H
#define DICOMTLS_TESTS_CONTRACT_SCENE_H

#include "ltdic.h"

#include <pthread.h>
#include <stdbool.h>

struct end {
	HDICOMNET net;
	char trace[8192]; /* of VERIFY */
	bool ready;	  /* the handshake ended, or CLOSE came */
	L_UINT32 secure_error;
	L_UINT32 suite;	     /* when the handshake had ended */
	L_INT connect_error; /* then nothing follows */
	L_INT close_error;
	bool closed;
	unsigned readies, closes; /* how often each was called */
	bool secure;		  /* TLS or plain */
};

struct scene {
	/* Gives a new handle its VERIFY. */
	void (*install)(struct scene *scene, HDICOMNET net);
	bool accept_anyway; /* for VERIFY */
	/* The port to connect to instead of the SCP's; may be NULL. */
	L_UINT (*route)(L_UINT port);
	/* Changes the callbacks of a new handle; may be NULL. */
	void (*arrange)(struct scene *scene, DICOMNETCALLBACK *callbacks);
	L_TCHAR *folder; /* for temporary files; NULL: the system's */
	/* RECEIVEDATA of both ends; may be NULL. */
	void (*on_data)(struct scene *scene, HDICOMNET net, HDICOMDS command);

	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct end scu, scp;
	HDICOMNET listener;
	bool accepted;
	L_UINT32 certificate_error;
	L_INT accept_error;
	L_INT echo_error; /* of sending the request */
	bool echoed;
};

/* Files of one end. */
struct scene_files {
	L_TCHAR *certificate, *key;
};

/* Clients of the test CA: as it should be, without the TLS purpose, and with
 * a key of 1024 bits. */
extern struct scene_files scene_good_client, scene_wrong_client,
    scene_weak_client;

/* The files for every scene of the program; false: they cannot be made. */
bool scene_prepare(void);
void scene_clean_up(void);

/* Both ends exist and the connection is accepted; client NULL: a plain SCU. */
void scene_begin(
    struct scene *scene, const struct scene_files *client, bool secure_scp);
void scene_await(struct scene *scene, const bool *flag);
void scene_announce(struct scene *scene, bool *flag);
void scene_finish(struct scene *scene);

/* For VERIFY: whose it is. */
struct end *scene_end_of(struct scene *scene, HDICOMNET net);

/* One TAP line each, and what was wrong. */
void check(bool good, const char *what);
void check_number(long got, long want, const char *what);
void check_text(const char *got, const char *want, const char *what);
/* From now on only failures give a line; successes too. */
void check_quietly(void);
void check_loudly(void);
/* The plan; the program's exit status. */
int check_end(void);

#endif

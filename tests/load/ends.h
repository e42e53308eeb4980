/*
 * One SCP that serves whoever comes, and a crowd of SCUs that associate, echo
 * and release, or hold what they have; through ltdic.h, in any number. For
 * plain programs, so that sanitizers see everything.
 *
 * Nothing sleeps: the main thread waits for counters that callbacks change.
 */
#ifndef DICOMTLS_TESTS_LOAD_ENDS_H
#define DICOMTLS_TESTS_LOAD_ENDS_H

#include "load/tell.h"

#include "ltdic.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Mints the certificates of all ends; false: they cannot be made. */
bool ends_prepare(void);
void ends_clean_up(void);

struct scp {
	bool secure;
	/* Before the answer to an echo; may be NULL. */
	void (*on_echo)(struct scp *scp, HDICOMNET net);
	/* A data set that arrived; its status. NULL: none is taken. */
	L_UINT16 (*on_store)(struct scp *scp, HDICOMDS set);
	void *arg;
	unsigned handshake_ms; /* patience; 0: the library's */

	pthread_mutex_t lock; /* everything below */
	pthread_cond_t changed;
	HDICOMNET listener;
	L_UINT port;
	unsigned long accepted;
	unsigned long not_accepted; /* ACCEPT with an error, or no handle */
	unsigned long secured;
	unsigned long not_secured;
	unsigned long associated;
	unsigned long echoes;
	unsigned long closed;
	unsigned long closed_well;
	L_UINT32 last_error; /* of a handshake */
	L_INT accept_error;  /* the last one that ACCEPT told */
};

/* Listens on loopback. False: it cannot. */
bool scp_open(struct scp *scp);
/* Waits until *counter, one of scp's, is at least value. */
void scp_await(
    struct scp *scp, const unsigned long *counter, unsigned long value);
unsigned long scp_read(struct scp *scp, const unsigned long *counter);
void scp_close(struct scp *scp);

enum scu_plan {
	SCU_RELEASES, /* after its echo */
	SCU_HOLDS,    /* until scu_release or the peer ends it */
	SCU_STORES    /* after its echo, as the crowd says */
};

struct scu {
	struct crowd *crowd;
	enum scu_plan plan;
	HDICOMNET net;

	/* Under the crowd's lock. */
	unsigned connects, readies, closes;
	unsigned long echoes;
	unsigned long stored;
	L_INT error; /* the first */
	bool connected;
	bool gave_up; /* a call failed: closed without CLOSE */
	bool over;
};

struct crowd {
	L_UINT port;
	const char *host; /* NULL: 127.0.0.1 */
	bool secure;
	bool foreign; /* with a certificate the SCP does not accept */
	/* SCU_STORES: sends the next data set; false: there is none left. */
	bool (*store)(struct scu *scu);

	pthread_mutex_t lock; /* everything below */
	pthread_cond_t changed;
	unsigned long echoes;
	unsigned long stored;
	unsigned long over;
	unsigned long lost; /* over without an echo, or with an error */
};

void crowd_open(struct crowd *crowd);
void crowd_close(struct crowd *crowd);
void crowd_await(
    struct crowd *crowd, const unsigned long *counter, unsigned long value);
unsigned long crowd_read(struct crowd *crowd, const unsigned long *counter);

/* A handle for SCUs of this crowd; NULL: there is none. */
HDICOMNET crowd_make_net(
    const struct crowd *crowd, DICOMNETCALLBACK *callbacks);

/* Connects. On failure the scu is over at once, with its error. */
void scu_start(struct scu *scu, struct crowd *crowd, enum scu_plan plan);
void scu_echo(struct scu *scu);
void scu_release(struct scu *scu);
void scu_free(struct scu *scu);
void scu_await_end(struct scu *scu);
/* Start to end, released; true if it echoed and ended well. */
bool scu_run(struct crowd *crowd);
/* Each callback came once at most, and one that ends it came, unless there
 * was nothing to be told. */
bool scu_was_told_once(const struct scu *scu);

#endif

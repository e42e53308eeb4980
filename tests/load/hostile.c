/*
 * Peers that are silent, that dribble, that flood and do not read, and
 * callbacks that do not return: everybody else goes on, and what they make
 * the SCP hold in memory is bounded.
 *
 * Nothing sleeps: each step of a slow peer is followed by a whole association
 * of a good one, which is how slow it is. LOAD=small: fewer of each.
 */
#include "dicom/pdu.h"
#include "load/ends.h"
#include "load/raw_peer.h"
#include "load/usage.h"
#include "ltdic/handle.h"
#include "ltdic/net.h"
#include "support/heap.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned silent_peers = 200;
static unsigned good_peers = 100; /* beside each kind of bad ones */

/* A flood goes on until the SCP has taken this much or takes no more. */
static long flood_bytes = 64L * 1024 * 1024;
/* What the SCP may hold of it: a PDU that is not complete, answers that the
 * peer does not read (DT_MAX_IN_FLIGHT, DT_MAX_WAITING of them) and what the
 * good ones need. */
#define FLOOD_HEAP (4L * 1024 * 1024)

/* One SCP for all; the good SCUs come over TLS. */
static struct scp scp = { .secure = true };
static struct scp plain_scp;
static struct crowd crowd = { .secure = true };
static struct crowd plain_crowd;

static unsigned
run_good(struct crowd *good, unsigned number)
{
	unsigned done = 0;

	for (unsigned i = 0; i < number; i++)
		done += scu_run(good);
	return done;
}

/* ---------------------------------------------------------------- silent -- */

static void
silent_peers_harm_nobody(void)
{
	struct raw_peer *peers = calloc(silent_peers, sizeof(*peers));
	const unsigned long accepted = scp_read(&scp, &scp.accepted);
	const unsigned long closed = scp_read(&scp, &scp.closed);
	const int files = usage_files();
	unsigned opened = 0;

	for (unsigned i = 0; peers != NULL && i < silent_peers; i++)
		opened += raw_peer_open(&peers[i], scp.port, NULL);
	scp_await(&scp, &scp.accepted, accepted + opened);
	tell(opened == silent_peers &&
		 run_good(&crowd, good_peers) == good_peers,
	    "beside %u silent peers %u associations go on", opened, good_peers);
	for (unsigned i = 0; i < opened; i++)
		raw_peer_close(&peers[i]);
	scp_await(&scp, &scp.closed, closed + opened + good_peers);
	usage_await_files(files);
	tell(usage_files() <= files,
	    "the silent ones leave no descriptor: %d before, %d after", files,
	    usage_files());
	free(peers);
}

/* The time is short here, and is no matter of the assertion. */
static void
silent_peers_are_sent_away(void)
{
	struct scp hasty = { .secure = true, .handshake_ms = 1 };
	struct raw_peer peer;

	if (!scp_open(&hasty) || !raw_peer_open(&peer, hasty.port, NULL)) {
		tell(false, "a hasty SCP listens");
		return;
	}
	scp_await(&hasty, &hasty.not_secured, 1);
	tell(hasty.last_error == DICOM_ERROR_NET_TIME_OUT,
	    "a silent peer is sent away for its time");
	scp_await(&hasty, &hasty.closed, 1);
	tell(raw_peer_next(&peer) == 0, "and its connection is closed");
	raw_peer_close(&peer);
	scp_close(&hasty);
}

/* -------------------------------------------------------------- dribbling --
 */

/* Each octet in a segment of its own; every so often a good one passes. */
static bool
dribble(struct raw_peer *peer, struct dt_span wire, struct crowd *good)
{
	const size_t step = wire.size / good_peers + 1;

	for (size_t i = 0; i < wire.size; i++) {
		if (!raw_peer_write(peer, dt_span(wire.data + i, 1)))
			return false;
		if (i % step == 0 && !scu_run(good))
			return false;
	}
	return true;
}

static void
dribbling_peer_is_served(void)
{
	struct dt_buffer request = { 0 };
	struct raw_peer peer;

	raw_associate_request(&request);
	raw_echo_request(&request);
	tell(raw_peer_open(&peer, plain_scp.port, NULL) &&
		 dribble(&peer, dt_buffer_span(&request), &plain_crowd),
	    "beside a peer that dribbles %zu octets all go on",
	    dt_buffer_size(&request));
	tell(raw_peer_next(&peer) == DT_PDU_ASSOCIATE_AC &&
		 raw_peer_next(&peer) == DT_PDU_DATA_TF,
	    "and it is answered itself");
	raw_peer_close(&peer);
	dt_buffer_clear(&request);
}

static void
dribbling_handshake_is_served(void)
{
	struct raw_peer peer = { .fd = -1 };
	struct dt_buffer hello = { 0 };
	struct dt_message why;
	const struct tls_config config = { .verify_depth = -1,
		.auth_level = -1 };
	const unsigned long echoes = crowd.echoes;
	bool good = raw_peer_open(&peer, scp.port, NULL);

	good =
	    good &&
	    dt_gnutls_backend.context_new(&peer.context, &config, &why) == 0 &&
	    dt_gnutls_backend.session_new(
		&peer.session, peer.context, TLS_CLIENT, NULL, NULL) == 0 &&
	    dt_gnutls_backend.handshake(peer.session) == TLS_WANT_INPUT;
	if (good)
		hello = *dt_gnutls_backend.output(peer.session);
	good = good && dribble(&peer, dt_buffer_span(&hello), &crowd);
	tell(good, "beside a ClientHello that dribbles %lu associations go on",
	    crowd.echoes - echoes);
	if (good) {
		char byte;

		tell(recv(peer.fd, &byte, 1, 0) == 1 && byte == 0x16,
		    "and it is answered by a handshake message");
	}
	raw_peer_close(&peer);
}

/* --------------------------------------------------------------- flooding --
 */

/* C-ECHO requests without end, and no answer is read. A good SCU passes each
 * time the SCP takes nothing for now. */
static void
flood(struct raw_peer *peer, struct crowd *good, const char *how)
{
	struct dt_buffer echoes = { 0 };
	const long heap = heap_bytes();
	long most = 0, sent = 0;
	unsigned held_up = 0, passed = 0, tried = 0;
	struct dt_span rest;

	for (int i = 0; i < 100; i++)
		raw_echo_request(&echoes);
	rest = dt_buffer_span(&echoes);
	while (sent < flood_bytes && held_up < good_peers) {
		ssize_t n = raw_peer_push(peer, rest);

		if (n < 0)
			break;
		sent += n;
		rest = dt_span(rest.data + n, rest.size - (size_t)n);
		if (rest.size == 0)
			rest = dt_buffer_span(&echoes);
		held_up = n > 0 ? 0 : held_up + 1;
		if (n == 0) {
			tried++;
			passed += scu_run(good);
		}
		if (heap_bytes() - heap > most)
			most = heap_bytes() - heap;
	}
	tell(passed == tried && run_good(good, good_peers) == good_peers,
	    "%s: beside and after %ld KiB of flood %u others go on", how,
	    sent / 1024, tried + good_peers);
	tell(most <= FLOOD_HEAP, "%s: it makes the SCP hold %ld KiB", how,
	    most / 1024);
	dt_buffer_clear(&echoes);
}

static void
flooding_peer_is_bounded(void)
{
	struct raw_peer peer;

	if (!raw_peer_open(&peer, plain_scp.port, NULL) ||
	    !raw_peer_associate(&peer))
		tell(false, "a peer to flood associates");
	else
		flood(&peer, &plain_crowd, "echoes nobody reads");
	raw_peer_close(&peer);
}

/* --------------------------------------------------------------- blocking --
 */

static struct gate {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct dt_loop *loop; /* that the first one blocks */
	bool open;
} gate = { .lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER };

static struct dt_loop *
loop_of(HDICOMNET handle)
{
	struct dt_net *net = dt_handle_get(handle);
	struct dt_loop *loop = net == NULL ? NULL : net->loop;

	dt_net_unref(net);
	return loop;
}

/* The first to come blocks, unless it would block the listener. */
static void
block(struct scp *blocking, HDICOMNET net)
{
	struct dt_loop *loop = loop_of(net);

	pthread_mutex_lock(&gate.lock);
	if (gate.loop == NULL && loop != loop_of(blocking->listener)) {
		gate.loop = loop;
		pthread_cond_broadcast(&gate.changed);
		while (!gate.open)
			pthread_cond_wait(&gate.changed, &gate.lock);
	}
	pthread_mutex_unlock(&gate.lock);
}

static void
blocking_callback_delays_its_loop_only(void)
{
	struct scp blocking = { .secure = true, .on_echo = block };
	struct crowd guests = { .secure = true };
	struct scu scus[64];
	unsigned long done = 0;

	if (!scp_open(&blocking)) {
		tell(false, "a blocking SCP listens");
		return;
	}
	guests.port = blocking.port;
	crowd_open(&guests);
	for (size_t i = 0; i < 64; i++)
		scu_start(&scus[i], &guests, SCU_RELEASES);
	pthread_mutex_lock(&gate.lock);
	while (gate.loop == NULL)
		pthread_cond_wait(&gate.changed, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
	/* Handles go to four loops in turn: of 128 no more than 32 are blocked,
	 * and with each an association. */
	crowd_await(&guests, &guests.over, 32);
	done = crowd_read(&guests, &guests.over);
	pthread_mutex_lock(&gate.lock);
	gate.open = true;
	pthread_cond_broadcast(&gate.changed);
	pthread_mutex_unlock(&gate.lock);
	crowd_await(&guests, &guests.over, 64);
	tell(done >= 32 && crowd_read(&guests, &guests.lost) == 0,
	    "while a callback blocks %lu of 64 associations end, then all",
	    done);
	for (size_t i = 0; i < 64; i++)
		scu_free(&scus[i]);
	scp_close(&blocking);
	crowd_close(&guests);
}

int
main(void)
{
	const char *load = getenv("LOAD");

	alarm(600);
	signal(SIGPIPE, SIG_IGN);
	heap_take_over();
	if (load != NULL && strcmp(load, "small") == 0) {
		silent_peers = good_peers = 20;
		flood_bytes /= 4;
	}
	usage_allow_files(4 * silent_peers + 200);
	if (!ends_prepare() || L_DicomStartUp() != DICOM_SUCCESS ||
	    !scp_open(&scp) || !scp_open(&plain_scp))
		return 2;
	crowd.port = scp.port;
	plain_crowd.port = plain_scp.port;
	crowd_open(&crowd);
	crowd_open(&plain_crowd);
	run_good(&crowd, 8);
	run_good(&plain_crowd, 8);
	silent_peers_harm_nobody();
	silent_peers_are_sent_away();
	dribbling_peer_is_served();
	dribbling_handshake_is_served();
	flooding_peer_is_bounded();
	blocking_callback_delays_its_loop_only();
	scp_close(&scp);
	scp_close(&plain_scp);
	L_DicomShutDown();
	ends_clean_up();
	return tell_end();
}

/*
 * What a network does to a connection short of cutting it: bytes come late,
 * twice, or in another order.
 *
 * Late: the connection is held after so many bytes, in either direction, until
 * another one has come and gone; then it goes on, and both end well. Twice or
 * swapped: TLS has to notice (RFC 8446 5.2), so that a connection is never
 * taken to have ended well by both ends; and each hears of its end once.
 *
 * The argument is the step between the places where it is held, 1 for every
 * byte. A plain program that speaks TAP.
 */
#include "faults/proxy.h"
#include "load/ends.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RECORD_HEADER 5
#define RECORD_MAX (RECORD_HEADER + 16384 + 256)
#define CHANGE_CIPHER_SPEC 20

enum what { PLAIN, HOLD, TWICE, SWAP };

static struct scp scp = { .secure = true };
static struct crowd direct = { .secure = true };

static struct fault {
	struct proxy proxy;
	enum what what;
	int direction;
	size_t at; /* byte, or number of the record */
	bool done;
	unsigned char bytes[DIRECTIONS][4 * RECORD_MAX]; /* read, not sent */
	size_t held[DIRECTIONS];
	size_t records[DIRECTIONS];
	unsigned char type; /* of the record this was done to */
} fault;

/* --- late --- */

static enum proxy_step
hold(struct proxy *proxy, int from, int to, int direction)
{
	size_t left = SIZE_MAX;

	if (direction == fault.direction && !fault.done) {
		left = fault.at - proxy->passed[direction];
		if (left == 0) {
			fault.done = true;
			scu_run(&direct);
			left = SIZE_MAX;
		}
	}
	return proxy_pass(proxy, from, to, direction, left);
}

/* --- record by record --- */

static size_t
record_size(const unsigned char *at, size_t held)
{
	size_t size;

	if (held < RECORD_HEADER)
		return 0;
	size = RECORD_HEADER + (size_t)(at[3] << 8 | at[4]);
	return size <= held ? size : 0;
}

static bool
give(int to, const unsigned char *bytes, size_t size)
{
	return send(to, bytes, size, MSG_NOSIGNAL) == (ssize_t)size;
}

/* Sends the first record and, if there is one, what is to go with it. */
static bool
give_record(int to, int direction, size_t size)
{
	unsigned char *at = fault.bytes[direction];
	size_t next = record_size(at + size, fault.held[direction] - size);
	bool here = direction == fault.direction && !fault.done &&
		    fault.records[direction] == fault.at;

	fault.records[direction]++;
	if (here && (fault.what == TWICE || next > 0)) {
		fault.done = fault.what != PLAIN;
		fault.type = at[0];
	}
	if (here && fault.what == SWAP && next > 0) {
		if (at[size] == CHANGE_CIPHER_SPEC)
			fault.type = CHANGE_CIPHER_SPEC;
		fault.records[direction]++;
		if (!give(to, at + size, next) || !give(to, at, size))
			return false;
		size += next;
	} else if (!give(to, at, size) ||
		   (here && fault.what == TWICE && !give(to, at, size))) {
		return false;
	}
	fault.held[direction] -= size;
	memmove(at, at + size, fault.held[direction]);
	return true;
}

static enum proxy_step
by_record(struct proxy *proxy, int from, int to, int direction)
{
	unsigned char *at = fault.bytes[direction];
	ssize_t n = recv(from, at + fault.held[direction],
	    sizeof(fault.bytes[direction]) - fault.held[direction], 0);
	size_t size;

	(void)proxy;
	if (n == 0 && shutdown(to, SHUT_WR) == 0)
		return PROXY_OVER;
	if (n <= 0)
		return PROXY_DROP;
	fault.held[direction] += (size_t)n;
	while ((size = record_size(at, fault.held[direction])) > 0)
		if (!give_record(to, direction, size))
			return PROXY_DROP;
	return PROXY_GO_ON;
}

/* --- one connection --- */

struct outcome {
	bool told_once;
	bool scu_well, scp_well;
};

static struct outcome
run(enum what what, int direction, size_t at)
{
	struct crowd crowd = { .secure = true };
	const unsigned long accepted = scp_read(&scp, &scp.accepted);
	const unsigned long well = scp_read(&scp, &scp.closed_well);
	struct outcome outcome;
	struct scu scu;

	memset(&fault, 0, sizeof(fault));
	fault.proxy.move = what == HOLD ? hold : by_record;
	fault.what = what;
	fault.direction = direction;
	fault.at = at;
	crowd.port = proxy_start(&fault.proxy, scp.port);
	crowd_open(&crowd);
	scu_start(&scu, &crowd, SCU_RELEASES);
	scu_await_end(&scu);
	scu_free(&scu);
	proxy_join(&fault.proxy);
	scp_await(&scp, &scp.accepted, accepted + 1);
	scp_await(&scp, &scp.closed, scp_read(&scp, &scp.accepted));
	outcome.told_once = scu_was_told_once(&scu);
	outcome.scu_well = scu.error == DICOM_SUCCESS && scu.echoes == 1;
	outcome.scp_well = scp_read(&scp, &scp.closed_well) ==
			   well + 1 + (what == HOLD && fault.done);
	crowd_close(&crowd);
	return outcome;
}

static const char *const ways[] = { "to the SCP", "to the SCU" };

static void
hold_everywhere(int direction, size_t size, size_t step)
{
	unsigned long held = 0, failed = 0;

	for (size_t at = 0; at < size; at += step) {
		struct outcome o = run(HOLD, direction, at);

		held += fault.done;
		if (o.told_once && o.scu_well && o.scp_well)
			continue;
		failed++;
		printf("# held at %zu %s: %d %d %d\n", at, ways[direction],
		    o.told_once, o.scu_well, o.scp_well);
	}
	tell(held > 0 && failed == 0,
	    "%lu held at a byte on the way %s while others pass end well", held,
	    ways[direction]);
}

/* A change_cipher_spec record means nothing in TLS 1.3 (RFC 8446 5), and what
 * comes behind the last record is not read. */
static void
spoil_everywhere(enum what what, int direction, size_t records)
{
	unsigned long spoilt = 0, wrong = 0;

	for (size_t at = 0; at + 1 < records; at++) {
		struct outcome o = run(what, direction, at);
		bool harmless = !fault.done || fault.type == CHANGE_CIPHER_SPEC;

		spoilt += fault.done;
		if (o.told_once && (harmless || !o.scu_well || !o.scp_well))
			continue;
		wrong++;
		printf("# record %zu %s: %d %d %d\n", at, ways[direction],
		    o.told_once, o.scu_well, o.scp_well);
	}
	tell(spoilt > 0 && wrong == 0, "%lu of %zu records %s on the way %s%s",
	    spoilt, records, what == TWICE ? "sent twice" : "swapped",
	    ways[direction], " are rejected");
}

int
main(int argc, char **argv)
{
	const size_t step = argc > 1 ? strtoul(argv[1], NULL, 10) : 67;
	size_t sizes[DIRECTIONS], records[DIRECTIONS];
	struct outcome plain;

	alarm(600);
	if (step == 0 || !ends_prepare() || L_DicomStartUp() != DICOM_SUCCESS ||
	    !scp_open(&scp))
		return 2;
	direct.port = scp.port;
	crowd_open(&direct);
	plain = run(PLAIN, TO_SCP, SIZE_MAX);
	memcpy(records, fault.records, sizeof(records));
	tell(plain.told_once && plain.scu_well && plain.scp_well,
	    "%zu and %zu records pass unchanged", records[TO_SCP],
	    records[TO_SCU]);
	run(HOLD, TO_SCP, SIZE_MAX);
	memcpy(sizes, fault.proxy.passed, sizeof(sizes));
	for (int i = 0; i < DIRECTIONS; i++) {
		hold_everywhere(i, sizes[i], step);
		spoil_everywhere(TWICE, i, records[i]);
		spoil_everywhere(SWAP, i, records[i]);
	}
	tell(scu_run(&direct), "afterwards a connection works as before");
	scp_close(&scp);
	L_DicomShutDown();
	ends_clean_up();
	return tell_end();
}

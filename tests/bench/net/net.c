/*
 * C-STORE against what TLS itself costs and against DCMTK's: the same octets,
 * TLS 1.3 with AES-256-GCM, loopback, by turns in one run.
 *
 *	net [PORT]
 *
 * in a folder with certificates of tests/tools/mint_files; PORT is where a
 * storescp waits. BENCH_NET_MIB (1024) is the size of the data set,
 * BENCH_NET_ROUNDS (5) how often. A line is
 *
 *	bench NAME ours MIB/S NAME MIB/S ratio R goal G ok|SHORT MiB/s
 *
 * with medians of the wall's clock, connection and handshake included, and the
 * median of the rounds' ratios, ours to theirs: more is better.
 */
#include "net.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#define MAX_ROUNDS 31

extern char **environ;

double
net_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double
net_dcmtk(unsigned port)
{
	char number[8];
	/* The largest PDU it has. */
	char *arguments[] = { "storescu", "+tls", NET_CLIENT_KEY, NET_CLIENT,
		"+cf", NET_CA, "-pdu", "131072", "127.0.0.1", number, NET_FILE,
		NULL };
	double begun = net_now();
	int status = 1;
	pid_t child;

	snprintf(number, sizeof(number), "%u", port);
	if (posix_spawnp(
		&child, arguments[0], NULL, NULL, arguments, environ) == 0)
		waitpid(child, &status, 0);
	if (status != 0)
		printf("# storescu failed\n");
	return status == 0 ? net_now() - begun : -1;
}

static unsigned
number_of(const char *name, unsigned otherwise, unsigned most)
{
	const char *text = getenv(name);
	unsigned long value = text == NULL ? 0 : strtoul(text, NULL, 10);

	return value == 0 || value > most ? otherwise : (unsigned)value;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(const double *values, unsigned count)
{
	double sorted[MAX_ROUNDS];

	for (unsigned i = 0; i < count; i++)
		sorted[i] = values[i];
	qsort(sorted, count, sizeof(sorted[0]), compare);
	return count % 2 != 0 ? sorted[count / 2]
			      : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

struct row {
	const char *name, *against;
	double goal;
	double theirs[MAX_ROUNDS];
};

static void
report(const struct row *row, const double *ours, unsigned rounds, unsigned mib)
{
	double ratios[MAX_ROUNDS];
	double ratio;

	for (unsigned i = 0; i < rounds; i++)
		ratios[i] = row->theirs[i] / ours[i];
	ratio = median(ratios, rounds);
	printf("bench %-30s ours %11.2f %-7s %11.2f ratio %8.4f goal %5.2f "
	       "%-5s MiB/s\n",
	    row->name, mib / median(ours, rounds), row->against,
	    mib / median(row->theirs, rounds), ratio, row->goal,
	    ratio >= row->goal ? "ok" : "SHORT");
}

/* Seconds of processor of all threads. */
static double
processor(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool
run_round(unsigned port, uint64_t size, double *ours, struct row rows[2],
    unsigned round)
{
	double begun = processor(), between;

	rows[0].theirs[round] = net_bare(size);
	between = processor();
	ours[round] = net_ours(size);
	printf("# round %u: processor, both ends: ours %.3f s, gnutls %.3f s\n",
	    round + 1, processor() - between, between - begun);
	fflush(stdout);
	if (port != 0)
		rows[1].theirs[round] = net_dcmtk(port);
	return rows[0].theirs[round] > 0 && ours[round] > 0 &&
	       (port == 0 || rows[1].theirs[round] > 0);
}

int
main(int argc, char **argv)
{
	unsigned mib = number_of("BENCH_NET_MIB", 1024, 4000);
	unsigned rounds = number_of("BENCH_NET_ROUNDS", 5, MAX_ROUNDS);
	unsigned port = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
	static struct row rows[2] = {
		{ .name = "store/bare", .against = "gnutls", .goal = 0.90 },
		{ .name = "store/dcmtk", .against = "dcmtk", .goal = 1.00 },
	};
	static double ours[MAX_ROUNDS];
	uint64_t size = (uint64_t)mib << 20;
	bool good = net_make_file(size);

	printf("# %u MiB, %u rounds\n", mib, rounds);
	fflush(stdout);
	for (unsigned i = 0; i < rounds && good; i++)
		good = run_round(port, size, ours, rows, i);
	remove(NET_FILE);
	if (!good)
		return 1;
	report(&rows[0], ours, rounds, mib);
	if (port != 0)
		report(&rows[1], ours, rounds, mib);
	else
		printf("# store/dcmtk was not run: %s\n",
		    "no DCMTK, or no network namespace for it");
	return 0;
}

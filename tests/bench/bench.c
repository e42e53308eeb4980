/*
 * bench: our library against OpenSSL, and GnuTLS's own verification where it
 * has one, by turns in this process.
 *
 *	bench [--anchors=N] [--crl=N] [--rounds=N] [--seconds=S]
 *	    [--only=TEXT] [--json] [--ours]
 *
 * Each row gives medians in microseconds of process CPU time, the median of the
 * rounds' ratios ours/theirs, the goal for the ratio to OpenSSL (SHORT: it is
 * missed; a goal may bind from a size on), and allocations. --only takes the
 * rows whose name contains the text; a row measures for S seconds or N rounds
 * at most. --ours runs our side alone, under callgrind for instance.
 *
 * Exit status 0; 1 our verdict is not OpenSSL's or not the one that the row is
 * about (DIFFERS); 2 wrong usage; 3 it could not run.
 */
#include "bench/measure.h"

#include "dicomtls.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

struct settings {
	struct bench_sizes sizes;
	unsigned rounds;
	unsigned seconds;
	const char *only;
	bool json;
	bool ours;
};

enum peer { OURS, OPENSSL, GNUTLS };

struct row {
	const char *name;
	enum bench_kind kind;
	enum bench_operation operation;
	bool gnutls;   /* can do it, and in reasonable time */
	double goal;   /* 0: none */
	int error;     /* that the verdict must have; 0: accepted */
	unsigned from; /* anchors or CRL entries from which it binds */
};

static const struct row rows[] = {
	{ "parse-rsa2048", BENCH_RSA, BENCH_PARSE, true, 0.03, 0, 0 },
	{ "chain3-rsa2048", BENCH_RSA, BENCH_VERIFY, true, 0.30, 0, 0 },
	{ "parse-p256", BENCH_P256, BENCH_PARSE, true, 0.03, 0, 0 },
	{ "chain3-p256", BENCH_P256, BENCH_VERIFY, true, 0.80, 0, 0 },
	{ "load-anchors", BENCH_MANY, BENCH_LOAD, true, 0.01, 0, 10000 },
	{ "verify-anchors", BENCH_MANY, BENCH_VERIFY, true, 0, 0, 0 },
	{ "verify-namesakes", BENCH_NAMESAKES, BENCH_VERIFY, true, 1.0, 0, 0 },
	{ "load-crl", BENCH_CRL, BENCH_LOAD_USE, true, 0.35, 0, 1000000 },
	{ "verify-crl", BENCH_CRL, BENCH_VERIFY, true, 0.05, 0, 1000000 },
	{ "names-permitted", BENCH_PERMITTED, BENCH_VERIFY, true, 1.0, 0, 0 },
	{ "names-excluded", BENCH_EXCLUDED, BENCH_VERIFY, true, 1.0, 0, 0 },
	{ "policies-many", BENCH_POLICIES, BENCH_VERIFY, false, 1.0, 0, 0 },
	{ "policies-mapped", BENCH_MAPPINGS, BENCH_VERIFY, false, 1.0,
	    DICOMTLS_V_ERR_OUT_OF_MEM, 0 },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static unsigned
row_size(const struct row *row, const struct bench_sizes *sizes)
{
	if (row->kind == BENCH_MANY)
		return sizes->anchors;
	return row->kind == BENCH_CRL ? sizes->crl_entries : 0;
}

static const char *
judge(const struct row *row, double goal, const struct bench_result *result)
{
	const struct bench_verdict *ours = &result->verdict[OURS];
	const struct bench_verdict *theirs = &result->verdict[OPENSSL];

	if (ours->error != row->error)
		return "DIFFERS";
	if (result->seconds[OPENSSL] > 0 &&
	    (ours->result != theirs->result || ours->error != theirs->error))
		return "DIFFERS";
	if (goal <= 0 || result->seconds[OPENSSL] <= 0)
		return "-";
	return result->ratio[OPENSSL] <= goal ? "ok" : "SHORT";
}

static const char *const peer_names[] = { "ours", "openssl", "gnutls" };

static void
print_text(const char *name, unsigned size, double goal, const char *judgement,
    const struct bench_result *result)
{
	char label[40];

	snprintf(label, sizeof(label), size == 0 ? "%s" : "%s-%u", name, size);
	printf("bench %-22s ours %10.1f", label, result->seconds[OURS] * 1e6);
	for (size_t i = OPENSSL; i < BENCH_PEERS; i++) {
		if (result->seconds[i] > 0)
			printf(" %s %10.1f ratio %7.4f", peer_names[i],
			    result->seconds[i] * 1e6, result->ratio[i]);
		else
			printf(" %s %10s ratio %7s", peer_names[i], "-", "-");
		if (i == OPENSSL && goal > 0)
			printf(" goal %4.2f %-7s", goal, judgement);
		else if (i == OPENSSL)
			printf(" goal    - %-7s", judgement);
	}
	printf(" allocations %zu/%zu/%zu\n", result->allocations[OURS],
	    result->allocations[OPENSSL], result->allocations[GNUTLS]);
	fflush(stdout);
}

static void
print_json(const char *name, unsigned size, double goal, const char *judgement,
    const struct bench_result *result)
{
	printf("{\"bench\":\"%s\",\"size\":%u,\"rounds\":%u", name, size,
	    result->rounds);
	for (size_t i = 0; i < BENCH_PEERS; i++)
		if (result->seconds[i] > 0)
			printf(",\"%s\":{\"us\":%.3f,\"allocations\":%zu,"
			       "\"result\":%d,\"error\":%d}",
			    peer_names[i], result->seconds[i] * 1e6,
			    result->allocations[i], result->verdict[i].result,
			    result->verdict[i].error);
	if (result->seconds[OPENSSL] > 0)
		printf(",\"ratio\":%.5f", result->ratio[OPENSSL]);
	if (result->seconds[GNUTLS] > 0)
		printf(",\"ratio_gnutls\":%.5f", result->ratio[GNUTLS]);
	if (goal > 0)
		printf(",\"goal\":%.2f", goal);
	printf(",\"judgement\":\"%s\"}\n", judgement);
	fflush(stdout);
}

/* What a row verifies with; loading is measured with stores of its own. */
static bool
load(struct bench_task *task)
{
	for (size_t i = 0; i < BENCH_PEERS; i++) {
		if (task->peers[i] == NULL || task->trust[i] != NULL)
			continue;
		task->trust[i] = task->peers[i]->load(task->input);
		if (task->trust[i] == NULL)
			return false;
	}
	return true;
}

/* Exit status of one row. */
static int
run(const struct row *row, const struct settings *settings,
    const struct bench_input *input)
{
	unsigned size = row_size(row, &settings->sizes);
	double goal = size >= row->from ? row->goal : 0;
	struct bench_task task = { row->operation, input, settings->rounds,
		settings->seconds, { &bench_ours }, { NULL } };
	struct bench_result result;
	const char *judgement;
	bool ok;

	if (!settings->ours)
		task.peers[OPENSSL] = &bench_openssl;
	if (!settings->ours && row->gnutls)
		task.peers[GNUTLS] = &bench_gnutls;
	ok = (row->operation != BENCH_VERIFY || load(&task)) &&
	     bench_measure(&task, &result);
	for (size_t i = 0; i < BENCH_PEERS; i++)
		if (task.trust[i] != NULL)
			task.peers[i]->unload(task.trust[i]);
	if (!ok) {
		fprintf(stderr, "bench: %s could not be done\n", row->name);
		return 3;
	}
	judgement = judge(row, goal, &result);
	(settings->json ? print_json : print_text)(
	    row->name, size, goal, judgement, &result);
	return strcmp(judgement, "DIFFERS") == 0;
}

static int
run_all(const struct settings *settings, const struct mint_dir *dir)
{
	struct bench_input input = { 0 };
	int worst = 0;

	for (size_t i = 0; i < ROWS && worst < 3; i++) {
		int status = 3;

		if (strstr(rows[i].name, settings->only) == NULL)
			continue;
		if (bench_input_make(
			&input, rows[i].kind, &settings->sizes, dir))
			status = run(&rows[i], settings, &input);
		bench_input_clear(&input);
		worst = status > worst ? status : worst;
	}
	return worst;
}

static const struct option options[] = {
	{ "anchors", required_argument, NULL, 'a' },
	{ "crl", required_argument, NULL, 'c' },
	{ "rounds", required_argument, NULL, 'r' },
	{ "seconds", required_argument, NULL, 's' },
	{ "only", required_argument, NULL, 'o' },
	{ "json", no_argument, NULL, 'j' },
	{ "ours", no_argument, NULL, 'u' },
	{ NULL, 0, NULL, 0 },
};

static bool
parse_number(const char *text, unsigned *value)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (end == text || *end != '\0' || number == 0 || number > 10000000)
		return false;
	*value = (unsigned)number;
	return true;
}

static bool
parse_options(int argc, char **argv, struct settings *settings)
{
	bool ok = true;
	int c;

	while (ok && (c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'a')
			ok = parse_number(optarg, &settings->sizes.anchors);
		else if (c == 'c')
			ok = parse_number(optarg, &settings->sizes.crl_entries);
		else if (c == 'r')
			ok = parse_number(optarg, &settings->rounds);
		else if (c == 's')
			ok = parse_number(optarg, &settings->seconds);
		else if (c == 'o')
			settings->only = optarg;
		else if (c == 'j')
			settings->json = true;
		else if (c == 'u')
			settings->ours = true;
		else
			ok = false;
	}
	return ok && optind == argc;
}

int
main(int argc, char **argv)
{
	struct settings settings = { { 1000, 10000 }, 31, 4, "", false, false };
	struct mint_dir dir;
	int status;

	if (!parse_options(argc, argv, &settings)) {
		fprintf(stderr,
		    "usage: %s [--anchors=N] [--crl=N] [--rounds=N]\n"
		    "           [--seconds=S] [--only=TEXT] [--json] "
		    "[--ours]\n",
		    argv[0]);
		return 2;
	}
	if (mint_dir_make(&dir) < 0) {
		fprintf(stderr, "bench: no temporary directory\n");
		return 3;
	}
	status = run_all(&settings, &dir);
	mint_dir_remove(&dir);
	return status;
}

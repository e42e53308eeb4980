/* Command lines and their peers; see play.h. */
#include "faults/play.h"

#include "dicom/part10.h"
#include "tools/inbox.h"
#include "tools/scp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* An SCU that a listener without memory turns away tries again. */
#define TRIES 5

#define CA "--ca-file", "ca.pem"
#define SCU(name) "--cert", name ".pem", "--key", name ".key"
#define TO_SCP "127.0.0.1", "PORT"
#define SCP "listen", "--once", "--port", "0", CA, SCU("server")

static const struct play plays[] = {
	{ "help", PLAY_ALONE, 0, false, 1, { "verify", "--help" } },
	{ "codes", PLAY_ALONE, 0, false, 1, { "codes" } },
	{ "codes-json", PLAY_ALONE, 0, false, 1, { "codes", "--json" } },
	{ "show", PLAY_ALONE, 0, false, 1,
	    { "show", "two.pem", "ca.crl", "rsa.der" } },
	{ "show-json", PLAY_ALONE, 0, false, 1,
	    { "show", "--json", "two.pem", "ca.crl", "cas.crl" } },
	{ "verify", PLAY_ALONE, 0, false, 1,
	    { "verify", CA, "--purpose", "sslclient", "good.pem", "rsa.der",
		"below.pem" } },
	{ "verify-json", PLAY_ALONE, 0, false, 1,
	    { "verify", "--json", CA, "--purpose", "sslclient", "below.pem" } },
	{ "verify-refuses", PLAY_ALONE, 1, false, 1,
	    { "verify", CA, "bad.pem" } },
	{ "verify-revoked", PLAY_ALONE, 1, false, 1,
	    { "verify", CA, "--crl-check", "--crl-file", "ca.crl", "--purpose",
		"sslclient", "revoked.pem" } },
	{ "verify-crl", PLAY_ALONE, 0, false, 1,
	    { "verify", CA, "--crl-check-all", "--crl-file", "ca.crl",
		"--purpose", "sslclient", "good.pem", "rsa.pem" } },
	{ "verify-names", PLAY_ALONE, 0, false, 1,
	    { "verify", CA, "--hostname", "pacs.example", "--ip", "127.0.0.1",
		"--purpose", "sslserver", "server.pem" } },
	{ "verify-wrong-name", PLAY_ALONE, 1, false, 1,
	    { "verify", CA, "--hostname", "other.example", "--email",
		"x@y.example", "--purpose", "sslserver", "server.pem" } },
	{ "verify-policies", PLAY_ALONE, 0, false, 1,
	    { "verify", CA, "--policy", "1.2.3.4", "--explicit-policy",
		"--policy-notify", "--purpose", "sslclient", "--at-time",
		"20270101000000Z", "--untrusted", "two.pem", "policy.pem" } },
	{ "verify-overrides", PLAY_ALONE, 0, true, 1,
	    { "verify", "--json", CA, "--accept-anyway", "--second-opinion",
		"--purpose", "sslclient", "expired.pem", "weak.pem" } },
	{ "echo", PLAY_SCP, 0, false, 1,
	    { "echo", CA, SCU("good"), "--hostname", "127.0.0.1", TO_SCP } },
	{ "echo-json", PLAY_SCP, 0, false, 1,
	    { "echo", "--json", CA, "--cert", "good.pem", "--key", "locked.key",
		"--key-password-file", "password", "--crl-check", "--crl-file",
		"ca.crl", "--profile", "B.12", TO_SCP } },
	{ "echo-is-refused", PLAY_SCP, 1, false, 1,
	    { "echo", CA, SCU("bad"), TO_SCP } },
	{ "echo-refuses", PLAY_SCP, 1, false, 1,
	    { "echo", "--ca-file", "stranger.pem", SCU("rsa"), TO_SCP } },
	{ "send", PLAY_SCP, 0, false, 1,
	    { "send", CA, SCU("good"), "ct.dcm", "mr.dcm", TO_SCP } },
	{ "send-json", PLAY_SCP, 0, false, 1,
	    { "send", "--json", CA, SCU("rsa"), "--recurse", "files",
		TO_SCP } },
	{ "listen", PLAY_ECHOES, 0, false, 1, { SCP } },
	{ "listen-stores", PLAY_STORES, 0, false, 1,
	    { SCP, "--output-dir", "kept" } },
	{ "listen-json", PLAY_STORES, 0, false, 1,
	    { SCP, "--json", "--resume", "--crl-check", "--crl-file", "ca.crl",
		"--profile", "B.12", "--output-dir", "kept" } },
	{ "listen-refuses", PLAY_FOREIGN, 1, false, 1, { SCP } },
	/* Most of its 13,000 are for making the certificates. */
	{ "demo", PLAY_ALONE, 0, true, 13, { "demo" } },
};

/* What is sent, and what is received of it. */
static const struct data {
	const char *file, *kept;
	const char *args[4]; /* of make_dicom */
} data[] = {
	{ "ct.dcm", "1.2.3.1.dcm",
	    { "1.2.840.10008.5.1.4.1.1.2", "1.2.3.1", "1.2.840.10008.1.2.1",
		"100000" } },
	{ "mr.dcm", "1.2.3.2.dcm",
	    { "1.2.840.10008.5.1.4.1.1.4", "1.2.3.2", "1.2.840.10008.1.2",
		"3000" } },
};
#define DATA (sizeof(data) / sizeof(data[0]))

static const char *const scu_echoes[] = { "echo", CA, SCU("good"), TO_SCP,
	NULL };
static const char *const scu_stores[] = { "send", CA, SCU("good"), "ct.dcm",
	"mr.dcm", TO_SCP, NULL };
static const char *const scu_foreign[] = { "echo", CA, SCU("bad"), TO_SCP,
	NULL };

static const char *const *const scus[] = {
	[PLAY_ECHOES] = scu_echoes,
	[PLAY_STORES] = scu_stores,
	[PLAY_FOREIGN] = scu_foreign,
};

static char folder[] = "/tmp/dicomtls-XXXXXX";
static char top[4096];
static char port[16]; /* of the SCP that goes on, or of the listener */
static pid_t scp;
static int scp_ready[2];

/* -------------------------------------------------------------- files -- */

static bool
run_program(const char *name, const char *const *args)
{
	const char *words[8] = { name };
	char path[8192];
	int status;
	pid_t child = fork();

	if (child == 0) {
		for (size_t i = 0; args != NULL && args[i] != NULL && i < 6;
		     i++)
			words[i + 1] = args[i];
		snprintf(path, sizeof(path), "%s/%s", top, name);
		execv(path, (char **)words);
		_exit(1);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool
make_data(void)
{
	bool made = true;

	for (size_t i = 0; made && i < DATA; i++) {
		const char *const *a = data[i].args;
		const char *args[] = { data[i].file, a[0], a[1], a[2], a[3],
			NULL };
		char path[64];

		snprintf(path, sizeof(path), "files/%s", data[i].file);
		made = run_program("tests/tools/make_dicom", args) &&
		       link(data[i].file, path) == 0;
	}
	return made;
}

static bool
read_whole(const char *path, struct dt_buffer *into)
{
	FILE *file = fopen(path, "rb");
	uint8_t octets[4096];
	size_t got;

	if (file == NULL)
		return false;
	while ((got = fread(octets, 1, sizeof(octets), file)) > 0)
		dt_buffer_append(into, octets, got);
	fclose(file);
	return !dt_buffer_failed(into);
}

/* The data set behind the file's head is the one that was sent. */
static bool
is_whole(const char *directory, const struct data *item)
{
	struct dt_buffer kept = { 0 }, sent = { 0 };
	struct dt_part10 meta;
	size_t offset = 0;
	char path[64], original[64];
	bool whole;

	snprintf(path, sizeof(path), "%s/%s", directory, item->kept);
	snprintf(original, sizeof(original), "%s.data", item->file);
	whole =
	    read_whole(path, &kept) && read_whole(original, &sent) &&
	    dt_part10_read(dt_buffer_span(&kept), &meta, &offset, NULL) == 0 &&
	    dt_span_equal(dt_span_tail(dt_buffer_span(&kept), offset),
		dt_buffer_span(&sent));
	dt_buffer_clear(&kept);
	dt_buffer_clear(&sent);
	return whole;
}

static int
remove_entry(
    const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

static void
empty(const char *directory)
{
	nftw(directory, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	mkdir(directory, 0700);
}

/* ---------------------------------------------------------------- SCP -- */

/* Until SIGTERM, so that it ends in good order. */
static int
serve(void *arg)
{
	struct endpoint_settings endpoint = ENDPOINT_SETTINGS_DEFAULT;
	struct scp_request request = { .bind = "127.0.0.1" };
	struct report report;
	struct dt_message why;
	struct scp *service;
	sigset_t end;
	int number;

	(void)arg;
	alarm(0);
	endpoint.ca_file = "ca.pem";
	endpoint.certificate = "server.pem";
	endpoint.key = "server.key";
	endpoint.verify_mode =
	    L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
	report_init(&report, false);
	request.endpoint = endpoint;
	request.report = &report;
	request.inbox = inbox_open("received", 0, &why);
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigprocmask(SIG_BLOCK, &end, NULL);
	if (L_DicomStartUp() != DICOM_SUCCESS ||
	    (service = scp_start(&request, &why)) == NULL)
		return 1;
	dprintf(scp_ready[1], "%u\n", scp_port(service));
	sigwait(&end, &number);
	scp_stop(service);
	L_DicomShutDown();
	inbox_close(request.inbox);
	return 0;
}

static bool
start_scp(void)
{
	ssize_t got;

	if (pipe(scp_ready) < 0)
		return false;
	scp = starve_spawn(serve, NULL);
	close(scp_ready[1]);
	got = read(scp_ready[0], port, sizeof(port) - 1);
	close(scp_ready[0]);
	if (got <= 1)
		return false;
	port[got - 1] = '\0';
	return true;
}

bool
plays_end_well(void)
{
	DIR *directory;
	const struct dirent *entry;
	bool well;
	int status = 1;

	if (scp == 0)
		return true;
	well = kill(scp, SIGTERM) == 0 && waitpid(scp, &status, 0) == scp &&
	       status == 0;
	scp = 0;
	directory = opendir("received");
	while (directory != NULL && (entry = readdir(directory)) != NULL)
		well = well && strstr(entry->d_name, ".part") == NULL;
	if (directory != NULL)
		closedir(directory);
	return well;
}

/* ---------------------------------------------------------------- SCU -- */

static pid_t scu;
static const char *const *scu_argv;
static int scu_status;

/* The words of a command line, with the port. */
static void
fill_in(const char *const *argv, char **words)
{
	size_t i = 0;

	for (; argv[i] != NULL; i++)
		words[i] =
		    strcmp(argv[i], "PORT") == 0 ? port : (char *)argv[i];
	words[i] = NULL;
}

static int
call(void *arg)
{
	char *words[24];
	int status = 1;

	(void)arg;
	fill_in(scu_argv, words);
	for (int i = 0; i < TRIES && status == 1; i++)
		status = starve_run(words);
	return status;
}

/* The listener's first line tells where it is. */
static void
call_listener(const char *line)
{
	const char *at = strstr(line, "\"port\":");

	if (at != NULL)
		at += strlen("\"port\":");
	else if (strncmp(line, "listening on ", 13) == 0)
		at = strrchr(line, ':') + 1;
	if (at == NULL)
		return;
	snprintf(port, sizeof(port), "%lu", strtoul(at, NULL, 10));
	scu = starve_spawn(call, NULL);
}

/* --------------------------------------------------------------- plays -- */

const struct play *
play_at(size_t index)
{
	return index < sizeof(plays) / sizeof(plays[0]) ? &plays[index] : NULL;
}

void
play_run(
    const struct play *play, size_t nth, bool traced, struct outcome *outcome)
{
	char *words[24];
	bool calls = play->peer > PLAY_SCP;

	if (play->peer == PLAY_SCP && scp == 0 && !start_scp())
		abort();
	if (play->peer == PLAY_STORES)
		empty("kept");
	for (size_t i = 0; play->peer == PLAY_SCP && i < DATA; i++) {
		char path[64];

		snprintf(path, sizeof(path), "received/%s", data[i].kept);
		unlink(path);
	}
	scu = 0;
	scu_status = -1;
	scu_argv = calls ? scus[play->peer] : NULL;
	fill_in(play->argv, words);
	starve(&(struct hunger){ words, nth, calls ? call_listener : NULL,
		   traced },
	    outcome);
	if (scu > 0 && waitpid(scu, &scu_status, 0) != scu)
		scu_status = -1;
}

static int
compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted, since two ends of a link speak at the same time, and without ports.
 * The number of lines. */
static size_t
split(char *text, char **lines, size_t room)
{
	size_t count = 0;
	char *save = NULL;

	if (text == NULL)
		return 0;
	for (char *at = text; (at = strstr(at, "127.0.0.1:")) != NULL;) {
		at += strlen("127.0.0.1:");
		for (; *at >= '0' && *at <= '9'; at++)
			*at = '#';
	}
	for (char *at = text; (at = strstr(at, "\"port\":")) != NULL;)
		for (at += strlen("\"port\":"); *at >= '0' && *at <= '9'; at++)
			*at = '#';
	/* Of the certificates that the demo makes the dates are those of now.
	 */
	for (char *line = strtok_r(text, "\n", &save);
	     line != NULL && count < room; line = strtok_r(NULL, "\n", &save))
		if (strncmp(line + strspn(line, " "), "Valid ", 6) != 0)
			lines[count++] = line;
	qsort(lines, count, sizeof(*lines), compare_lines);
	return count;
}

enum { LINES = 2048 };

bool
play_says_the_same(const struct play *play, const struct outcome *want,
    const struct outcome *got)
{
	char *wanted_text = strdup(want->out), *got_text = strdup(got->out);
	char *wanted[LINES], *had[LINES];
	size_t wanted_count = split(wanted_text, wanted, LINES);
	size_t had_count = split(got_text, had, LINES);
	size_t found = 0;
	bool same;

	for (size_t i = 0; i < had_count && found < wanted_count; i++)
		found += strcmp(had[i], wanted[found]) == 0;
	same = found == wanted_count &&
	       (had_count == wanted_count || play->peer > PLAY_SCP);
	free(wanted_text);
	free(got_text);
	return same;
}

static bool
tells_of_failure(const char *line)
{
	return strstr(line, "\"ok\":false,\"error\":") != NULL ||
	       (strncmp(line, "VERIFY ", 7) == 0 &&
		   strstr(line, " failed ") != NULL);
}

bool
play_tells_of_another_failure(
    const struct outcome *want, const struct outcome *got)
{
	char *wanted_text = strdup(want->out), *got_text = strdup(got->out);
	char *wanted[LINES], *had[LINES];
	size_t wanted_count = split(wanted_text, wanted, LINES);
	size_t had_count = split(got_text, had, LINES);
	bool another = false;

	for (size_t i = 0; i < had_count && !another; i++) {
		bool known = !tells_of_failure(had[i]);

		for (size_t j = 0; j < wanted_count && !known; j++)
			known = strcmp(had[i], wanted[j]) == 0;
		another = !known;
	}
	free(wanted_text);
	free(got_text);
	return another;
}

bool
play_left_whole_files(const struct play *play, const struct outcome *got)
{
	const char *directory = play->peer == PLAY_STORES ? "kept" : "received";
	bool confirmed =
	    play->peer == PLAY_STORES
		? scu_status == 0 || got->status == 0
		: strcmp(play->argv[0], "send") == 0 && got->status == 0;
	char path[64];

	if (play->peer != PLAY_STORES && play->peer != PLAY_SCP)
		return true;
	for (size_t i = 0; i < DATA; i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, data[i].kept);
		if ((confirmed || access(path, F_OK) == 0) &&
		    !is_whole(directory, &data[i]))
			return false;
	}
	return true;
}

bool
plays_prepare(void)
{
	if (getcwd(top, sizeof(top)) == NULL || mkdtemp(folder) == NULL ||
	    chdir(folder) < 0)
		return false;
	return mkdir("received", 0700) == 0 && mkdir("kept", 0700) == 0 &&
	       mkdir("files", 0700) == 0 &&
	       run_program("tests/tools/mint_files", NULL) && make_data();
}

void
plays_clean_up(void)
{
	if (chdir("/") == 0)
		nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

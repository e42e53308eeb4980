/*
 * Peers that do TLS wrong, one after another, and a good one after each.
 * Usage: tls_peer [--reference] PORT CERTIFICATE KEY CA, with dicomtls listen
 * at that port, or with the reference, which is OpenSSL.
 *
 * A plain program that speaks TAP.
 */
#include "hostile/rows.h"
#include "hostile/wire.h"
#include "load/raw_peer.h"
#include "load/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned port;
static bool reference;
static unsigned deviations;
static struct tls_config config = {
	.verify_depth = -1, .auth_level = -1, .file_type = TLS_FILE_PEM
};

/* A handshake and an association; the peer then goes. */
static bool
good_association_passes(void)
{
	struct raw_peer peer;
	bool good =
	    raw_peer_open(&peer, port, &config) && raw_peer_associate(&peer);

	raw_peer_close(&peer);
	return good;
}

static void
ended(const struct row_end *row, int outcome)
{
	const int differs = reference ? row->openssl : row->ours;
	const int wanted = differs != 0 ? differs : row->wanted;

	if (outcome != wanted)
		printf("# ended with %d instead of %d\n", outcome, wanted);
	deviations += differs != 0;
	tell(outcome == wanted && (reference || good_association_passes()),
	    "%s: %s: %d, by %s%s", row->group, row->name, wanted, row->clause,
	    differs != 0 ? " otherwise" : "");
}

int
main(int argc, char **argv)
{
	reference = argc > 1 && strcmp(argv[1], "--reference") == 0;
	argc -= reference;
	argv += reference;
	if (argc != 5)
		return 2;
	port = (unsigned)strtoul(argv[1], NULL, 10);
	config.certificate_file = argv[2];
	config.key_file = argv[3];
	config.ca_file = argv[4];
	scripted_rows(port, ended);
	changed_rows(port, &config, ended);
	printf("# %u rows end otherwise than by their clause\n", deviations);
	return tell_end();
}

/*
 * Peers that do TLS wrong, one after another, and a good one after each.
 * Usage: tls_peer PORT CERTIFICATE KEY CA, with dicomtls listen at that port.
 *
 * A plain program that speaks TAP.
 */
#include "hostile/rows.h"
#include "hostile/wire.h"
#include "load/raw_peer.h"
#include "load/tell.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned port;
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
ended(const char *group, const char *name, int wanted, int outcome)
{
	if (outcome != wanted)
		printf("# ended with %d instead of %d\n", outcome, wanted);
	tell(outcome == wanted && good_association_passes(), "%s: %s: %d",
	    group, name, wanted);
}

int
main(int argc, char **argv)
{
	if (argc != 5)
		return 2;
	port = (unsigned)strtoul(argv[1], NULL, 10);
	config.certificate_file = argv[2];
	config.key_file = argv[3];
	config.ca_file = argv[4];
	scripted_rows(port, ended);
	changed_rows(port, &config, ended);
	return tell_end();
}

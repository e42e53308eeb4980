/*
 * replay-openssl: prints the reference's traces.
 */
#include "reference.h"

int
main(int argc, char **argv)
{
	const char *missing = reference_missing();
	if (missing)
		fprintf(stderr, "%s: warning: %s\n", argv[0], missing);
	return replay_main(argc, argv, reference_replay, NULL);
}

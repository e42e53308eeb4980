/*
 * replay: prints our traces. Links our library and no OpenSSL.
 */
#include "ours.h"

int
main(int argc, char **argv)
{
	int status = replay_main(argc, argv, ours_replay, ours_remember);

	ours_remember(0);
	return status;
}

/*
 * replay: prints our traces. Links our library and no OpenSSL.
 */
#include "ours.h"

int
main(int argc, char **argv)
{
	return replay_main(argc, argv, ours_replay);
}

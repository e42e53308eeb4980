/* libFuzzer's mutator of targets that take text with PEM blocks in it. */
#include "fuzz/targets/mutate.h"

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed)
{
	return mutate_pem(data, size, room, seed);
}

/* What the process has in use. */
#ifndef DICOMTLS_TESTS_LOAD_USAGE_H
#define DICOMTLS_TESTS_LOAD_USAGE_H

#include <stddef.h>

int usage_files(void);
/* Waits until no more than this are open, but not for ever. */
void usage_await_files(int files);

/* Bytes of the process in memory, after what is free was given back. */
size_t usage_resident(void);

/* Room for this many descriptors; the number there is room for. */
unsigned long usage_allow_files(unsigned long wanted);
/* Two processors, whatever the machine has; their number. */
int usage_take_two_cores(void);

#endif

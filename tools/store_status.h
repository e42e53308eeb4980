/* Statuses of a C-STORE response in words (PS3.4 B.2.3, PS3.7 annex C). */
#ifndef DICOMTLS_TOOLS_STORE_STATUS_H
#define DICOMTLS_TOOLS_STORE_STATUS_H

#include <stdint.h>

enum store_outcome {
	STORE_DONE,
	STORE_WARNING, /* stored, but */
	STORE_FAILED
};

/* A status that nobody knows is a failure. */
enum store_outcome store_status_outcome(uint16_t status);
const char *store_status_text(uint16_t status);

#endif

/* C-STORE of files over one association (PS3.7 9.1.1). */
#ifndef DICOMTLS_TOOLS_SCU_STORE_H
#define DICOMTLS_TOOLS_SCU_STORE_H

#include "tools/outbox.h"
#include "tools/scu.h"
#include "tools/store_contexts.h"

/* Files and what became of them; the arg of a struct scu_request whose service
 * is scu_store. One line is reported about each file. */
struct store_batch {
	const struct outgoing *files; /* they stay until L_DicomShutDown */
	size_t count;		      /* contexts are made for so many */
	struct store_contexts contexts;
	const struct report *report;
	struct progress *progress; /* as long as the files */
	size_t next;   /* the first file of which nothing is reported yet */
	size_t stored; /* with a warning or without */
	size_t warnings;
	bool cut;			  /* the association did not end well */
	uint8_t results[DT_MAX_CONTEXTS]; /* of the negotiation */
};

extern const struct scu_service scu_store;

/* Reports of the files that are left that they were not sent. */
void store_batch_give_up(struct store_batch *batch, const char *why);

#endif

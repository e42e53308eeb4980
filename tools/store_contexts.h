/*
 * The presentation contexts for files to be sent: one for each pair of SOP
 * class and transfer syntax, so that the acceptor says of each whether it
 * takes it (PS3.8 9.3.2.2). An association has room for 128 of them.
 */
#ifndef DICOMTLS_TOOLS_STORE_CONTEXTS_H
#define DICOMTLS_TOOLS_STORE_CONTEXTS_H

#include "base/limits.h"
#include "tools/outbox.h"

struct store_contexts {
	const struct dt_part10 *metas[DT_MAX_CONTEXTS]; /* of a first file */
	size_t count;
};

/* Makes contexts for as many of the files, from the first on, as one
 * association has room for; how many that are. Borrows the files. */
size_t store_contexts_make(struct store_contexts *contexts,
    const struct outgoing *files, size_t count);

/* The identifier of the context at an index, and the index for a file that
 * contexts were made for. */
uint8_t store_context_id(size_t index);
size_t store_contexts_find(
    const struct store_contexts *contexts, const struct dt_part10 *meta);

#endif

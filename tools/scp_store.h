/* C-STORE on one connection of an SCP: its data sets go to an inbox, its
 * requests are answered with what became of them (PS3.7 9.1.1). */
#ifndef DICOMTLS_TOOLS_SCP_STORE_H
#define DICOMTLS_TOOLS_SCP_STORE_H

#include "tools/inbox.h"
#include "tools/report.h"

#include "ltdic.h"

struct scp_store {
	const struct report *report;
	struct delivery *delivery;
	size_t stored;
	size_t failed;
};

/* inbox NULL: every request is refused. False: no memory. */
bool scp_store_init(struct scp_store *store, struct inbox *inbox,
    const struct report *report, HDICOMNET handle);
/* The rest of RECEIVECSTOREREQUEST: sends the response, reports it. */
void scp_store_answer(struct scp_store *store, HDICOMNET handle,
    L_UCHAR context, L_UINT16 message, L_TCHAR *sop_class, L_TCHAR *instance);
/* Once the handle is freed. */
void scp_store_clear(struct scp_store *store);

#endif

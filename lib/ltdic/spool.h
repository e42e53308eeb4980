/*
 * Keeps a data set that arrives for a program that wants it as an HDICOMDS:
 * in memory while it is short, else in a file without a name.
 */
#ifndef DICOMTLS_LTDIC_SPOOL_H
#define DICOMTLS_LTDIC_SPOOL_H

#include "ltdic/content.h"

struct dt_spool;

/* folder is that for temporary files and has to outlive the spool. NULL: no
 * memory. */
struct dt_spool *dt_spool_new(const char *folder);
void dt_spool_free(struct dt_spool *spool);

/* 0, DICOMTLS_E_NOMEM, DICOMTLS_E_IO (no file can be made or written there),
 * DICOMTLS_E_LIMIT (over DT_MAX_DATA_SET). */
int dt_spool_put(struct dt_spool *spool, struct dt_span octets);

/* Ends the spool, whose octets are then those of the content. NULL: no
 * memory. */
struct dt_content *dt_spool_take(struct dt_spool *spool);

#endif

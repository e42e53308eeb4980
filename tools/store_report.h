/* One line about one data set that was stored, or was not: what send and
 * listen print. */
#ifndef DICOMTLS_TOOLS_STORE_REPORT_H
#define DICOMTLS_TOOLS_STORE_REPORT_H

#include "dicom/part10.h"
#include "tools/report.h"
#include "tools/store_status.h"

struct store_item {
	const char *role;	      /* "scu", "scp" */
	const char *path;	      /* of the file; NULL: it has none */
	const struct dt_part10 *meta; /* NULL: not known */
	uint64_t size;		      /* octets of the data set */
	int status;		      /* of the response; negative: none */
	/* Why there is no response, or what the response does not say; NULL:
	 * nothing. */
	const char *why;
};

/* What the item counts as. */
enum store_outcome store_item_outcome(const struct store_item *item);
void store_report(const struct report *report, const struct store_item *item);

#endif

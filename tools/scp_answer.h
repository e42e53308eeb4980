/* Which presentation contexts an SCP accepts. */
#ifndef DICOMTLS_TOOLS_SCP_ANSWER_H
#define DICOMTLS_TOOLS_SCP_ANSWER_H

#include "ltdic.h"

#include <stdbool.h>

/* The answer to a request: Verification, and with stores the storage SOP
 * classes. The caller frees it; NULL: no memory. */
HDICOMPDU scp_answer(HDICOMPDU request, bool stores);

#endif

/* Keeping what went wrong on a handle, in numbers and in one sentence, for
 * extras.h and L_DicomGetErrorSecure. */
#ifndef DICOMTLS_LTDIC_REPORT_H
#define DICOMTLS_LTDIC_REPORT_H

#include "ltdic/net.h"

void dt_report_clear(struct dt_session_report *report);

/* A stream ended with error. Returns the documented number. The first failure
 * of a connection is the one that is kept. */
L_UINT32 dt_report_stream(struct dt_net *net,
    const struct dt_transport *transport, enum dt_net_error error);
void dt_report_text(struct dt_net *net, L_UINT32 error, const char *text);

#endif

/* Which callbacks of the program a DIMSE message goes to. */
#ifndef DICOMTLS_LTDIC_SERVICES_H
#define DICOMTLS_LTDIC_SERVICES_H

#include "ltdic/content.h"
#include "ltdic/link.h"

/* True if a callback of the program would be told of the message: else its
 * data set need not be kept. */
bool dt_service_wants(
    const DICOMNETCALLBACK *callbacks, const struct dt_message_in *message);

/* Calls RECEIVEDATA and the callback of the service. data is lent; NULL: none,
 * or it could not be kept. */
void dt_service_deliver(struct dt_net *net, struct dt_link *link,
    const struct dt_message_in *message, struct dt_content *data);

#endif

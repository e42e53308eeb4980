/* Requests of the program on their way to the protocol object. */
#ifndef DICOMTLS_LTDIC_SEND_H
#define DICOMTLS_LTDIC_SEND_H

#include "ltdic/link.h"

/* The connection to send on, with a reference; NULL if there is none, or no
 * secure link yet. */
struct dt_link *dt_send_link(struct dt_net *net);

/* Judges a request and has it sent; what the L_DicomSend function returns. */
L_INT dt_send_on(struct dt_link *link, const struct dt_request *request);

#endif

/* From what failed below to the documented DICOM_ERROR_* numbers. */
#ifndef DICOMTLS_LTDIC_ERRORS_H
#define DICOMTLS_LTDIC_ERRORS_H

#include "net/error.h"
#include "tls/backend.h"

#include "ltdic.h"

L_INT dt_error_from_net(enum dt_net_error error);
/* A failed TLS session. */
L_UINT32 dt_error_from_tls(const struct tls_failure *failure);
/* A stream that ended with error; failure may be NULL. */
L_UINT32 dt_error_of_stream(
    enum dt_net_error error, const struct tls_failure *failure);

#endif

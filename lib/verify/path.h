/*
 * Path building (OpenSSL's build_chain): extends the path issuer by issuer
 * until an anchor is reached, and reports why none was.
 */
#ifndef DICOMTLS_VERIFY_PATH_H
#define DICOMTLS_VERIFY_PATH_H

#include "verify/verify.h"

/* The path holds the leaf alone on entry. */
enum dt_outcome dt_path_build(struct dt_verify *v);

#endif

/*
 * The reference: struct tls_backend on OpenSSL, for tests.
 */
#ifndef DICOMTLS_TESTS_BACKEND_OPENSSL_H
#define DICOMTLS_TESTS_BACKEND_OPENSSL_H

#include "tls/backend.h"

extern const struct tls_backend openssl_backend;

#endif

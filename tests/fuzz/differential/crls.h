/*
 * CRLs for the certificates of a case.
 */
#ifndef DICOMTLS_FUZZ_CRLS_H
#define DICOMTLS_FUZZ_CRLS_H

#include "sample.h"

/* Appends a CRL by the issuer of a certificate, signed by its key; well-formed
 * and current as a rule, with extensions and entries now and then. */
void crls_add(struct draw *d, struct sample *sample, size_t certificate);

#endif

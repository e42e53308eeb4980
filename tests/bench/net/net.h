/*
 * One data set over TLS 1.3 with AES-256-GCM on loopback, by three ways; see
 * net.c.
 */
#ifndef DICOMTLS_BENCH_NET_H
#define DICOMTLS_BENCH_NET_H

#include <stdbool.h>
#include <stdint.h>

/* Files that tests/tools/mint_files made, in the working folder. */
#define NET_CA "ca.pem"
#define NET_SERVER "server.pem"
#define NET_SERVER_KEY "server.key"
#define NET_CLIENT "good.pem"
#define NET_CLIENT_KEY "good.key"
/* The data set, as a DICOM file. */
#define NET_FILE "image.dcm"

#define NET_CLASS "1.2.840.10008.5.1.4.1.1.7"
#define NET_INSTANCE "1.2.3.4.5.6"
#define NET_TRANSFER "1.2.840.10008.1.2.1"

/* Writes NET_FILE, with so many octets of pixel data (an even number). */
bool net_make_file(uint64_t pixels);

/* Seconds on the wall from the start of the connection to the end of the
 * association or stream; negative: it failed, and why was printed. */
double net_bare(uint64_t size);	 /* records, from memory to nowhere */
double net_ours(uint64_t size);	 /* C-STORE of the file, ours to ours */
double net_dcmtk(unsigned port); /* the same, storescu to storescp */

double net_now(void);

#endif

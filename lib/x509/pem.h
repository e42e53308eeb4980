/*
 * Files with certificates, CRLs and keys: reading them whole, and the PEM
 * blocks in them (RFC 7468, with the laxity of OpenSSL's PEM_read_bio: text
 * between blocks, CRLF, lines of any length, header lines in front of a key;
 * and its strictness: a certificate or CRL with a header, an empty line in the
 * data, a block without data). No copy of a key is made here: it is in the text
 * that was read, and nowhere else.
 */
#ifndef DICOMTLS_X509_PEM_H
#define DICOMTLS_X509_PEM_H

#include "base/buffer.h"
#include "base/message.h"

/* Reads a file of at most DT_MAX_FILE_SIZE bytes into out, which must be
 * empty and which the caller ends with dt_buffer_wipe, after an error too:
 * any file may hold a key. 0, DICOMTLS_E_IO, DICOMTLS_E_LIMIT or
 * DICOMTLS_E_NOMEM; why (may be NULL) names the file and the reason. */
int dt_file_read(
    const char *path, struct dt_buffer *out, struct dt_message *why);

struct dt_pem_iter {
	struct dt_span left;
	bool started; /* dt_pem_next was called */
};

/* Start with an empty struct; clear with dt_pem_clear. */
struct dt_pem {
	struct dt_span label; /* "CERTIFICATE"; unset: the input is DER */
	struct dt_buffer der; /* empty if the label says it is a key */
};

struct dt_pem_iter dt_pem_iter(struct dt_span text);

/*
 * Finds the next block: 1, 0 at the end, DICOMTLS_E_FORMAT for a block that
 * OpenSSL would not read (the walk cannot go on), or DICOMTLS_E_NOMEM. Input
 * without any PEM that starts like a DER SEQUENCE is one block without label.
 */
int dt_pem_next(struct dt_pem_iter *iter, struct dt_pem *block);

bool dt_pem_has_label(const struct dt_pem *block, const char *label);

/* "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" or DER. */
bool dt_pem_is_certificate(const struct dt_pem *block);
/* "TRUSTED CERTIFICATE": auxiliary trust follows the certificate. */
bool dt_pem_is_trusted_certificate(const struct dt_pem *block);
/* "X509 CRL" or DER. */
bool dt_pem_is_crl(const struct dt_pem *block);

void dt_pem_clear(struct dt_pem *block);

#endif

/*
 * What a TLS library must do for us, as one table of functions.
 *
 * Bytes go in and out through memory: the caller owns the socket, feeds what
 * it read and writes out what the session wants to send. No call blocks.
 *
 * lib/tls implements the table on GnuTLS; tests/backend implements it again
 * on OpenSSL, so that the same test runs over both.
 */
#ifndef DICOMTLS_TLS_BACKEND_H
#define DICOMTLS_TLS_BACKEND_H

#include "base/buffer.h"
#include "base/message.h"
#include "verify/questions.h"

#include "dicomtls.h"

enum tls_role { TLS_CLIENT, TLS_SERVER };

enum tls_file_type { TLS_FILE_PEM = 1, TLS_FILE_DER = 2 };

/* Versions as on the wire. */
enum {
	TLS_V1_0 = 0x0301,
	TLS_V1_1 = 0x0302,
	TLS_V1_2 = 0x0303,
	TLS_V1_3 = 0x0304
};

/* OpenSSL's SSL_VERIFY_* bits. */
enum {
	TLS_VERIFY_NONE = 0,
	TLS_VERIFY_PEER = 1,
	TLS_VERIFY_FAIL_IF_NO_PEER_CERT = 2,
	TLS_VERIFY_CLIENT_ONCE = 4
};

#define TLS_MAX_SUITES 16

/* OpenSSL's as Debian builds it. */
#define TLS_DEFAULT_LEVEL 2
#define TLS_DEFAULT_DEPTH 100

/* Writes the password of an encrypted key and returns its length, 0 or less
 * for none. OpenSSL's pem_password_cb order of parameters, encrypting = 0. */
typedef int (*tls_password_fn)(
    char *buffer, int size, int encrypting, void *arg);

/* Everything a context is made of. Plain data; strings are copied. */
struct tls_config {
	int min_version; /* 0: the lowest the library takes as safe, TLS 1.2 */
	int max_version; /* 0: the best the library has */
	unsigned verify_mode;
	int verify_depth;    /* negative: the default, 100 */
	int auth_level;	     /* security level 0..5; negative: the default, 2 */
	const char *ca_file; /* NULL: nothing is trusted */
	bool system_trust;   /* the system's anchors are, too */
	const char *certificate_file; /* NULL: none */
	const char *key_file;	      /* NULL: the certificate file */
	enum tls_file_type file_type;
	tls_password_fn password;
	void *password_arg;
	const char *host_name; /* checked in the peer's certificate if set */
	const char
	    *server_name; /* RFC 6066 3: a client asks for it; NULL:
			   * for host_name, unless that is an address;
			   * a server refuses those who ask for another */
	bool alpn; /* offer and accept ALPN "dicom", and accept no other */
	uint16_t suites[TLS_MAX_SUITES]; /* IANA numbers, 0 ends the list;
					  * empty = those of profile */
	const char *profile; /* of PS3.15, by name or section, and strictly:
			      * certificates must satisfy it too; NULL: the
			      * versions and suites of B.12 */
	bool resume;	     /* sessions may be resumed; see tls/resumption.h */
	int64_t time;	     /* time to judge certificates at; 0: now */
	struct dt_questions questions; /* what else is asked; borrowed */
};

struct tls_context;
struct tls_session;

/* What a call on a session did. */
enum tls_status {
	TLS_OK = 0,
	TLS_WANT_INPUT = 1, /* feed more bytes, then call again */
	TLS_CLOSED = 2,	    /* the peer sent close_notify */
	TLS_FAILED = -1	    /* over: see failure() */
};

/* Why a session failed. */
struct tls_failure {
	int verify_error; /* DICOMTLS_V_* when our side refused, else 0 */
	int verify_depth;
	int alert_sent;	     /* -1: none */
	int alert_received;  /* -1: none */
	bool no_certificate; /* refused: the peer sent no certificate */
	struct dt_message message;
};

/* What was negotiated. */
struct tls_info {
	int version;
	uint16_t suite; /* IANA number */
	const char *suite_name;
	bool resumed; /* nothing was judged: an earlier answer stands */
};

struct tls_backend {
	const char *name;

	/* Checks the configuration, loads files. 0 or DICOMTLS_E_*; on error
	 * why names the file and the reason. */
	int (*context_new)(struct tls_context **context,
	    const struct tls_config *config, struct dt_message *why);
	void (*context_free)(struct tls_context *context);
	/* get0; what the system took away from what was asked for, a
	 * sentence; empty: nothing. */
	const char *(*missing)(const struct tls_context *context);

	/* verify may be NULL; it is called from handshake(). The context must
	 * outlive the session. */
	int (*session_new)(struct tls_session **session,
	    struct tls_context *context, enum tls_role role,
	    dicomtls_verify_fn verify, void *arg);
	void (*session_free)(struct tls_session *session);
	/* A client, before the handshake: takes up an earlier session with
	 * this peer, known by any text, if the context may and has one. NULL
	 * where sessions are never resumed. */
	void (*resume)(struct tls_session *session, const char *peer);

	/* Bytes from the peer. 0 or DICOMTLS_E_NOMEM. */
	int (*feed)(
	    struct tls_session *session, const uint8_t *data, size_t size);
	/* The peer closed its sending direction. */
	void (*feed_eof)(struct tls_session *session);
	/* Bytes for the peer: append to this, consume after writing. Check it
	 * after every call, also after TLS_FAILED (it may hold an alert). */
	struct dt_buffer *(*output)(struct tls_session *session);

	enum tls_status (*handshake)(struct tls_session *session);
	/* *size: room, then bytes read. */
	enum tls_status (*read)(
	    struct tls_session *session, uint8_t *data, size_t *size);
	/* Takes all of it into the output. */
	enum tls_status (*write)(
	    struct tls_session *session, const uint8_t *data, size_t size);
	/* Sends close_notify. */
	void (*close)(struct tls_session *session);

	const struct tls_failure *(*failure)(const struct tls_session *session);
	void (*info)(const struct tls_session *session, struct tls_info *info);
};

extern const struct tls_backend dt_gnutls_backend;

/* "3.7.0": the oldest release of the library that will do (configure.ac), and
 * the one that runs. */
const char *dt_gnutls_oldest(void);
const char *dt_gnutls_running(void);

#endif

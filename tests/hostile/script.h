/*
 * Peers without a TLS library: tables of what they send, and of what ends it.
 */
#ifndef DICOMTLS_TESTS_HOSTILE_SCRIPT_H
#define DICOMTLS_TESTS_HOSTILE_SCRIPT_H

#include "hostile/alerts.h"
#include "hostile/wire.h"

struct step {
	bool (*act)(struct wire *wire, const struct step *step);
	const char *text;	   /* hexadecimal */
	const struct hello *hello; /* NULL: the usual one, TLS 1.2 */
	size_t count;		   /* times, or octets */
};

struct row {
	const char *name;
	const char *clause; /* of the rule, or our limit */
	int wanted;	    /* how it ends by that */
	struct step steps[4];
	int openssl; /* how OpenSSL ends it, ours: where GnuTLS does so for */
	int ours;    /* us; 0: as wanted */
};

/* text, count times; a server that has had enough of it may be gone. */
bool send_octets(struct wire *wire, const struct step *step);
/* text, and count octets of zero. */
bool send_octets_and_zeros(struct wire *wire, const struct step *step);
bool send_hello(struct wire *wire, const struct step *step);
/* Once the version is known. */
bool send_hello_again(struct wire *wire, const struct step *step);
/* In records of count octets each, with text between them. */
bool send_hello_in_pieces(struct wire *wire, const struct step *step);
/* One record: the hello and text. */
bool send_hello_and(struct wire *wire, const struct step *step);
/* count records of a message, 16 KiB each. */
bool send_zero_records(struct wire *wire, const struct step *step);
bool send_finish(struct wire *wire, const struct step *step);
/* Reads the server's first flight of TLS 1.2. */
bool await_flight(struct wire *wire, const struct step *step);
/* Reads the server's HelloRetryRequest of TLS 1.3. */
bool await_retry(struct wire *wire, const struct step *step);

#define HELLO(...)                                                             \
	{                                                                      \
		.act = send_hello, .hello = &(const struct hello)              \
		{                                                              \
			__VA_ARGS__                                            \
		}                                                              \
	}
#define OCTETS(...)                                                            \
	{                                                                      \
		.act = send_octets, __VA_ARGS__                                \
	}

/* Each ends with a row without name. */
extern const struct row record_rows[], order_rows[], alert_rows[];
extern const struct row hello_rows[], version_rows[], extension_rows[];
extern const struct row form_rows[], retry_rows[];

#endif

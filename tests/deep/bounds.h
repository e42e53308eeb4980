/*
 * One attack on our time or memory: what the attacker sends, the limit that
 * stops it, and how it has to end. The rows are in bounds_*.c, by subject.
 */
#ifndef DICOMTLS_TESTS_DEEP_BOUNDS_H
#define DICOMTLS_TESTS_DEEP_BOUNDS_H

#include "bench/input.h"

enum bounds_end {
	BOUNDS_ACCEPTED, /* with a number: of what was kept */
	BOUNDS_REFUSED,	 /* judged; DICOMTLS_V_ERR_* */
	BOUNDS_FAILED,	 /* not judged; DICOMTLS_E_* */
	BOUNDS_EARLY,	 /* an alert (RFC 8446 6) for the Certificate message:
			  * CertificateVerify has not been sent */
	BOUNDS_ALERT,	 /* one for what came later, or for all of it */
	BOUNDS_ABORTED	 /* A-ABORT; its reason (PS3.8 9.3.8) */
};

struct bounds_outcome {
	enum bounds_end end;
	int number;
};

struct bounds_input {
	struct bench_input bench;
	/* For a protocol: what is sent, from the octet `again` on so many times
	 * more. */
	struct dt_buffer wire;
	size_t again;
	unsigned times;
	/* What the attacker has to send or write; 0: all of the above. */
	size_t octets;
};

/* Who is attacked. open prepares what a program has at hand before the attack,
 * untimed; state may be the input itself, and close then NULL. */
struct bounds_side {
	void *(*open)(const struct bounds_input *input);
	bool (*run)(void *state, struct bounds_outcome *outcome);
	void (*close)(void *state);
};

struct bounds_row {
	const char *attack;
	const char *limit; /* of lib/base/limits.h; NULL: it needs none */
	unsigned long value;
	bool (*make)(struct bounds_input *input, const struct bounds_row *row,
	    unsigned size, const struct mint_dir *dir);
	enum bench_kind kind; /* for those that tests/bench makes */
	unsigned size;	      /* what the attack grows with; 0: nothing */
	unsigned quick;	      /* in make check */
	const struct bounds_side *ours;
	const struct bounds_side *theirs; /* NULL: OpenSSL has no such thing */
	struct bounds_outcome wanted;
	/* Memory: at most so many times the input, and so many KiB more. */
	unsigned times;
	unsigned more;
};

/* Each ends with a row without name. */
extern const struct bounds_row bounds_keys[], bounds_chains[], bounds_sizes[],
    bounds_nesting[], bounds_names[], bounds_files[], bounds_tls[],
    bounds_dicom[];

/* From the octets of a chain to its verdict, with the certificate string of
 * each event, as VERIFY has it; anchors are there, a CRL is read. */
extern const struct bounds_side bounds_ours_verify, bounds_openssl_verify;
/* The file with anchors. */
extern const struct bounds_side bounds_ours_load, bounds_openssl_load;
/* A server, up to the end of the handshake. */
extern const struct bounds_side bounds_ours_tls, bounds_openssl_tls;
/* And one that is then asked for another handshake. */
extern const struct bounds_side bounds_ours_renegotiated,
    bounds_openssl_renegotiated;

/* "OpenSSL 3.0.22 ..."; empty where it is absent: the sides of that name are
 * then never run. */
const char *bounds_reference(void);

/* Of tests/bench, as the row's kind and size say. */
bool bounds_make_bench(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir);

#endif

/*
 * Long chains and meshes: certificates without end, each signed by the next,
 * and layers of CAs that have all signed each other.
 */
#include "deep/bounds.h"

#include "base/limits.h"
#include "dicomtls.h"

/* OpenSSL's depth, and ours; each certificate beyond it costs nothing. */
#define CHAIN(sent, end, number)                                               \
	.make = bounds_make_bench, .kind = BENCH_DEPTH, .size = sent,          \
	.quick = sent, .ours = &bounds_ours_verify,                            \
	.theirs = &bounds_openssl_verify, .wanted = { end, number },           \
	.times = 4, .more = 256
#define MESH(of, side, small, end, number)                                     \
	.make = bounds_make_bench, .kind = of, .size = side, .quick = small,   \
	.ours = &bounds_ours_verify, .theirs = &bounds_openssl_verify,         \
	.wanted = { end, number }, .times = 4, .more = 128
#define LIMIT(name) .limit = #name, .value = name

const struct bounds_row bounds_chains[] = {
	{ "chain of 100", NULL, 0, CHAIN(100, BOUNDS_ACCEPTED, 0) },
	{ "chain of 255", LIMIT(DT_MAX_CHAIN),
	    CHAIN(255, BOUNDS_REFUSED, DICOMTLS_V_ERR_CERT_CHAIN_TOO_LONG) },
	{ "chain of 256", LIMIT(DT_MAX_CHAIN),
	    CHAIN(256, BOUNDS_REFUSED, DICOMTLS_V_ERR_CERT_CHAIN_TOO_LONG) },
	{ "chain of 300", LIMIT(DT_MAX_CHAIN),
	    CHAIN(300, BOUNDS_FAILED, DICOMTLS_E_LIMIT) },
	{ "mesh of 8 layers of 8", LIMIT(DT_MAX_CHAIN),
	    MESH(BENCH_MESH, 8, 4, BOUNDS_ACCEPTED, 0) },
	{ "mesh of 12 layers of 12", LIMIT(DT_MAX_CHAIN),
	    MESH(BENCH_MESH, 12, 4, BOUNDS_ACCEPTED, 0) },
	{ "mesh of 12, no anchor", LIMIT(DT_MAX_CHAIN),
	    MESH(BENCH_MESH_LOST, 12, 4, BOUNDS_REFUSED,
		DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) },
	{ "mesh of 12, the wrong keys first", LIMIT(DT_MAX_CHAIN),
	    MESH(BENCH_MESH_KEYS, 12, 4, BOUNDS_REFUSED,
		DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE) },
	{ .attack = NULL },
};

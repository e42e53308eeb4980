# What we cost beside OpenSSL and GnuTLS; doc/performance.md. Times prove
# nothing on a machine that does other things too: make check only looks
# whether the bench itself works. ROWS are names or patterns of them.
BENCH_ARGS =
ROWS =

if HAVE_OPENSSL
check_PROGRAMS += tests/bench/bench
tests_bench_bench_SOURCES = \
	tests/backend/raw_tls.c tests/backend/raw_tls.h \
	tests/bench/allocations.c tests/bench/allocations.h \
	tests/bench/bench.c \
	tests/bench/compare.c tests/bench/compare.h \
	tests/bench/exponent.c tests/bench/exponent.h \
	tests/bench/gnutls.c \
	tests/bench/growth.c tests/bench/growth.h \
	tests/bench/input.c tests/bench/input.h \
	tests/bench/input_anchors.c \
	tests/bench/input_mesh.c \
	tests/bench/input_names.c \
	tests/bench/input_oversized.c \
	tests/bench/input_policies.c \
	tests/bench/measure.c tests/bench/measure.h \
	tests/bench/openssl.c \
	tests/bench/ours.c \
	tests/bench/report.c tests/bench/report.h \
	tests/bench/rows.c tests/bench/rows.h \
	tests/bench/side.h \
	tests/bench/tls_forged.c \
	tests/bench/tls_gnutls.c \
	tests/bench/tls_openssl.c \
	tests/bench/tls_ours.c
tests_bench_bench_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests $(OPENSSL_CFLAGS)
tests_bench_bench_LDADD = libmint.la libinternal.la $(OPENSSL_LIBS) -lm

# The keys of the inputs stay in the build folder: RSA's take a while, and with
# the same ones callgrind counts the same.
bench: tests/bench/bench
	mkdir -p tests/bench/keys
	$(AM_TESTS_ENVIRONMENT) tests/bench/bench --keys=tests/bench/keys \
	    $(BENCH_ARGS) $(ROWS)
bench-count: tests/bench/bench
	mkdir -p tests/bench/keys
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/count.sh \
	    tests/bench/count --keys=tests/bench/keys $(ROWS)
else
bench bench-count:
	@echo "$@ was not run: there is no OpenSSL to compare with"
endif

UNIT_TESTS += tests/unit/test_exponent
tests_unit_test_exponent_SOURCES = tests/unit/test_exponent.c \
	tests/bench/exponent.c tests/bench/exponent.h
tests_unit_test_exponent_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_exponent_LDADD = $(LDADD) -lm

clean-bench:
	rm -rf tests/bench/count tests/bench/keys

# C-STORE over loopback against bare TLS and DCMTK; BENCH_NET_MIB=16 for a
# short run.
check_PROGRAMS += tests/bench/net/net
tests_bench_net_net_SOURCES = \
	tests/bench/net/bare.c \
	tests/bench/net/file.c \
	tests/bench/net/net.c tests/bench/net/net.h \
	tests/bench/net/ours.c
dist_check_SCRIPTS += tests/bench/net/net.sh
bench-net: tests/bench/net/net tests/tools/mint_files
	$(AM_TESTS_ENVIRONMENT) $(SHELL) $(srcdir)/tests/bench/net/net.sh

TESTS += tests/bench/test_bench.sh
dist_check_SCRIPTS += tests/bench/count.sh tests/bench/test_bench.sh

.PHONY: bench bench-count clean-bench bench-net

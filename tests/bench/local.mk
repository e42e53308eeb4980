# What our verification costs beside OpenSSL's and GnuTLS's own. Not part of
# make check: times prove nothing on a machine that does other things too.
BENCH_ARGS =

if HAVE_OPENSSL
EXTRA_PROGRAMS += tests/bench/bench
CLEANFILES += tests/bench/bench
tests_bench_bench_SOURCES = \
	tests/bench/allocations.c tests/bench/allocations.h \
	tests/bench/bench.c \
	tests/bench/gnutls.c \
	tests/bench/input.c tests/bench/input.h \
	tests/bench/measure.c tests/bench/measure.h \
	tests/bench/openssl.c \
	tests/bench/ours.c \
	tests/bench/peer.h
tests_bench_bench_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests $(OPENSSL_CFLAGS)
tests_bench_bench_LDADD = libmint.la libinternal.la $(OPENSSL_LIBS)

bench: tests/bench/bench
	$(AM_TESTS_ENVIRONMENT) tests/bench/bench $(BENCH_ARGS)
else
bench:
	@echo "bench was not run: there is no OpenSSL to compare with"
endif

.PHONY: bench

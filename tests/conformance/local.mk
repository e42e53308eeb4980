# Comparison with OpenSSL's X509_verify_cert. replay is our side and links no
# OpenSSL; replay-openssl is the reference; compare runs both.
conformance_reader = \
	tests/conformance/case.c tests/conformance/case.h \
	tests/conformance/source.c tests/conformance/source.h \
	tests/conformance/trace.c tests/conformance/trace.h
conformance_replay = $(conformance_reader) \
	tests/conformance/replay_main.c tests/conformance/replay_main.h

check_PROGRAMS += tests/conformance/replay tests/conformance/compare
tests_conformance_replay_SOURCES = $(conformance_replay) \
	tests/conformance/ours.h tests/conformance/replay.c \
	tests/conformance/replay_ours.c
tests_conformance_replay_LDADD = libinternal.la

tests_conformance_compare_SOURCES = $(conformance_reader) \
	tests/conformance/child.c tests/conformance/child.h \
	tests/conformance/recorded.c tests/conformance/recorded.h \
	tests/conformance/reference.h tests/conformance/replay_main.h \
	tests/conformance/compare.c
tests_conformance_compare_LDADD = libinternal.la

check_PROGRAMS += tests/conformance/certtext
tests_conformance_certtext_SOURCES = \
	tests/conformance/case.c tests/conformance/case.h \
	tests/conformance/certtext.c
tests_conformance_certtext_LDADD = libinternal.la

if HAVE_OPENSSL
check_PROGRAMS += tests/conformance/replay-openssl
tests_conformance_replay_openssl_SOURCES = $(conformance_replay) \
	tests/conformance/reference.h tests/conformance/reference_openssl.c \
	tests/conformance/replay_openssl.c
tests_conformance_replay_openssl_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_conformance_replay_openssl_LDADD = libinternal.la $(OPENSSL_LIBS)

tests_conformance_compare_SOURCES += tests/conformance/reference_openssl.c
tests_conformance_compare_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_conformance_compare_LDADD += $(OPENSSL_LIBS)
conformance_reference = tests/conformance/replay-openssl
else
tests_conformance_compare_SOURCES += tests/conformance/reference_none.c
conformance_reference =
endif

if HAVE_OPENSSL
UNIT_TESTS += tests/conformance/test_pem_reading
tests_conformance_test_pem_reading_SOURCES = tests/conformance/test_pem_reading.c
tests_conformance_test_pem_reading_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_conformance_test_pem_reading_LDADD = $(LDADD) $(OPENSSL_LIBS)

UNIT_TESTS += tests/conformance/test_key_decoding
tests_conformance_test_key_decoding_SOURCES = \
	tests/conformance/test_key_decoding.c
tests_conformance_test_key_decoding_CPPFLAGS = $(AM_CPPFLAGS) $(OPENSSL_CFLAGS)
tests_conformance_test_key_decoding_LDADD = $(LDADD) $(OPENSSL_LIBS)
endif

UNIT_TESTS += tests/unit/test_case tests/unit/test_trace
tests_unit_test_case_SOURCES = tests/unit/test_case.c \
	tests/conformance/case.c
tests_unit_test_case_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_unit_test_trace_SOURCES = tests/unit/test_trace.c \
	tests/conformance/case.c tests/conformance/trace.c
tests_unit_test_trace_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests

check_PROGRAMS += tests/conformance/test_opinion
TESTS += tests/conformance/test_opinion
tests_conformance_test_opinion_SOURCES = $(conformance_reader) \
	tests/conformance/ours.h tests/conformance/replay.c \
	tests/conformance/replay_main.h tests/conformance/test_opinion.c
tests_conformance_test_opinion_LDADD = libinternal.la

TESTS += tests/conformance/test_cases.sh tests/conformance/test_compare.sh
dist_check_SCRIPTS += tests/conformance/test_cases.sh \
	tests/conformance/test_compare.sh
EXTRA_DIST += tests/conformance/cases tests/conformance/check-vectors.sh \
	tests/conformance/update-traces.sh

VECTORS = $(srcdir)/../shared/vectors

check-vectors: tests/conformance/replay tests/conformance/compare \
		tests/conformance/certtext $(conformance_reference)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) \
	    $(srcdir)/tests/conformance/check-vectors.sh "$(VECTORS)"

update-traces: tests/conformance/replay-openssl
	$(AM_TESTS_ENVIRONMENT) $(SHELL) \
	    $(srcdir)/tests/conformance/update-traces.sh

clean-local: clean-bench clean-memory
	rm -rf tests/conformance/vectors

.PHONY: check-vectors update-traces

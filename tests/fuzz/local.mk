# Differential fuzzing: our library and OpenSSL in one program.
FUZZ_SEEDS = $(srcdir)/tests/conformance/cases/*.cases
FUZZ_ARGS = --seconds=60 --jobs=2 --output-dir=fuzz

differential_program =
if HAVE_OPENSSL
differential_program += tests/fuzz/differential/differential
check_PROGRAMS += $(differential_program)
tests_fuzz_differential_differential_SOURCES = $(conformance_reader) \
	tests/conformance/ours.h tests/conformance/replay.c \
	tests/conformance/replay_main.h tests/conformance/reference.h \
	tests/conformance/reference_openssl.c \
	tests/conformance/reference_text.c \
	tests/fuzz/differential/bits.c tests/fuzz/differential/bits.h \
	tests/fuzz/differential/closed.c tests/fuzz/differential/closed.h \
	tests/fuzz/differential/crls.c tests/fuzz/differential/crls.h \
	tests/fuzz/differential/differential.c \
	tests/fuzz/differential/draw.c tests/fuzz/differential/draw.h \
	tests/fuzz/differential/findings.c tests/fuzz/differential/findings.h \
	tests/fuzz/differential/flips.c tests/fuzz/differential/flips.h \
	tests/fuzz/differential/form_number.c \
	tests/fuzz/differential/form_number.h \
	tests/fuzz/differential/forms.c tests/fuzz/differential/forms.h \
	tests/fuzz/differential/grammar.c tests/fuzz/differential/grammar.h \
	tests/fuzz/differential/judge.c tests/fuzz/differential/judge.h \
	tests/fuzz/differential/keys.c tests/fuzz/differential/keys.h \
	tests/fuzz/differential/keys_pem.c \
	tests/fuzz/differential/mutate.c tests/fuzz/differential/mutate.h \
	tests/fuzz/differential/mutate_object.c \
	tests/fuzz/differential/names.c tests/fuzz/differential/names.h \
	tests/fuzz/differential/parts.c tests/fuzz/differential/parts.h \
	tests/fuzz/differential/place.c tests/fuzz/differential/place.h \
	tests/fuzz/differential/sample.c tests/fuzz/differential/sample.h \
	tests/fuzz/differential/seeds.c tests/fuzz/differential/seeds.h \
	tests/fuzz/differential/shrink.c tests/fuzz/differential/shrink.h \
	tests/fuzz/differential/strict.c tests/fuzz/differential/strict.h \
	tests/fuzz/differential/tally.c tests/fuzz/differential/tally.h \
	tests/fuzz/differential/tree.c tests/fuzz/differential/tree.h \
	tests/fuzz/differential/values.c tests/fuzz/differential/values.h \
	tests/fuzz/differential/work.c tests/fuzz/differential/work.h
tests_fuzz_differential_differential_CPPFLAGS = $(AM_CPPFLAGS) \
	-I$(srcdir)/tests $(OPENSSL_CFLAGS)
tests_fuzz_differential_differential_LDADD = libinternal.la $(OPENSSL_LIBS)

fuzz: tests/fuzz/differential/differential
	$(AM_TESTS_ENVIRONMENT) tests/fuzz/differential/differential \
	    $(FUZZ_ARGS) $(FUZZ_SEEDS)
else
fuzz:
	@echo "fuzz was not run: there is no OpenSSL to compare with"
endif

# Accepted cases, changed: FLIPS at random, then each bit of some.
FLIPS = 210000
FLIP_JOBS = $$(nproc 2>/dev/null || echo 2)
check-flips: $(differential_program)
	$(AM_TESTS_ENVIRONMENT) $(SHELL) "$(srcdir)/tests/deep/flips.sh" \
	    "$(DEEP)/flips" "$(FLIPS)" "$(FLIP_JOBS)" "$(VECTORS)"
EXTRA_DIST += tests/deep/flips.sh tests/fuzz/every_bit.list \
	tests/fuzz/pieces.case

TESTS += tests/fuzz/test_differential.sh
dist_check_SCRIPTS += tests/fuzz/test_differential.sh

.PHONY: check-flips fuzz

include tests/fuzz/targets/local.mk

# Fuzz targets for libFuzzer. Without --enable-fuzzing each has replay.c's
# main and runs over what is kept in tests/fuzz/corpus. fuzz-targets builds
# them with clang in a tree of its own and lets each run for SECONDS.
FUZZ_TARGETS = \
	tests/fuzz/targets/arguments \
	tests/fuzz/targets/association \
	tests/fuzz/targets/case_file \
	tests/fuzz/targets/certificate \
	tests/fuzz/targets/command_set \
	tests/fuzz/targets/crl \
	tests/fuzz/targets/part10 \
	tests/fuzz/targets/pdu \
	tests/fuzz/targets/pem \
	tests/fuzz/targets/print \
	tests/fuzz/targets/tls
check_PROGRAMS += $(FUZZ_TARGETS) tests/fuzz/targets/planted \
	tests/fuzz/targets/seeds
fuzz_mutate = tests/fuzz/targets/mutate.h tests/fuzz/targets/mutate_der.c \
	tests/fuzz/differential/draw.c tests/fuzz/differential/draw.h \
	tests/fuzz/differential/tree.c tests/fuzz/differential/tree.h
if FUZZING
fuzz_main = tests/fuzz/targets/target.h
fuzz_der = $(fuzz_mutate) tests/fuzz/targets/mutator_der.c
fuzz_pem = $(fuzz_mutate) tests/fuzz/targets/mutate_pem.c \
	tests/fuzz/targets/mutator_pem.c
else
fuzz_main = tests/fuzz/targets/target.h tests/fuzz/targets/replay.c
fuzz_der =
fuzz_pem =
endif
fuzz_flags = $(AM_LDFLAGS) $(FUZZER)
fuzz_cpp = $(AM_CPPFLAGS) -I$(srcdir)/tests

# The command but for its network and its demo; main.c is in arguments.c.
tests_fuzz_targets_arguments_SOURCES = tests/fuzz/targets/arguments.c \
	tests/fuzz/targets/no_network.c $(fuzz_main) $(fuzz_pem) \
	tools/advice.c tools/codes.c tools/crl_print.c tools/echo.c \
	tools/endpoint.c tools/failure.c tools/inbox.c tools/input.c \
	tools/json.c tools/judging.c tools/listen.c tools/options.c \
	tools/outbox.c tools/output.c tools/progress.c tools/report.c \
	tools/scu_echo.c \
	tools/scu_options.c tools/scu_store.c tools/send.c tools/show.c \
	tools/storage_class.c tools/store_contexts.c tools/store_report.c \
	tools/store_status.c tools/verify.c
tests_fuzz_targets_arguments_CPPFLAGS = $(fuzz_cpp)
tests_fuzz_targets_arguments_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_arguments_LDADD = libmint.la libinternal.la
tests_fuzz_targets_association_SOURCES = \
	tests/fuzz/targets/association.c $(fuzz_main)
tests_fuzz_targets_association_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_association_LDADD = libinternal.la
tests_fuzz_targets_case_file_SOURCES = tests/fuzz/targets/case_file.c \
	$(conformance_reader) tests/conformance/ours.h \
	tests/conformance/replay.c tests/conformance/replay_main.h \
	$(fuzz_main) $(fuzz_pem)
tests_fuzz_targets_case_file_CPPFLAGS = $(fuzz_cpp)
tests_fuzz_targets_case_file_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_case_file_LDADD = libinternal.la
tests_fuzz_targets_certificate_SOURCES = \
	tests/fuzz/targets/certificate.c $(fuzz_main) $(fuzz_der)
tests_fuzz_targets_certificate_CPPFLAGS = $(fuzz_cpp)
tests_fuzz_targets_certificate_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_certificate_LDADD = libinternal.la
tests_fuzz_targets_command_set_SOURCES = \
	tests/fuzz/targets/command_set.c $(fuzz_main)
tests_fuzz_targets_command_set_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_command_set_LDADD = libinternal.la
tests_fuzz_targets_crl_SOURCES = tests/fuzz/targets/crl.c $(fuzz_main) \
	$(fuzz_der)
tests_fuzz_targets_crl_CPPFLAGS = $(fuzz_cpp)
tests_fuzz_targets_crl_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_crl_LDADD = libmint.la libinternal.la
tests_fuzz_targets_part10_SOURCES = tests/fuzz/targets/part10.c $(fuzz_main)
tests_fuzz_targets_part10_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_part10_LDADD = libinternal.la
tests_fuzz_targets_pdu_SOURCES = tests/fuzz/targets/pdu.c $(fuzz_main)
tests_fuzz_targets_pdu_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_pdu_LDADD = libinternal.la
tests_fuzz_targets_pem_SOURCES = tests/fuzz/targets/pem.c $(fuzz_main) \
	$(fuzz_pem)
tests_fuzz_targets_pem_CPPFLAGS = $(fuzz_cpp)
tests_fuzz_targets_pem_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_pem_LDADD = libinternal.la
tests_fuzz_targets_print_SOURCES = tests/fuzz/targets/print.c $(fuzz_main)
tests_fuzz_targets_print_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_print_LDADD = libinternal.la
tests_fuzz_targets_tls_SOURCES = tests/fuzz/targets/tls.c \
	tests/fuzz/targets/tls_peer.c tests/fuzz/targets/tls_peer.h \
	$(fuzz_main)
tests_fuzz_targets_tls_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_tls_LDADD = libmint.la libinternal.la

tests_fuzz_targets_planted_SOURCES = tests/fuzz/targets/planted.c \
	$(fuzz_main)
tests_fuzz_targets_planted_LDFLAGS = $(fuzz_flags)
tests_fuzz_targets_planted_LDADD = libinternal.la

tests_fuzz_targets_seeds_SOURCES = tests/fuzz/targets/seeds.c \
	tests/fuzz/targets/seeds.h tests/fuzz/targets/seeds_arguments.c \
	tests/fuzz/targets/seeds_tls.c \
	tests/fuzz/targets/target.h tests/hostile/wire.c \
	tests/hostile/wire.h $(conformance_reader)
tests_fuzz_targets_seeds_CPPFLAGS = $(fuzz_cpp)
tests_fuzz_targets_seeds_LDADD = libmint.la libinternal.la

dist_check_SCRIPTS += tests/fuzz/test_targets.sh
TESTS += tests/fuzz/test_targets.sh
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/targets/run.sh \
	$(FUZZ_TARGETS:=.dict)

fuzz-programs: $(FUZZ_TARGETS) tests/fuzz/targets/planted \
    tests/fuzz/targets/seeds
SECONDS = 60
TARGETS =
fuzz-targets: deep-source
	$(SHELL) "$(DEEP)/source/tests/fuzz/targets/run.sh" "$(DEEP)" \
	    "$(SECONDS)" $(TARGETS)
.PHONY: fuzz-targets fuzz-programs

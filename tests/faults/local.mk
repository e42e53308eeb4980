# What goes wrong between two ends.
check_PROGRAMS += tests/faults/cut
TESTS += tests/faults/cut
tests_faults_cut_SOURCES = tests/faults/cut.c \
	tests/faults/proxy.c tests/faults/proxy.h \
	tests/contract/scene.c tests/contract/scene.h
tests_faults_cut_CPPFLAGS = $(load_cppflags) -I$(srcdir)/tests/contract
tests_faults_cut_LDADD = libmint.la $(LDADD)

# Bytes that are late, come twice or in another order.
check_PROGRAMS += tests/faults/wire
TESTS += tests/faults/wire
tests_faults_wire_SOURCES = tests/faults/wire.c \
	tests/faults/proxy.c tests/faults/proxy.h $(load_ends)
tests_faults_wire_CPPFLAGS = $(load_cppflags)
tests_faults_wire_LDADD = libmint.la libinternal.la

# No descriptors are left.
check_PROGRAMS += tests/faults/no_files
TESTS += tests/faults/no_files
tests_faults_no_files_SOURCES = tests/faults/no_files.c $(load_ends)
tests_faults_no_files_CPPFLAGS = $(load_cppflags)
tests_faults_no_files_LDADD = libmint.la libinternal.la

# Every allocation fails in turn.
check_PROGRAMS += tests/faults/verify_no_memory
TESTS += tests/faults/verify_no_memory
tests_faults_verify_no_memory_SOURCES = $(conformance_reader) \
	tests/conformance/ours.h tests/conformance/replay.c \
	tests/conformance/replay_main.h \
	tests/faults/verify_no_memory.c \
	tests/support/heap.c tests/support/heap.h
tests_faults_verify_no_memory_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests \
	-I$(srcdir)/tests/conformance
tests_faults_verify_no_memory_LDADD = libinternal.la

check_PROGRAMS += tests/faults/link_no_memory
TESTS += tests/faults/link_no_memory
tests_faults_link_no_memory_SOURCES = tests/faults/link_no_memory.c \
	$(load_ends)
tests_faults_link_no_memory_CPPFLAGS = $(load_cppflags)
tests_faults_link_no_memory_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/faults/machine_no_memory
TESTS += tests/faults/machine_no_memory
tests_faults_machine_no_memory_SOURCES = tests/faults/machine_no_memory.c \
	tests/load/tell.c tests/load/tell.h \
	tests/support/heap.c tests/support/heap.h
tests_faults_machine_no_memory_CPPFLAGS = $(load_cppflags)
tests_faults_machine_no_memory_LDADD = libinternal.la

check_PROGRAMS += tests/faults/objects_no_memory
TESTS += tests/faults/objects_no_memory
tests_faults_objects_no_memory_SOURCES = tests/faults/objects_no_memory.c \
	tests/load/tell.c tests/load/tell.h \
	tests/load/usage.c tests/load/usage.h \
	tests/support/heap.c tests/support/heap.h
tests_faults_objects_no_memory_CPPFLAGS = $(load_cppflags)
tests_faults_objects_no_memory_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/faults/command_no_memory
TESTS += tests/faults/command_no_memory
tests_faults_command_no_memory_SOURCES = tests/faults/command_no_memory.c \
	tests/faults/play.c tests/faults/play.h \
	tests/faults/starve.c tests/faults/starve.h \
	tests/load/tell.c tests/load/tell.h \
	tests/support/heap.c tests/support/heap.h $(command_sources)
tests_faults_command_no_memory_CPPFLAGS = $(load_cppflags)
tests_faults_command_no_memory_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/faults/service_no_memory
TESTS += tests/faults/service_no_memory
tests_faults_service_no_memory_SOURCES = tests/faults/service_no_memory.c \
	tests/contract/scene.c tests/contract/scene.h \
	tests/contract/service.c tests/contract/service.h \
	tests/load/tell.c tests/load/tell.h \
	tests/support/heap.c tests/support/heap.h
tests_faults_service_no_memory_CPPFLAGS = $(load_cppflags) \
	-I$(srcdir)/tests/contract
tests_faults_service_no_memory_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/faults/calls_no_memory
TESTS += tests/faults/calls_no_memory
tests_faults_calls_no_memory_SOURCES = tests/faults/calls_no_memory.c \
	tests/faults/calls.c tests/faults/calls.h \
	tests/load/tell.c tests/load/tell.h \
	tests/support/heap.c tests/support/heap.h
tests_faults_calls_no_memory_CPPFLAGS = $(load_cppflags)
tests_faults_calls_no_memory_LDADD = libmint.la libinternal.la

# At every byte, and with more cases.
check-faults: tests/faults/cut tests/faults/command_no_memory \
		tests/faults/service_no_memory \
		tests/tools/mint_files tests/tools/make_dicom \
		tests/faults/link_no_memory \
		tests/faults/no_files \
		tests/faults/verify_no_memory tests/faults/wire
	$(AM_TESTS_ENVIRONMENT) tests/faults/verify_no_memory 10
	$(AM_TESTS_ENVIRONMENT) tests/faults/link_no_memory 1
	$(AM_TESTS_ENVIRONMENT) tests/faults/service_no_memory 1
	$(AM_TESTS_ENVIRONMENT) tests/faults/command_no_memory 1
	$(AM_TESTS_ENVIRONMENT) tests/faults/no_files
	$(AM_TESTS_ENVIRONMENT) tests/faults/wire 1
	$(AM_TESTS_ENVIRONMENT) tests/faults/cut 1
.PHONY: check-faults

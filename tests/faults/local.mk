# What goes wrong between two ends.
check_PROGRAMS += tests/faults/cut
TESTS += tests/faults/cut
tests_faults_cut_SOURCES = tests/faults/cut.c \
	tests/contract/scene.c tests/contract/scene.h
tests_faults_cut_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/contract
tests_faults_cut_LDADD = libmint.la $(LDADD)

# At every byte.
check-faults: tests/faults/cut
	GNUTLS_SYSTEM_PRIORITY_FILE=/dev/null tests/faults/cut 1
.PHONY: check-faults

# Many peers and hostile ones. make check takes few; make check-load all.
load_ends = \
	tests/load/ends.c tests/load/ends.h \
	tests/load/tell.c tests/load/tell.h \
	tests/load/usage.c tests/load/usage.h \
	tests/support/heap.c tests/support/heap.h
load_cppflags = $(AM_CPPFLAGS) -I$(srcdir)/tests

check_PROGRAMS += tests/load/many
TESTS += tests/load/many
tests_load_many_SOURCES = tests/load/many.c $(load_ends)
tests_load_many_CPPFLAGS = $(load_cppflags)
tests_load_many_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/load/hostile
TESTS += tests/load/hostile
tests_load_hostile_SOURCES = tests/load/hostile.c \
	tests/load/raw_peer.c tests/load/raw_peer.h $(load_ends)
tests_load_hostile_CPPFLAGS = $(load_cppflags)
tests_load_hostile_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/load/threads
TESTS += tests/load/threads
tests_load_threads_SOURCES = tests/load/threads.c $(load_ends)
tests_load_threads_CPPFLAGS = $(load_cppflags)
tests_load_threads_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/load/streams
TESTS += tests/load/streams
tests_load_streams_SOURCES = tests/load/streams.c $(load_ends)
tests_load_streams_CPPFLAGS = $(load_cppflags)
tests_load_streams_LDADD = libmint.la libinternal.la

check-load: tests/load/many tests/load/hostile tests/load/streams \
		tests/load/threads
	$(AM_TESTS_ENVIRONMENT) LOAD=full tests/load/streams
	$(AM_TESTS_ENVIRONMENT) LOAD=full tests/load/threads
	$(AM_TESTS_ENVIRONMENT) LOAD=full tests/load/hostile
	$(AM_TESTS_ENVIRONMENT) LOAD=full tests/load/many
.PHONY: check-load

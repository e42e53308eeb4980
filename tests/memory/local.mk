# Memory and threads, judged in plain programs: Criterion's forked workers
# would hide leaks and races. SAMPLE=20 puts only every 20th case of the
# corpus under valgrind, TOOLS="asan tsan" takes only these. The programs are
# built from the release archive's files, in a folder that the script may
# damage.
check_PROGRAMS += tests/memory/shared_cache
TESTS += tests/memory/shared_cache
tests_memory_shared_cache_SOURCES = tests/memory/shared_cache.c
tests_memory_shared_cache_LDADD = libmint.la libinternal.la
check_PROGRAMS += tests/memory/shared_crl
TESTS += tests/memory/shared_crl
tests_memory_shared_crl_SOURCES = tests/memory/shared_crl.c
tests_memory_shared_crl_LDADD = libmint.la libinternal.la
check_PROGRAMS += tests/memory/shared_store
TESTS += tests/memory/shared_store
tests_memory_shared_store_SOURCES = tests/memory/shared_store.c
tests_memory_shared_store_LDADD = libmint.la libinternal.la

EXTRA_DIST += tests/memory/check-memory.sh tests/memory/faults.sh \
	tests/memory/files.sh tests/memory/integer.ignore \
	tests/memory/tsan.supp
MEMORY = $(abs_builddir)/memory
SAMPLE = 1
TOOLS =

check-memory:
	mkdir -p "$(MEMORY)"
	$(MAKE) distdir distdir="$(MEMORY)/source" >/dev/null
	CC='$(CC)' $(SHELL) "$(MEMORY)/source/tests/memory/check-memory.sh" \
	    "$(MEMORY)" "$(SAMPLE)" "$(VECTORS)" $(TOOLS)
clean-memory:
	rm -rf "$(MEMORY)"
.PHONY: check-memory clean-memory

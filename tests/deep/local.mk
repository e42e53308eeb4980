# What takes too long for make check, or tools that not everybody has. Each
# part works in a folder of its own, on the release archive's files.
EXTRA_DIST += .clang-tidy tests/.clang-tidy tests/deep/analyze.sh \
	tests/deep/analyze.list tests/deep/coverage.sh \
	tests/deep/deep.list tests/deep/deep.sh tests/deep/reproducible.sh
DEEP = $(abs_builddir)/deep

deep-source:
	mkdir -p "$(DEEP)"
	rm -rf "$(DEEP)/source"
	$(MAKE) distdir distdir="$(DEEP)/source" >/dev/null
check-reproducible: deep-source
	$(SHELL) "$(DEEP)/source/tests/deep/reproducible.sh" "$(DEEP)"
check-analyzers: deep-source
	$(SHELL) "$(DEEP)/source/tests/deep/analyze.sh" "$(DEEP)" \
	    $(GNUTLS_CFLAGS) $(TASN1_CFLAGS) $(NETTLE_CFLAGS) $(LIBUV_CFLAGS) \
	    $(OPENSSL_CFLAGS) $(CRITERION_CFLAGS)
coverage: deep-source
	$(SHELL) "$(DEEP)/source/tests/deep/coverage.sh" "$(DEEP)" \
	    "$$(cd $(VECTORS) 2>/dev/null && pwd)"
# All of them and what other folders have, with one report at the end.
FORM = whole
PARTS =
check-deep: all
	CC='$(CC)' MAKE='$(MAKE)' $(SHELL) "$(srcdir)/tests/deep/deep.sh" \
	    "$(DEEP)" "$(FORM)" $(PARTS)
clean-deep:
	rm -rf "$(DEEP)"
.PHONY: check-deep deep-source check-reproducible check-analyzers coverage \
	clean-deep

# What an attacker can make us do: time, memory and outcome of each attack;
# doc/bounds.md. ROWS are names or patterns of them.
check_PROGRAMS += tests/deep/bounds
tests_deep_bounds_SOURCES = \
	tests/backend/raw_tls.c tests/backend/raw_tls.h \
	tests/bench/input.c tests/bench/input.h \
	tests/bench/input_anchors.c \
	tests/bench/input_mesh.c \
	tests/bench/input_names.c \
	tests/bench/input_oversized.c \
	tests/bench/input_policies.c \
	tests/deep/bounds.c tests/deep/bounds.h \
	tests/deep/bounds_chains.c \
	tests/deep/bounds_dicom.c \
	tests/deep/bounds_files.c \
	tests/deep/bounds_flight.h \
	tests/deep/bounds_keys.c \
	tests/deep/bounds_measure.c tests/deep/bounds_measure.h \
	tests/deep/bounds_names.c \
	tests/deep/bounds_nesting.c \
	tests/deep/bounds_remake.c tests/deep/bounds_remake.h \
	tests/deep/bounds_report.c tests/deep/bounds_report.h \
	tests/deep/bounds_server.c \
	tests/deep/bounds_session.c \
	tests/deep/bounds_sizes.c \
	tests/deep/bounds_tls.c \
	tests/deep/bounds_verify.c \
	tests/hostile/alerts.h \
	tests/hostile/wire.c tests/hostile/wire.h \
	tests/load/raw_peer.c tests/load/raw_peer.h \
	tests/support/heap.c tests/support/heap.h
tests_deep_bounds_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_deep_bounds_LDADD = libmint.la libinternal.la
if HAVE_OPENSSL
tests_deep_bounds_SOURCES += tests/backend/openssl.c tests/backend/openssl.h \
	tests/deep/bounds_openssl.c
tests_deep_bounds_CPPFLAGS += -I$(srcdir)/tests/backend $(OPENSSL_CFLAGS)
tests_deep_bounds_LDADD += $(OPENSSL_LIBS)
else
tests_deep_bounds_SOURCES += tests/deep/bounds_alone.c
endif

TESTS += tests/deep/test_bounds.sh
dist_check_SCRIPTS += tests/deep/test_bounds.sh

BOUNDS_ARGS =
check-bounds: tests/deep/bounds
	$(AM_TESTS_ENVIRONMENT) tests/deep/bounds $(BOUNDS_ARGS) $(ROWS)
.PHONY: check-bounds

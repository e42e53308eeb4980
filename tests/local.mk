# Tests speak TAP. Criterion programs are asked for it through the environment;
# plain programs and scripts print it.
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
TEST_EXTENSIONS = .sh
SH_LOG_COMPILER = $(SHELL)
AM_TESTS_ENVIRONMENT = CRITERION_OUTPUTS=tap:-; export CRITERION_OUTPUTS; \
	GNUTLS_SYSTEM_PRIORITY_FILE=/dev/null; \
	export GNUTLS_SYSTEM_PRIORITY_FILE; \
	LSAN_OPTIONS=suppressions=$(abs_top_srcdir)/tests/lsan.supp:print_suppressions=0; \
	export LSAN_OPTIONS; \
	LOAD=small; export LOAD; \
	srcdir=$(srcdir); export srcdir;

EXTRA_DIST += tests/lsan.supp

# What every test program links: internal functions included.
LDADD = libinternal.la $(CRITERION_LIBS)

include tests/unit/local.mk
include tests/conformance/local.mk
include tests/fuzz/local.mk
include tests/backend/local.mk
include tests/bench/local.mk
include tests/contract/local.mk
include tests/deep/local.mk
include tests/load/local.mk
include tests/faults/local.mk
include tests/hostile/local.mk
include tests/interop/local.mk
include tests/memory/local.mk
include tests/scripts/local.mk
include tests/tools/local.mk

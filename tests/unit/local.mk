# Unit tests are named by the folder whose sources they test: each local.mk
# adds to UNIT_TESTS.
if HAVE_CRITERION
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif

# Sources of compat.
libinternal_la_SOURCES += \
	compat/gnutls_status.c \
	compat/verify_codes.c compat/verify_codes.h

UNIT_TESTS += tests/unit/test_gnutls_status
tests_unit_test_gnutls_status_SOURCES = tests/unit/test_gnutls_status.c
UNIT_TESTS += tests/unit/test_verify_codes
tests_unit_test_verify_codes_SOURCES = tests/unit/test_verify_codes.c

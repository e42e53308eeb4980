# Sources of compat.
libinternal_la_SOURCES += \
	compat/gnutls_status.c \
	compat/purpose.c compat/purpose.h \
	compat/trust.c compat/trust.h \
	compat/verify_codes.c compat/verify_codes.h

UNIT_TESTS += tests/unit/test_gnutls_status
tests_unit_test_gnutls_status_SOURCES = tests/unit/test_gnutls_status.c
UNIT_TESTS += tests/unit/test_trust
tests_unit_test_trust_SOURCES = tests/unit/test_trust.c
UNIT_TESTS += tests/unit/test_verify_codes
tests_unit_test_verify_codes_SOURCES = tests/unit/test_verify_codes.c

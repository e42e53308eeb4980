# Sources of compat.
libinternal_la_SOURCES += \
	compat/attribute_names.c compat/attribute_names.h \
	compat/object_names.c compat/object_names.h \
	compat/certificate_string.c compat/certificate_string.h \
	compat/gnutls_status.c compat/gnutls_status.h \
	compat/name_print.c compat/name_print.h \
	compat/purpose.c compat/purpose.h \
	compat/serial_print.c compat/serial_print.h \
	compat/time_print.c compat/time_print.h \
	compat/trust.c compat/trust.h \
	compat/verify_codes.c compat/verify_codes.h

UNIT_TESTS += tests/unit/test_attribute_names
tests_unit_test_attribute_names_SOURCES = tests/unit/test_attribute_names.c
UNIT_TESTS += tests/unit/test_certificate_string
tests_unit_test_certificate_string_SOURCES = tests/unit/test_certificate_string.c
UNIT_TESTS += tests/unit/test_gnutls_status
tests_unit_test_gnutls_status_SOURCES = tests/unit/test_gnutls_status.c
UNIT_TESTS += tests/unit/test_name_print
tests_unit_test_name_print_SOURCES = tests/unit/test_name_print.c
UNIT_TESTS += tests/unit/test_purpose
tests_unit_test_purpose_SOURCES = tests/unit/test_purpose.c
UNIT_TESTS += tests/unit/test_serial_print
tests_unit_test_serial_print_SOURCES = tests/unit/test_serial_print.c
UNIT_TESTS += tests/unit/test_time_print
tests_unit_test_time_print_SOURCES = tests/unit/test_time_print.c
UNIT_TESTS += tests/unit/test_trust
tests_unit_test_trust_SOURCES = tests/unit/test_trust.c
UNIT_TESTS += tests/unit/test_verify_codes
tests_unit_test_verify_codes_SOURCES = tests/unit/test_verify_codes.c

# Sources of lib/x509.
libinternal_la_SOURCES += \
	lib/x509/name.c lib/x509/name.h \
	lib/x509/time.c lib/x509/time.h

UNIT_TESTS += tests/unit/test_name
tests_unit_test_name_SOURCES = tests/unit/test_name.c
UNIT_TESTS += tests/unit/test_time
tests_unit_test_time_SOURCES = tests/unit/test_time.c

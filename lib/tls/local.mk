# Sources of lib/tls.
libinternal_la_SOURCES += \
	lib/tls/backend.h \
	lib/tls/profile.c lib/tls/profile.h

UNIT_TESTS += tests/unit/test_profile
tests_unit_test_profile_SOURCES = tests/unit/test_profile.c

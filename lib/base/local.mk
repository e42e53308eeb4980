libinternal_la_SOURCES += \
	lib/base/arena.c lib/base/arena.h \
	lib/base/array.c lib/base/array.h \
	lib/base/base64.c lib/base/base64.h \
	lib/base/buffer.c lib/base/buffer.h \
	lib/base/der.c lib/base/der.h \
	lib/base/groups.c lib/base/groups.h \
	lib/base/hash.c lib/base/hash.h \
	lib/base/limits.h \
	lib/base/message.c lib/base/message.h \
	lib/base/reader.c lib/base/reader.h \
	lib/base/span.h

UNIT_TESTS += tests/unit/test_base64
tests_unit_test_base64_SOURCES = tests/unit/test_base64.c
UNIT_TESTS += tests/unit/test_groups
tests_unit_test_groups_SOURCES = tests/unit/test_groups.c
UNIT_TESTS += tests/unit/test_der
tests_unit_test_der_SOURCES = tests/unit/test_der.c
UNIT_TESTS += tests/unit/test_buffer
tests_unit_test_buffer_SOURCES = tests/unit/test_buffer.c
UNIT_TESTS += tests/unit/test_reader
tests_unit_test_reader_SOURCES = tests/unit/test_reader.c
UNIT_TESTS += tests/unit/test_arena
tests_unit_test_arena_SOURCES = tests/unit/test_arena.c

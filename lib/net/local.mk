# Sources of lib/net.
libinternal_la_SOURCES += \
	lib/net/address.c lib/net/address.h \
	lib/net/error.c lib/net/error.h \
	lib/net/listener.c lib/net/listener.h \
	lib/net/loop.c lib/net/loop.h \
	lib/net/patience.h \
	lib/net/tcp.c lib/net/tcp.h \
	lib/net/tls_setup.c lib/net/tls_setup.h \
	lib/net/transport.c lib/net/transport.h \
	lib/net/transport_close.c lib/net/transport_private.h \
	lib/net/uv_loop.h

UNIT_TESTS += \
	tests/unit/test_address \
	tests/unit/test_listener \
	tests/unit/test_loop \
	tests/unit/test_transport
tests_unit_test_address_SOURCES = tests/unit/test_address.c
tests_unit_test_address_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=gethostname -Wl,--wrap=getaddrinfo
tests_unit_test_listener_SOURCES = tests/unit/test_listener.c
tests_unit_test_loop_SOURCES = tests/unit/test_loop.c
tests_unit_test_loop_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=pthread_create -Wl,--wrap=uv_async_init
tests_unit_test_transport_SOURCES = tests/unit/test_transport.c \
	tests/unit/scripted_tls.c tests/unit/scripted_tls.h

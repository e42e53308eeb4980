libinternal_la_SOURCES += \
	lib/ltdic/associate.c lib/ltdic/associate.h \
	lib/ltdic/associate_context.c \
	lib/ltdic/associate_negotiation.c \
	lib/ltdic/connect.c \
	lib/ltdic/content.c lib/ltdic/content.h \
	lib/ltdic/current.c \
	lib/ltdic/dataset.c lib/ltdic/dataset.h \
	lib/ltdic/dataset_file.c \
	lib/ltdic/deliver.c lib/ltdic/deliver.h \
	lib/ltdic/errors.c lib/ltdic/errors.h \
	lib/ltdic/exchange.c lib/ltdic/exchange.h \
	lib/ltdic/extras.h \
	lib/ltdic/handle.c lib/ltdic/handle.h \
	lib/ltdic/incoming.c lib/ltdic/incoming.h \
	lib/ltdic/library.c \
	lib/ltdic/link.c lib/ltdic/link.h \
	lib/ltdic/link_private.h \
	lib/ltdic/link_work.c \
	lib/ltdic/net.c lib/ltdic/net.h \
	lib/ltdic/outgoing.c lib/ltdic/outgoing.h \
	lib/ltdic/own_key.c \
	lib/ltdic/report.c lib/ltdic/report.h \
	lib/ltdic/secure.c lib/ltdic/secure.h \
	lib/ltdic/send.c lib/ltdic/send.h \
	lib/ltdic/send_message.c \
	lib/ltdic/services.c lib/ltdic/services.h \
	lib/ltdic/socket_options.c \
	lib/ltdic/spool.c lib/ltdic/spool.h \
	lib/ltdic/suites.c lib/ltdic/suites.h \
	lib/ltdic/tell.c lib/ltdic/tell.h \
	lib/ltdic/tls.c \
	lib/ltdic/tls_settings.c lib/ltdic/tls_settings.h \
	lib/ltdic/version.c

UNIT_TESTS += \
	tests/unit/test_connect \
	tests/unit/test_data_sink \
	tests/unit/test_errors \
	tests/unit/test_handle \
	tests/unit/test_link \
	tests/unit/test_outgoing \
	tests/unit/test_spool \
	tests/unit/test_tell \
	tests/unit/test_tls_settings
tests_unit_test_connect_SOURCES = tests/unit/test_connect.c
tests_unit_test_connect_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=dt_socket_listen
tests_unit_test_data_sink_SOURCES = tests/unit/test_data_sink.c
tests_unit_test_errors_SOURCES = tests/unit/test_errors.c
tests_unit_test_handle_SOURCES = tests/unit/test_handle.c
tests_unit_test_link_SOURCES = tests/unit/test_link.c
tests_unit_test_outgoing_SOURCES = tests/unit/test_outgoing.c
tests_unit_test_spool_SOURCES = tests/unit/test_spool.c
tests_unit_test_spool_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=open \
	-Wl,--wrap=pread -Wl,--wrap=write
tests_unit_test_tell_SOURCES = tests/unit/test_tell.c \
	tests/contract/scene.c tests/contract/scene.h \
	tests/contract/service.c tests/contract/service.h
tests_unit_test_tell_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/contract
tests_unit_test_tell_LDADD = libmint.la $(LDADD)
tests_unit_test_tls_settings_SOURCES = tests/unit/test_tls_settings.c

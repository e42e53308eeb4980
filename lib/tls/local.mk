# Sources of lib/tls.
libinternal_la_SOURCES += \
	lib/tls/backend.h \
	lib/tls/certificate_message.c lib/tls/certificate_message.h \
	lib/tls/client_hello.c lib/tls/client_hello.h \
	lib/tls/credentials.c lib/tls/credentials.h \
	lib/tls/explain.c lib/tls/explain.h \
	lib/tls/extension_place.c lib/tls/extension_place.h \
	lib/tls/gnutls_backend.h \
	lib/tls/gnutls_context.c \
	lib/tls/gnutls_failure.c \
	lib/tls/gnutls_session.c lib/tls/gnutls_session.h \
	lib/tls/hello_form.c lib/tls/hello_form.h \
	lib/tls/hello_rules.c lib/tls/hello_rules.h \
	lib/tls/peer_hello.c lib/tls/peer_hello.h \
	lib/tls/peer_verify.c lib/tls/peer_verify.h \
	lib/tls/profile.c lib/tls/profile.h \
	lib/tls/profile_check.c lib/tls/profile_check.h \
	lib/tls/profile_offer.c lib/tls/profile_offer.h \
	lib/tls/profile_session.c \
	lib/tls/profile_table.c lib/tls/profile_table.h \
	lib/tls/record_watch.c lib/tls/record_watch.h \
	lib/tls/registry.c lib/tls/registry.h \
	lib/tls/resumption.c lib/tls/resumption.h \
	lib/tls/session_cache.c lib/tls/session_cache.h

UNIT_TESTS += \
	tests/unit/test_certificate_message \
	tests/unit/test_client_hello \
	tests/unit/test_credentials \
	tests/unit/test_extension_place \
	tests/unit/test_hello_form \
	tests/unit/test_hello_rules \
	tests/unit/test_peer_verify \
	tests/unit/test_profile \
	tests/unit/test_profile_offer \
	tests/unit/test_profile_session \
	tests/unit/test_record_watch \
	tests/unit/test_secrets \
	tests/unit/test_session_cache
tests_unit_test_certificate_message_SOURCES = \
	tests/unit/test_certificate_message.c
tests_unit_test_client_hello_SOURCES = tests/unit/test_client_hello.c
tests_unit_test_credentials_SOURCES = tests/unit/test_credentials.c
tests_unit_test_credentials_LDADD = libmint.la $(LDADD)
tests_unit_test_extension_place_SOURCES = tests/unit/test_extension_place.c
tests_unit_test_hello_form_SOURCES = tests/unit/test_hello_form.c
tests_unit_test_hello_rules_SOURCES = tests/unit/test_hello_rules.c
tests_unit_test_peer_verify_SOURCES = tests/unit/test_peer_verify.c
tests_unit_test_peer_verify_LDADD = libmint.la $(LDADD)
tests_unit_test_peer_verify_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=gnutls_certificate_get_peers
tests_unit_test_profile_SOURCES = tests/unit/test_profile.c
tests_unit_test_profile_offer_SOURCES = tests/unit/test_profile_offer.c
tests_unit_test_profile_offer_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=gnutls_priority_group_list \
	-Wl,--wrap=gnutls_priority_sign_list \
	-Wl,--wrap=gnutls_get_system_config_file
tests_unit_test_profile_session_SOURCES = \
	tests/unit/test_profile_session.c
tests_unit_test_profile_session_LDADD = libmint.la $(LDADD)
tests_unit_test_record_watch_SOURCES = tests/unit/test_record_watch.c
tests_unit_test_secrets_SOURCES = tests/unit/test_secrets.c
tests_unit_test_secrets_LDADD = libmint.la $(LDADD)
tests_unit_test_secrets_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=free -Wl,--wrap=realloc
tests_unit_test_session_cache_SOURCES = tests/unit/test_session_cache.c
tests_unit_test_session_cache_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--wrap=gnutls_session_ticket_enable_server \
	-Wl,--wrap=gnutls_session_ticket_key_generate \
	-Wl,--wrap=gnutls_memset

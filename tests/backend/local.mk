# Handshakes: our backend against itself, and against OpenSSL's.
if HAVE_CRITERION
check_PROGRAMS += tests/backend/test_certificate_request \
	tests/backend/test_gnutls tests/backend/test_hellos \
	tests/backend/test_key_share tests/backend/test_psk_ke
TESTS += tests/backend/test_certificate_request tests/backend/test_gnutls \
	tests/backend/test_hellos tests/backend/test_key_share \
	tests/backend/test_psk_ke
endif
if HAVE_OPENSSL
check_PROGRAMS += tests/backend/test_matrix \
	tests/backend/test_own_certificate tests/backend/test_profiles \
	tests/backend/test_resumption
TESTS += tests/backend/test_matrix tests/backend/test_own_certificate \
	tests/backend/test_profiles tests/backend/test_resumption
endif
tests_backend_test_certificate_request_SOURCES = \
	tests/backend/test_certificate_request.c
tests_backend_test_certificate_request_LDADD = libmint.la $(LDADD)
tests_backend_test_gnutls_SOURCES = tests/backend/test_gnutls.c \
	tests/backend/handshake.c tests/backend/handshake.h
tests_backend_test_gnutls_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/backend
tests_backend_test_gnutls_LDADD = libmint.la $(LDADD)
tests_backend_test_hellos_SOURCES = tests/backend/test_hellos.c \
	tests/backend/raw_tls.c tests/backend/raw_tls.h \
	tests/hostile/wire.c tests/hostile/wire.h
tests_backend_test_hellos_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests \
	-I$(srcdir)/tests/backend
tests_backend_test_hellos_LDADD = libmint.la $(LDADD)
tests_backend_test_key_share_SOURCES = tests/backend/test_key_share.c \
	tests/backend/raw_tls.c tests/backend/raw_tls.h
tests_backend_test_key_share_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_backend_test_key_share_LDADD = libmint.la $(LDADD)
tests_backend_test_psk_ke_SOURCES = tests/backend/test_psk_ke.c \
	tests/backend/raw_tls.c tests/backend/raw_tls.h
tests_backend_test_psk_ke_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests \
	-I$(srcdir)/tests/backend
tests_backend_test_psk_ke_LDADD = libmint.la $(LDADD)
tests_backend_test_matrix_SOURCES = tests/backend/test_matrix.c \
	tests/backend/faults.c tests/backend/faults.h \
	tests/backend/handshake.c tests/backend/handshake.h \
	tests/backend/openssl.c tests/backend/openssl.h
tests_backend_test_matrix_CPPFLAGS = $(AM_CPPFLAGS) \
	-I$(srcdir)/tests/backend $(OPENSSL_CFLAGS)
tests_backend_test_matrix_LDADD = libmint.la libinternal.la $(OPENSSL_LIBS)
tests_backend_test_own_certificate_SOURCES = \
	tests/backend/test_own_certificate.c \
	tests/backend/openssl.c tests/backend/openssl.h
tests_backend_test_own_certificate_CPPFLAGS = $(AM_CPPFLAGS) \
	-I$(srcdir)/tests/backend $(OPENSSL_CFLAGS)
tests_backend_test_own_certificate_LDADD = libmint.la libinternal.la \
	$(OPENSSL_LIBS)
tests_backend_test_profiles_SOURCES = tests/backend/test_profiles.c \
	tests/backend/handshake.c tests/backend/handshake.h \
	tests/backend/openssl.c tests/backend/openssl.h
tests_backend_test_profiles_CPPFLAGS = $(AM_CPPFLAGS) \
	-I$(srcdir)/tests/backend $(OPENSSL_CFLAGS)
tests_backend_test_profiles_LDADD = libmint.la libinternal.la \
	$(OPENSSL_LIBS)
tests_backend_test_resumption_SOURCES = tests/backend/test_resumption.c \
	tests/backend/faults.h \
	tests/backend/handshake.c tests/backend/handshake.h \
	tests/backend/openssl.c tests/backend/openssl.h
tests_backend_test_resumption_CPPFLAGS = $(AM_CPPFLAGS) \
	-I$(srcdir)/tests/backend $(OPENSSL_CFLAGS)
tests_backend_test_resumption_LDADD = libmint.la libinternal.la \
	$(OPENSSL_LIBS)

# Peers that do TLS wrong, against dicomtls listen, our client, and OpenSSL.
TESTS += tests/hostile/tls.sh tests/hostile/servers.sh \
	tests/hostile/reference.sh
EXTRA_DIST += tests/hostile/tls.sh tests/hostile/servers.sh \
	tests/hostile/reference.sh

check_PROGRAMS += tests/hostile/tls_peer
tests_hostile_tls_peer_SOURCES = tests/hostile/tls_peer.c \
	tests/hostile/alerts.h tests/hostile/rows.h \
	tests/hostile/after.c tests/hostile/changed.c \
	tests/hostile/client.c tests/hostile/client.h \
	tests/hostile/forms.c \
	tests/hostile/hellos.c \
	tests/hostile/records.c \
	tests/hostile/script.c tests/hostile/script.h \
	tests/hostile/seal.c tests/hostile/seal.h \
	tests/hostile/wire.c tests/hostile/wire.h \
	tests/backend/raw_tls.c tests/backend/raw_tls.h \
	tests/load/raw_peer.c tests/load/raw_peer.h \
	tests/load/tell.c tests/load/tell.h
tests_hostile_tls_peer_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_hostile_tls_peer_LDADD = libinternal.la

server_rows = tests/hostile/alerts.h \
	tests/hostile/servers.c tests/hostile/servers.h \
	tests/hostile/server_rows.c \
	tests/hostile/seal.c tests/hostile/seal.h \
	tests/hostile/wire.c tests/hostile/wire.h \
	tests/backend/raw_tls.c tests/backend/raw_tls.h \
	tests/load/tell.c tests/load/tell.h

check_PROGRAMS += tests/hostile/server_peer
tests_hostile_server_peer_SOURCES = tests/hostile/server_peer.c $(server_rows)
tests_hostile_server_peer_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests
tests_hostile_server_peer_LDADD = libinternal.la

if HAVE_OPENSSL
check_PROGRAMS += tests/hostile/reference tests/hostile/server_reference
endif
tests_hostile_server_reference_SOURCES = tests/hostile/server_reference.c \
	$(server_rows) \
	tests/backend/openssl.c tests/backend/openssl.h
tests_hostile_server_reference_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests \
	-I$(srcdir)/tests/backend $(OPENSSL_CFLAGS)
tests_hostile_server_reference_LDADD = libinternal.la $(OPENSSL_LIBS)
tests_hostile_reference_SOURCES = tests/hostile/reference.c \
	tests/backend/openssl.c tests/backend/openssl.h
tests_hostile_reference_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests \
	-I$(srcdir)/tests/backend $(OPENSSL_CFLAGS)
tests_hostile_reference_LDADD = libinternal.la $(OPENSSL_LIBS)

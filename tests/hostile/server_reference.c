/* The same servers against OpenSSL's client; see servers.h. */
#include "backend/openssl.h"
#include "hostile/servers.h"

int
main(int argc, char **argv)
{
	return servers_main(&openssl_backend, true, argc, argv);
}

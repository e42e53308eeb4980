/* Servers that do TLS wrong, against our client; see servers.h. */
#include "hostile/servers.h"

int
main(int argc, char **argv)
{
	return servers_main(&dt_gnutls_backend, false, argc, argv);
}

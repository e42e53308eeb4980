/* Addresses of this host and their text. */
#include "net/address.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

static struct sockaddr_storage found;

static struct dt_endpoint
shown(void)
{
	struct dt_endpoint endpoint = { "", 0 };

	dt_address_show(&endpoint, (const struct sockaddr *)&found);
	return endpoint;
}

Test(address, a_numeric_address_keeps_its_text_and_port)
{
	cr_assert_eq(
	    dt_address_local(&found, "127.0.0.1", 104, DT_IP_ANY), DT_NET_OK);
	cr_expect_str_eq(shown().address, "127.0.0.1");
	cr_expect_eq(shown().port, 104);
	cr_assert_eq(
	    dt_address_local(&found, "::1", 2762, DT_IP_V6), DT_NET_OK);
	cr_expect_str_eq(shown().address, "::1");
	cr_expect_eq(shown().port, 2762);
}

Test(address, a_star_is_every_interface)
{
	cr_assert_eq(dt_address_local(&found, "*", 0, DT_IP_V4), DT_NET_OK);
	cr_expect_str_eq(shown().address, "0.0.0.0");
	cr_assert_eq(dt_address_local(&found, "*", 0, DT_IP_V6), DT_NET_OK);
	cr_expect_str_eq(shown().address, "::");
}

Test(address, an_address_of_the_other_version_is_a_conflict)
{
	cr_expect(dt_address_conflicts("127.0.0.1", DT_IP_V6));
	cr_expect(dt_address_conflicts("::1", DT_IP_V4));
	cr_expect_not(dt_address_conflicts("::1", DT_IP_V4_OR_V6));
	cr_expect_not(dt_address_conflicts("localhost", DT_IP_V6));
	cr_expect_not(dt_address_conflicts(NULL, DT_IP_V6));
	cr_expect_eq(dt_address_local(&found, "::1", 0, DT_IP_V4),
	    DT_NET_FAMILY_CONFLICT);
}

Test(address, a_port_above_65535_is_refused)
{
	cr_expect_eq(dt_address_local(&found, "127.0.0.1", 65536, DT_IP_ANY),
	    DT_NET_ARGUMENT);
}

Test(address, an_ipv4_address_mapped_into_ipv6_is_shown_as_ipv4)
{
	struct sockaddr_in6 *in = (struct sockaddr_in6 *)&found;

	memset(&found, 0, sizeof(found));
	in->sin6_family = AF_INET6;
	in->sin6_port = htons(11112);
	inet_pton(AF_INET6, "::ffff:192.0.2.7", &in->sin6_addr);
	cr_expect_str_eq(shown().address, "192.0.2.7");
	cr_expect_eq(shown().port, 11112);
}

/* What the system answers, in place of its own files and servers. */
static struct {
	const char *own;     /* this host's name; NULL: it has none */
	const char *known;   /* the only name that stands for an address */
	const char *address; /* which is this */
	int code;	     /* for every other name */
} system_names = { .code = EAI_NONAME };

int __wrap_gethostname(char *name, size_t size);
int
__wrap_gethostname(char *name, size_t size)
{
	if (system_names.own == NULL)
		return -1;
	/* Cut without a NUL, as POSIX allows. */
	memset(name, '\0', size);
	memcpy(name, system_names.own, strnlen(system_names.own, size));
	return 0;
}

int __real_getaddrinfo(const char *name, const char *service,
    const struct addrinfo *hints, struct addrinfo **out);
int __wrap_getaddrinfo(const char *name, const char *service,
    const struct addrinfo *hints, struct addrinfo **out);
int
__wrap_getaddrinfo(const char *name, const char *service,
    const struct addrinfo *hints, struct addrinfo **out)
{
	struct addrinfo numeric = *hints;

	if (system_names.known != NULL && strcmp(name, system_names.known) == 0)
		name = system_names.address;
	numeric.ai_flags |= AI_NUMERICHOST;
	return __real_getaddrinfo(name, service, &numeric, out) == 0
		   ? 0
		   : system_names.code;
}

Test(address, no_text_is_the_address_of_this_hosts_name)
{
	system_names.own = system_names.known = "modality";
	system_names.address = "192.0.2.9";
	cr_assert_eq(dt_address_local(&found, NULL, 104, DT_IP_ANY), DT_NET_OK);
	cr_expect_str_eq(shown().address, "192.0.2.9");
	cr_expect_eq(shown().port, 104);
	cr_assert_eq(dt_address_local(&found, "", 0, DT_IP_V4), DT_NET_OK);
	cr_expect_str_eq(shown().address, "192.0.2.9");
}

Test(address, a_host_whose_name_stands_for_nothing_has_the_loopback_address)
{
	char long_name[300];

	cr_assert_eq(dt_address_local(&found, NULL, 0, DT_IP_ANY), DT_NET_OK);
	cr_expect_str_eq(shown().address, "127.0.0.1");
	system_names.own = "unknown";
	cr_assert_eq(dt_address_local(&found, NULL, 0, DT_IP_V4), DT_NET_OK);
	cr_expect_str_eq(shown().address, "127.0.0.1");
	cr_assert_eq(dt_address_local(&found, NULL, 0, DT_IP_V6), DT_NET_OK);
	cr_expect_str_eq(shown().address, "::1");
	memset(long_name, 'x', sizeof(long_name));
	long_name[sizeof(long_name) - 1] = '\0';
	system_names.own = long_name;
	cr_assert_eq(dt_address_local(&found, NULL, 0, DT_IP_ANY), DT_NET_OK);
	cr_expect_str_eq(shown().address, "127.0.0.1");
}

Test(address, a_name_that_is_not_found_says_why)
{
	memset(&found, 0x5a, sizeof(found));
	cr_expect_eq(dt_address_local(&found, "nobody", 0, DT_IP_ANY),
	    DT_NET_HOST_NOT_FOUND);
	system_names.code = EAI_AGAIN;
	cr_expect_eq(
	    dt_address_local(&found, "nobody", 0, DT_IP_ANY), DT_NET_TRY_AGAIN);
	system_names.code = EAI_MEMORY;
	cr_expect_eq(
	    dt_address_local(&found, "nobody", 0, DT_IP_ANY), DT_NET_NO_MEMORY);
	cr_expect_eq(found.ss_family, 0x5a5a, "and nothing is written");
}

Test(address, what_is_no_internet_address_is_shown_as_nothing)
{
	memset(&found, 0, sizeof(found));
	found.ss_family = AF_UNIX;
	cr_expect_str_empty(shown().address);
	cr_expect_eq(shown().port, 0);
}

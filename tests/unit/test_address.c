/* Addresses of this host and their text. */
#include "net/address.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <string.h>

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

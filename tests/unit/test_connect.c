/* Where L_DicomListen opens its socket on hosts of one IP version and of two.
 * The system is made up: nothing is bound, least of all every interface. */
#include "ltdic.h"

#include "net/listener.h"

#include <criterion/criterion.h>
#include <netinet/in.h>

/* What the host answers for each version, and what it was asked. */
static enum dt_net_error v6, v4;
static int families[4];
static unsigned tries;

enum dt_net_error __wrap_dt_socket_listen(int *fd, struct dt_endpoint *bound,
    const struct sockaddr_storage *address, int backlog);
enum dt_net_error
__wrap_dt_socket_listen(int *fd, struct dt_endpoint *bound,
    const struct sockaddr_storage *address, int backlog)
{
	(void)fd;
	(void)bound;
	cr_expect_eq(backlog, 5);
	cr_assert_lt(tries, 4);
	families[tries++] = address->ss_family;
	return address->ss_family == AF_INET6 ? v6 : v4;
}

static L_INT
listen_at(const char *address, L_INT type)
{
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	char text[16];
	L_INT rc;

	strcpy(text, address);
	tries = 0;
	rc = L_DicomListenExt(net, text, 0, 5, type);
	cr_expect_eq(L_DicomIsActivated(net), L_FALSE);
	L_DicomFreeNet(net);
	return rc;
}

Test(connect, every_interface_is_first_that_of_ipv6)
{
	v6 = DT_NET_ADDRESS_IN_USE;
	cr_expect_eq(
	    listen_at("*", DICOM_IPTYPE_NONE), DICOM_ERROR_NET_ADDRESS_IN_USE);
	cr_expect_eq(tries, 1, "which takes IPv4 too");
	cr_expect_eq(families[0], AF_INET6);
}

Test(connect, a_host_without_ipv6_listens_over_ipv4)
{
	v6 = DT_NET_FAMILY_NOT_SUPPORTED;
	v4 = DT_NET_ACCESS;
	cr_expect_eq(
	    listen_at("*", DICOM_IPTYPE_IPV4_OR_IPV6), DICOM_ERROR_NET_ACCESS);
	cr_expect_eq(tries, 2);
	cr_expect_eq(families[1], AF_INET);
}

Test(connect, a_version_that_was_asked_for_is_not_exchanged)
{
	v6 = v4 = DT_NET_FAMILY_NOT_SUPPORTED;
	cr_expect_eq(listen_at("*", DICOM_IPTYPE_IPV6),
	    DICOM_ERROR_NET_ADDRESS_NOT_SUPPORTED);
	cr_expect_eq(tries, 1);
	cr_expect_eq(families[0], AF_INET6);
	cr_expect_eq(listen_at("*", DICOM_IPTYPE_IPV4),
	    DICOM_ERROR_NET_ADDRESS_NOT_SUPPORTED);
	cr_expect_eq(tries, 1);
	cr_expect_eq(families[0], AF_INET);
}

Test(connect, an_ipv6_address_is_not_exchanged_for_another)
{
	v6 = DT_NET_FAMILY_NOT_SUPPORTED;
	cr_expect_eq(listen_at("::1", DICOM_IPTYPE_NONE),
	    DICOM_ERROR_NET_ADDRESS_NOT_SUPPORTED);
	cr_expect_eq(tries, 1);
}

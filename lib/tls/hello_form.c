/* Extensions of a ClientHello, one check each; see hello_form.h. */
#include "tls/hello_form.h"

#include "base/der.h"
#include "base/limits.h"
#include "base/reader.h"

#include <gnutls/gnutls.h>

enum { HOST_NAME = 0, OCSP = 1 };

static const int malformed = GNUTLS_E_UNEXPECTED_PACKET_LENGTH;

/* The body is one list with its length before it, and not empty. */
static struct dt_span
whole_list(struct dt_span body, bool wide)
{
	struct dt_reader r = dt_reader(body);
	const size_t size = wide ? dt_read_be16(&r) : dt_read_u8(&r);
	const struct dt_span list = dt_read_span(&r, size);

	return dt_reader_left(&r) == 0 ? list : dt_span(NULL, 0);
}

static int
check_octets(struct dt_span body)
{
	return whole_list(body, false).size > 0 ? 0 : malformed;
}

static int
check_numbers(struct dt_span body)
{
	const struct dt_span list = whole_list(body, true);

	return list.size > 0 && list.size % 2 == 0 ? 0 : malformed;
}

static int
check_empty(struct dt_span body)
{
	return body.size == 0 ? 0 : malformed;
}

/* One host name, no more. */
static int
check_server_name(struct dt_span body)
{
	struct dt_reader names = dt_reader(whole_list(body, true));
	const unsigned kind = dt_read_u8(&names);
	const struct dt_span name = dt_read_span(&names, dt_read_be16(&names));

	if (dt_reader_failed(&names) || dt_reader_left(&names) > 0 ||
	    kind != HOST_NAME)
		return malformed;
	return name.size <= DT_MAX_SERVER_NAME ? 0 : GNUTLS_E_UNRECOGNIZED_NAME;
}

/* Its value is GnuTLS's to check. */
static int
check_fragment(struct dt_span body)
{
	return body.size == 1 ? 0 : malformed;
}

static int
check_protocols(struct dt_span body)
{
	return whole_list(body, true).size > 0 ? 0 : malformed;
}

/* The octets are one element of DER. */
static bool
is_element(struct dt_span octets)
{
	struct dt_der element;

	return dt_der_next(&octets, &element) && octets.size == 0;
}

static bool
are_elements(struct dt_span list)
{
	struct dt_reader r = dt_reader(list);

	while (dt_reader_left(&r) > 0)
		if (!is_element(dt_read_span(&r, dt_read_be16(&r))))
			return false;
	return true;
}

/* Responders, and extensions of the request; other types are not ours. */
static int
check_status_request(struct dt_span body)
{
	struct dt_reader r = dt_reader(body);
	const unsigned type = dt_read_u8(&r);
	const struct dt_span responders = dt_read_span(&r, dt_read_be16(&r));
	const struct dt_span extensions = dt_read_span(&r, dt_read_be16(&r));

	if (type != OCSP)
		return 0;
	if (dt_reader_failed(&r) || dt_reader_left(&r) > 0 ||
	    !are_elements(responders))
		return malformed;
	return extensions.size == 0 || is_element(extensions) ? 0 : malformed;
}

/* None at all are taken. */
static int
check_authorities(struct dt_span body)
{
	struct dt_reader r = dt_reader(body);
	const struct dt_span names = dt_read_span(&r, dt_read_be16(&r));

	return dt_reader_failed(&r) || dt_reader_left(&r) > 0 ||
		       !are_elements(names)
		   ? malformed
		   : 0;
}

/* Binders are looked at where an identity is known. */
static int
check_identities(struct dt_span body)
{
	struct dt_reader r = dt_reader(body);
	struct dt_reader list = dt_reader(dt_read_span(&r, dt_read_be16(&r)));

	while (!dt_reader_failed(&list) && dt_reader_left(&list) > 0) {
		if (dt_read_span(&list, dt_read_be16(&list)).size == 0)
			return malformed;
		dt_read_skip(&list, 4); /* obfuscated_ticket_age */
	}
	return dt_reader_failed(&r) || dt_reader_failed(&list) ? malformed : 0;
}

/* Of DTLS alone. */
static int
refuse(struct dt_span body)
{
	(void)body;
	return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
}

static const struct {
	unsigned type;
	enum dt_hello_version version;
	int (*check)(struct dt_span body);
} forms[] = {
	{ 0, DT_HELLO_ANY, check_server_name },	   /* RFC 6066 3 */
	{ 1, DT_HELLO_ANY, check_fragment },	   /* RFC 6066 4 */
	{ 5, DT_HELLO_ANY, check_status_request }, /* RFC 6066 8 */
	{ 10, DT_HELLO_ANY, check_numbers },	   /* RFC 8446 4.2.7 */
	{ 11, DT_HELLO_1_2, check_octets },	   /* RFC 8422 5.1.2 */
	{ 14, DT_HELLO_ANY, refuse },		   /* RFC 5764 4.1 */
	{ 16, DT_HELLO_ANY, check_protocols },	   /* RFC 7301 3.1 */
	{ 41, DT_HELLO_1_3, check_identities },	   /* RFC 8446 4.2.11 */
	{ 42, DT_HELLO_1_3, check_empty },	   /* RFC 8446 4.2.10 */
	{ 45, DT_HELLO_1_3, check_octets },	   /* RFC 8446 4.2.9 */
	{ 47, DT_HELLO_1_3, check_authorities },   /* RFC 8446 4.2.4 */
	{ 49, DT_HELLO_1_3, check_empty },	   /* RFC 8446 4.2.6 */
	{ 50, DT_HELLO_ANY, check_numbers },	   /* RFC 8446 4.2.3 */
};

int
dt_hello_form(enum dt_hello_version version, unsigned type, struct dt_span body)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i].type == type && forms[i].version == version)
			return forms[i].check(body);
	return 0;
}

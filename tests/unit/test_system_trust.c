#include "x509/system_trust.h"

#include "base/buffer.h"
#include "tools/mint.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct mint_spec first = { .subject = { { "CN", "First", 0 } },
	.constraints = MINT_CA };
static const struct mint_spec second = { .subject = { { "CN", "Second", 0 } },
	.constraints = MINT_CA };

static gnutls_x509_trust_list_t list;
static struct dt_message why;

static void
set_up(void)
{
	cr_assert_eq(gnutls_x509_trust_list_init(&list, 0), 0);
}

static void
tear_down(void)
{
	gnutls_x509_trust_list_deinit(list, 1);
}

TestSuite(system_trust, .init = set_up, .fini = tear_down);

static void
trust(const struct mint_spec *spec)
{
	struct dt_buffer der = { 0 };
	gnutls_datum_t datum;

	cr_assert_eq(mint_certificate(spec, MINT_DER, &der), 0);
	datum = (gnutls_datum_t){ der.data, (unsigned)der.end };
	cr_assert_eq(gnutls_x509_trust_list_add_trust_mem(
			 list, &datum, NULL, GNUTLS_X509_FMT_DER, 0, 0),
	    1);
	dt_buffer_clear(&der);
}

static int
count(struct dt_span der, void *arg)
{
	unsigned *found = arg;

	cr_expect_gt(der.size, 100);
	cr_expect_eq(der.data[0], 0x30, "a certificate");
	++*found;
	return 0;
}

static int
give_up(struct dt_span der, void *arg)
{
	count(der, arg);
	return DICOMTLS_E_NOMEM;
}

Test(system_trust, every_anchor_is_given)
{
	unsigned found = 0;

	trust(&first);
	trust(&second);
	cr_expect_eq(dt_trust_list_each(list, count, &found, &why), 0);
	cr_expect_eq(found, 2);
}

Test(system_trust, an_empty_list_is_an_error)
{
	unsigned found = 0;

	cr_expect_eq(
	    dt_trust_list_each(list, count, &found, &why), DICOMTLS_E_IO);
	cr_expect_str_eq(why.text, "the system has no trust anchors");
}

Test(system_trust, the_walk_ends_where_it_is_told_to)
{
	unsigned found = 0;

	trust(&first);
	trust(&second);
	cr_expect_eq(
	    dt_trust_list_each(list, give_up, &found, &why), DICOMTLS_E_NOMEM);
	cr_expect_eq(found, 1);
}

Test(system_trust, no_store_is_no_argument)
{
	cr_expect_eq(dicomtls_store_add_system_trust(NULL), DICOMTLS_E_INVALID);
}

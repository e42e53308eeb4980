#include "x509/punycode.h"

#include <criterion/criterion.h>

static struct dt_span
text(const char *s)
{
	return dt_span(s, strlen(s));
}

static bool
decodes(const char *domain, const char *expected)
{
	uint8_t out[254];
	size_t size;

	return dt_punycode_domain(text(domain), out, sizeof(out), &size) &&
	       dt_span_equal(dt_span(out, size), text(expected));
}

static bool
is_refused(const char *domain)
{
	uint8_t out[254];
	size_t size;

	return !dt_punycode_domain(text(domain), out, sizeof(out), &size);
}

Test(punycode, plain_labels_stay_as_they_are)
{
	cr_expect(decodes("pacs.Hospital.example", "pacs.Hospital.example"));
	cr_expect(decodes("", ""));
	cr_expect(decodes(".a..b.", ".a..b."));
	cr_expect(decodes("xn-", "xn-"));
}

/* RFC 3492 7.1: (B) Chinese, (I) Russian, (L) 3nen. */
Test(punycode, samples_of_the_rfc_decode)
{
	cr_expect(decodes("xn--ihqwcrb4cv8a8dqg056pqjye",
	    "\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587"));
	cr_expect(decodes("xn--b1abfaaepdrnnbgefbaDotcwatmq2g4l",
	    "\u043f\u043e\u0447\u0435\u043c\u0443\u0436\u0435\u043e\u043d\u0438"
	    "\u043d\u0435\u0433\u043e\u0432\u043e\u0440\u044f\u0442\u043f\u043e"
	    "\u0440\u0443\u0441\u0441\u043a\u0438"));
	cr_expect(decodes("xn--3B-ww4c5e180e575a65lsy2b",
	    "3\u5e74B\u7d44\u91d1\u516b\u5148\u751f"));
	cr_expect(decodes("xn--a-b-", "a-b"));
}

Test(punycode, labels_are_decoded_one_by_one)
{
	cr_expect(decodes("a.xn--bcher-kva.example", "a.b\u00fccher.example"));
	cr_expect(decodes(
	    "xn--bcher-kva.xn--mnchen-3ya", "b\u00fccher.m\u00fcnchen"));
	cr_expect(decodes("xn--.b", ".b"));
}

/* HAS_PREFIX in the reference compares with case. */
Test(punycode, only_a_prefix_in_lower_case_counts)
{
	cr_expect(decodes("XN--bcher-kva", "XN--bcher-kva"));
	cr_expect(decodes("xn--bcher-KVA", "b\u00fccher"));
}

Test(punycode, what_is_no_code_is_refused)
{
	cr_expect(is_refused("xn--a_b"));
	cr_expect(is_refused("xn--a-b!"));
	cr_expect(is_refused("xn--bcher-k"));
	cr_expect(is_refused("xn---kva"));
	cr_expect(is_refused("xn--b\xfc-kva"));
	/* past U+10FFFF; past 32 bits */
	cr_expect(is_refused("xn--99999b"));
	cr_expect(is_refused("xn--9999999999"));
	cr_expect(is_refused("ok.xn--a_b"));
}

Test(punycode, nothing_is_written_past_the_room)
{
	uint8_t out[8];
	size_t size = 77;

	memset(out, 0x5a, sizeof(out));
	cr_expect(!dt_punycode_domain(text("xn--bcher-kva"), out, 6, &size));
	cr_expect_eq(out[6], 0x5a);
	cr_expect_eq(size, 77);
	cr_expect(dt_punycode_domain(text("xn--bcher-kva"), out, 7, &size));
	cr_expect_eq(size, 7);
	cr_expect_eq(out[7], 0x5a);
	cr_expect(!dt_punycode_domain(text("abcdefgh"), out, 7, &size));
	cr_expect_eq(out[7], 0x5a);
}

Test(punycode, long_labels_end_instead_of_overflowing)
{
	char domain[2048] = "xn--";
	uint8_t out[254];
	size_t size;

	memset(domain + 4, 'a', sizeof(domain) - 4);
	cr_expect(!dt_punycode_domain(
	    dt_span(domain, sizeof(domain)), out, sizeof(out), &size));
	domain[sizeof(domain) - 1] = '-';
	cr_expect(!dt_punycode_domain(
	    dt_span(domain, sizeof(domain)), out, sizeof(out), &size));
}

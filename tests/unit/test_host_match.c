#include "verify/host_match.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

static struct dt_span
text(const char *s)
{
	return dt_span(s, strlen(s));
}

struct row {
	const char *pattern;
	const char *name;
	unsigned flags;
	bool matches;
};

static void
expect_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		cr_expect_eq(dt_host_matches(text(rows[i].pattern),
				 text(rows[i].name), rows[i].flags),
		    rows[i].matches, "%s against %s, flags %x", rows[i].pattern,
		    rows[i].name, rows[i].flags);
}

#define EXPECT_ROWS(rows) expect_rows(rows, sizeof(rows) / sizeof(rows[0]))

Test(host_match, letters_are_compared_without_case)
{
	static const struct row rows[] = {
		{ "PACS.hospital.example", "pacs.HOSPITAL.example", 0, true },
		{ "pacs.hospital.example", "pacs.hospital.exampl", 0, false },
		{ "pacs", "pacs", 0, true },
	};

	EXPECT_ROWS(rows);
}

Test(host_match, a_wildcard_stands_for_one_whole_label)
{
	static const struct row rows[] = {
		{ "*.hospital.example", "pacs.hospital.example", 0, true },
		{ "*.hospital.example", "hospital.example", 0, false },
		{ "*.hospital.example", "a.b.hospital.example", 0, false },
		{ "*.hospital.example", "a.b.hospital.example",
		    DICOMTLS_HOST_MULTI_LABEL_WILDCARDS, true },
		{ "*.hospital.example", "xn--rks.hospital.example", 0, true },
		{ "*.hospital.example", "pacs.hospital.example",
		    DICOMTLS_HOST_NO_WILDCARDS, false },
	};

	EXPECT_ROWS(rows);
}

Test(host_match, two_dots_stand_behind_a_wildcard)
{
	static const struct row rows[] = {
		{ "*.example", "hospital.example", 0, false },
		{ "*", "hospital", 0, false },
		{ "a.*.example", "a.b.example", 0, false },
		{ "**.hospital.example", "a.hospital.example", 0, false },
	};

	EXPECT_ROWS(rows);
}

Test(host_match, partial_wildcards_can_be_forbidden_and_skip_idna)
{
	static const struct row rows[] = {
		{ "p*.hospital.example", "pacs.hospital.example", 0, true },
		{ "*s.hospital.example", "pacs.hospital.example", 0, true },
		{ "p*s.hospital.example", "pacs.hospital.example", 0, false },
		{ "p*.hospital.example", "pacs.hospital.example",
		    DICOMTLS_HOST_NO_PARTIAL_WILDCARDS, false },
		{ "x*.hospital.example", "xn--rks.hospital.example", 0, false },
		{ "xn--*.hospital.example", "xn--rks.hospital.example", 0,
		    false },
	};

	EXPECT_ROWS(rows);
}

Test(host_match, a_leading_dot_asks_for_every_host_below)
{
	static const struct row rows[] = {
		{ "pacs.hospital.example", ".hospital.example", 0, true },
		{ "a.b.hospital.example", ".hospital.example", 0, true },
		{ "a.b.hospital.example", ".hospital.example",
		    DICOMTLS_HOST_SINGLE_LABEL_SUBDOMAINS, false },
		{ "hospital.example", ".hospital.example", 0, false },
	};

	EXPECT_ROWS(rows);
}

Test(host_match, a_nul_in_the_certificate_never_matches)
{
	struct dt_span pattern = dt_span("a.example\0.evil", 15);

	cr_expect_not(dt_host_matches(pattern, text("a.example"), 0));
	cr_expect_not(dt_host_matches(pattern, pattern, 0));
}

Test(host_match, mail_domains_ignore_case_and_local_parts_do_not)
{
	cr_expect(dt_email_matches(text("archive@hospital.example"),
	    text("archive@HOSPITAL.example")));
	cr_expect_not(dt_email_matches(text("Archive@hospital.example"),
	    text("archive@hospital.example")));
	cr_expect_not(dt_email_matches(text("a@b"), text("a@bc")));
	cr_expect(dt_email_matches(text("nobody"), text("nobody")));
	cr_expect_not(dt_email_matches(text("nobody"), text("NOBODY")));
}

#include "verify/constraint_match.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

enum {
	WITHIN = DICOMTLS_V_OK,
	OUTSIDE = DICOMTLS_V_ERR_PERMITTED_VIOLATION,
	SYNTAX = DICOMTLS_V_ERR_UNSUPPORTED_NAME_SYNTAX
};

struct row {
	const char *base;
	const char *name;
	int answer;
};

static struct dt_general_name
of_type(enum dt_general_name_type type, const char *value)
{
	return (struct dt_general_name){ type, dt_span(value, strlen(value)) };
}

/* As a subtree of its certificate, whose parser prepares it. */
static int
match(const struct dt_general_name *base, const struct dt_general_name *name)
{
	uint8_t text[DT_MAX_DOMAIN];
	struct dt_subtree subtree = { .base = *base };

	if (base->type == DT_GN_EMAIL)
		subtree.unicode = dt_subtree_unicode(base->value, text);
	return dt_constraint_match(&subtree, name);
}

static void
expect_rows(
    enum dt_general_name_type type, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct dt_general_name base = of_type(type, rows[i].base);
		struct dt_general_name name = of_type(type, rows[i].name);

		cr_expect(dt_constraint_concerns(&base, &name));
		cr_expect_eq(match(&base, &name), rows[i].answer, "%s under %s",
		    rows[i].name, rows[i].base);
	}
}

#define EXPECT_ROWS(type, rows)                                                \
	expect_rows(type, rows, sizeof(rows) / sizeof(rows[0]))

/* RFC 5280 4.2.1.10: host.example.com satisfies a constraint of that name, and
 * so does what stands below it. */
Test(constraint_match, host_names_are_matched_from_the_right)
{
	static const struct row rows[] = {
		{ "hospital.example", "hospital.example", WITHIN },
		{ "Hospital.EXAMPLE", "pacs.hospital.example", WITHIN },
		{ "hospital.example", "myhospital.example", OUTSIDE },
		{ "pacs.hospital.example", "hospital.example", OUTSIDE },
		{ "", "anything", WITHIN },
		{ "", "", WITHIN },
		{ "hospital.example", "", OUTSIDE },
		{ ".hospital.example", "pacs.hospital.example", WITHIN },
		{ ".hospital.example", "hospital.example", OUTSIDE },
	};

	EXPECT_ROWS(DT_GN_DNS, rows);
}

/* RFC 5280 4.2.1.10: a mailbox, all of a host, all hosts of a domain. */
Test(constraint_match, mail_addresses_have_three_kinds_of_base)
{
	static const struct row rows[] = {
		{ "root@example.com", "root@EXAMPLE.com", WITHIN },
		{ "root@example.com", "Root@example.com", OUTSIDE },
		{ "root@example.com", "boot@example.com", OUTSIDE },
		{ "example.com", "root@example.com", WITHIN },
		{ "example.com", "root@my.example.com", OUTSIDE },
		{ ".example.com", "root@my.example.com", WITHIN },
		{ ".example.com", "root@example.com", OUTSIDE },
		{ "@example.com", "root@example.com", WITHIN },
		{ "", "root@example.com", OUTSIDE },
		{ "example.com", "example.com", SYNTAX },
		{ "b@example.com", "a@b@example.com", OUTSIDE },
	};

	EXPECT_ROWS(DT_GN_EMAIL, rows);
}

Test(constraint_match, a_nul_in_a_mailbox_is_bad_syntax)
{
	const struct dt_general_name base = { DT_GN_EMAIL,
		dt_span("a\0b@c", 5) };
	const struct dt_general_name name = of_type(DT_GN_EMAIL, "axb@c");

	cr_expect_eq(match(&base, &name), SYNTAX);
	cr_expect_eq(match(&name, &base), SYNTAX);
}

Test(constraint_match, the_host_of_an_uri_is_compared)
{
	static const struct row rows[] = {
		{ "example.com", "http://EXAMPLE.com/path", WITHIN },
		{ "example.com", "http://example.com:8080", WITHIN },
		{ "example.com", "http://my.example.com/", OUTSIDE },
		{ ".example.com", "http://my.example.com/", WITHIN },
		{ ".example.com", "http://example.com/", OUTSIDE },
		{ "example.com", "http://user@example.com/", OUTSIDE },
		{ "example.com", "http://example.com/a:b", OUTSIDE },
		{ "example.com", "mailto:root@example.com", SYNTAX },
		{ "example.com", "example.com", SYNTAX },
		{ "example.com", "ldap:///cn=x", SYNTAX },
		{ "", "http:", SYNTAX },
		{ "", "http://", SYNTAX },
	};

	EXPECT_ROWS(DT_GN_URI, rows);
}

static int
match_ip(const char *base, size_t base_size, const char *name, size_t size)
{
	struct dt_general_name b = { DT_GN_IP, dt_span(base, base_size) };
	struct dt_general_name n = { DT_GN_IP, dt_span(name, size) };

	return match(&b, &n);
}

Test(constraint_match, addresses_are_compared_under_the_mask)
{
	static const char net[] = "\xc0\x00\x02\x00\xff\xff\xff\x00";
	static const char holes[] = "\x0a\x00\x00\x07\xff\x00\x00\xff";
	static const char zeros[32];

	cr_expect_eq(match_ip(net, 8, "\xc0\x00\x02\x63", 4), WITHIN);
	cr_expect_eq(match_ip(net, 8, "\xc0\x00\x03\x63", 4), OUTSIDE);
	cr_expect_eq(match_ip(holes, 8, "\x0a\x01\x02\x07", 4), WITHIN);
	cr_expect_eq(match_ip(zeros, 32, "\xc0\x00\x02\x63", 4), OUTSIDE);
	cr_expect_eq(match_ip(zeros, 32, zeros, 16), WITHIN);
	cr_expect_eq(match_ip(net, 4, net, 4), SYNTAX);
	cr_expect_eq(match_ip(net, 8, net, 3), SYNTAX);
}

/* As in comparison forms, where a SET is one element. */
Test(constraint_match, a_directory_name_holds_what_starts_with_it)
{
	static const struct row rows[] = {
		{ "1\x02"
		  "de",
		    "1\x02"
		    "de1\x02ou",
		    WITHIN },
		{ "1\x02"
		  "de",
		    "1\x02"
		    "de",
		    WITHIN },
		{ "",
		    "1\x02"
		    "de",
		    WITHIN },
		{ "1\x02"
		  "de1\x02ou",
		    "1\x02"
		    "de",
		    OUTSIDE },
		{ "1\x02"
		  "fr",
		    "1\x02"
		    "de",
		    OUTSIDE },
	};

	EXPECT_ROWS(DT_GN_DIRECTORY, rows);
}

Test(constraint_match, some_types_have_no_rule)
{
	static const enum dt_general_name_type types[] = { DT_GN_X400,
		DT_GN_EDI_PARTY, DT_GN_REGISTERED_ID };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct dt_general_name name = of_type(types[i], "x");

		cr_expect(dt_constraint_concerns(&name, &name));
		cr_expect_eq(match(&name, &name),
		    DICOMTLS_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE);
	}
}

/* SmtpUTF8Mailbox with a UTF8String of n octets. */
#define MAILBOX(n, text) "\x06\x08\x2b\x06\x01\x05\x05\x07\x08\x09\xa0" n text
#define MAIL_A                                                                 \
	MAILBOX("\x10", "\x0c\x0e"                                             \
			"a@b\xc3\xbc"                                          \
			"cher.test")

Test(constraint_match, a_mailbox_in_utf8_is_under_mail_constraints)
{
	static const struct row rows[] = {
		{ "xn--bcher-kva.test", MAIL_A, WITHIN },
		{ "b\xc3\xbc"
		  "cher.test",
		    MAIL_A, WITHIN },
		{ "bucher.test", MAIL_A, OUTSIDE },
		{ ".test", MAIL_A, OUTSIDE },
		{ "xn--a_b", MAIL_A, DICOMTLS_V_ERR_UNSPECIFIED },
		{ "x",
		    MAILBOX("\x05", "\x16\x03"
				    "a@x"),
		    SYNTAX },
		{ "x",
		    MAILBOX("\x05", "\x0c\x03"
				    "a.x"),
		    SYNTAX },
		/* the reference's second dot */
		{ ".x",
		    MAILBOX("\x07", "\x0c\x05"
				    "a@..x"),
		    WITHIN },
		{ ".x",
		    MAILBOX("\x07", "\x0c\x05"
				    "a@y.x"),
		    OUTSIDE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_general_name base =
		    of_type(DT_GN_EMAIL, rows[i].base);
		struct dt_general_name name =
		    of_type(DT_GN_OTHER, rows[i].name);

		cr_expect(dt_constraint_concerns(&base, &name));
		cr_expect_not(dt_constraint_concerns(&name, &name));
		cr_expect_eq(match(&base, &name), rows[i].answer, "row %zu", i);
	}
}

Test(constraint_match, other_names_concern_their_own_type)
{
	struct dt_general_name a =
	    of_type(DT_GN_OTHER, "\x06\x02\x2a\x03\xa0\x03\x0c\x01x");
	struct dt_general_name b =
	    of_type(DT_GN_OTHER, "\x06\x02\x2a\x04\xa0\x03\x0c\x01x");
	struct dt_general_name mail = of_type(DT_GN_EMAIL, "x");

	cr_expect(dt_constraint_concerns(&a, &a));
	cr_expect_not(dt_constraint_concerns(&a, &b));
	cr_expect_not(dt_constraint_concerns(&mail, &a));
	cr_expect_eq(match(&a, &a), DICOMTLS_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE);
}

#include "compat/attribute_names.h"

#include <criterion/criterion.h>

#include <stdio.h>

/* One of each arc, first and last rows included: a table out of order would
 * lose some of them. */
Test(attribute_names, known_types_have_their_short_names)
{
	static const char *const rows[][2] = {
		{ "0.9.2342.19200300.100.1.1", "UID" },
		{ "0.9.2342.19200300.100.1.25", "DC" },
		{ "1.2.643.100.1", "OGRN" },
		{ "1.2.643.3.131.1.1", "INN" },
		{ "1.2.840.113549.1.9.1", "emailAddress" },
		{ "1.2.840.113549.1.9.2", "unstructuredName" },
		{ "1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL" },
		{ "1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST" },
		{ "1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC" },
		{ "1.3.6.1.5.5.7.9.1", "id-pda-dateOfBirth" },
		{ "2.5.29.17", "subjectAltName" },
		{ "2.5.4.10", "O" },
		{ "2.5.4.11", "OU" },
		{ "2.5.4.12", "title" },
		{ "2.5.4.15", "businessCategory" },
		{ "2.5.4.17", "postalCode" },
		{ "2.5.4.3", "CN" },
		{ "2.5.4.4", "SN" },
		{ "2.5.4.42", "GN" },
		{ "2.5.4.43", "initials" },
		{ "2.5.4.44", "generationQualifier" },
		{ "2.5.4.46", "dnQualifier" },
		{ "2.5.4.5", "serialNumber" },
		{ "2.5.4.6", "C" },
		{ "2.5.4.65", "pseudonym" },
		{ "2.5.4.7", "L" },
		{ "2.5.4.8", "ST" },
		{ "2.5.4.9", "street" },
		{ "2.5.4.97", "organizationIdentifier" },
		{ "2.5.4.99", "n3" },
		{ "0.9", "data" },
		{ "1.2", "member-body" },
		{ "1.2.840.113549.1.1.11", "RSA-SHA256" },
		{ "1.3.6.1.5.5.7.3.1", "serverAuth" },
		{ "2.5.4", "X509" },
		{ "2.16.840.1.101.3.4.2.1", "SHA256" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_span name;

		cr_assert(
		    dt_attribute_name(rows[i][0], &name), "%s", rows[i][0]);
		cr_expect(dt_span_equal(
			      name, dt_span(rows[i][1], strlen(rows[i][1]))),
		    "%s", rows[i][0]);
	}
}

Test(attribute_names, other_types_have_none)
{
	struct dt_span name;

	cr_expect_not(dt_attribute_name("1.2.3.4", &name));
	cr_expect_not(dt_attribute_name("2.5.4.1000", &name));
	cr_expect_not(dt_attribute_name("2.5.4.3.1", &name));
	cr_expect_not(dt_attribute_name("2.5.4.", &name));
	cr_expect_not(dt_attribute_name("2", &name));
	cr_expect_not(dt_attribute_name("", &name));
}

/* Whatever the short way knows, the long way calls the same. */
Test(attribute_names, usual_types_have_the_names_of_the_table)
{
	unsigned known = 0;

	for (unsigned arc = 0; arc < 128; arc++) {
		uint8_t oid[] = { 0x55, 0x04, (uint8_t)arc };
		struct dt_span usual, name;
		char text[16];

		if (!dt_attribute_name_usual(dt_span(oid, sizeof(oid)), &usual))
			continue;
		known++;
		snprintf(text, sizeof(text), "2.5.4.%u", arc);
		cr_assert(dt_attribute_name(text, &name), "%s", text);
		cr_expect(dt_span_equal(usual, name), "%s", text);
	}
	cr_expect_geq(known, 6);
	cr_expect_not(dt_attribute_name_usual(dt_span("\x2a\x03", 2), NULL));
}

Test(attribute_names, the_mail_address_is_usual)
{
	struct dt_span name;

	cr_assert(dt_attribute_name_usual(
	    dt_span("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", 9), &name));
	cr_expect(dt_span_equal(name, dt_span("emailAddress", 12)));
}

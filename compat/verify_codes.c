/*
 * Look-ups in the code table, and the texts of this library's own failures.
 * What is not in the table is answered like DICOMTLS_V_ERR_UNSPECIFIED.
 */
#include "compat/verify_codes.h"

#include "dicomtls.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The header has no ERR_ in the name of the code that is no error. */
#define DICOMTLS_V_ERR_OK DICOMTLS_V_OK

struct code {
	int l_number;
	int alert;
	int dicom_error;
	const char *stem;
	const char *text;
};

/* Index is the public constant, so that table and header cannot differ. */
static const struct code codes[] = {
#define ROW(number, l_number, stem, alert, dicom_error, text)                  \
	[DICOMTLS_V_ERR_##stem] = { l_number, alert, dicom_error, #stem, text },
	DT_VERIFY_CODES(ROW)
#undef ROW
};

#define CODE_COUNT (sizeof(codes) / sizeof(codes[0]))

#define CHECK(number, l_number, stem, alert, dicom_error, text)                \
	_Static_assert(DICOMTLS_V_ERR_##stem == (number), #stem);
DT_VERIFY_CODES(CHECK)
#undef CHECK

static const struct code *
find(int error)
{
	if (error < 0 || (size_t)error >= CODE_COUNT)
		error = DICOMTLS_V_ERR_UNSPECIFIED;
	return &codes[error];
}

const char *
dicomtls_code_name(int error)
{
	return find(error)->stem;
}

const char *
dicomtls_code_text(int error)
{
	return find(error)->text;
}

int
dicomtls_code_l_number(int error)
{
	return find(error)->l_number;
}

/* Swapping pairs is its own inverse. */
int
dicomtls_code_from_l_number(int l_error)
{
	return find(l_error)->l_number;
}

int
dicomtls_code_alert(int error)
{
	return find(error)->alert;
}

int
dt_code_dicom_error(int error)
{
	return find(error)->dicom_error;
}

int
dicomtls_code_at(unsigned index)
{
	return index < CODE_COUNT ? (int)index : DICOMTLS_E_INVALID;
}

static const char *
skip_prefix(const char *name)
{
	static const char *const prefixes[] = { "DICOMTLS_V_ERR_",
		"L_X509_V_ERR_", "X509_V_ERR_", "DICOMTLS_V_", "L_X509_V_",
		"X509_V_" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t size = strlen(prefixes[i]);

		if (strncasecmp(name, prefixes[i], size) == 0)
			return name + size;
	}
	return name;
}

static int
find_number(const char *name)
{
	char *end;
	long number = strtol(name, &end, 10);

	if (*end != '\0' || number >= (long)CODE_COUNT)
		return DICOMTLS_E_INVALID;
	return (int)number;
}

int
dicomtls_code_find(const char *name)
{
	const char *stem;

	if (name == NULL)
		return DICOMTLS_E_INVALID;
	if (*name >= '0' && *name <= '9')
		return find_number(name);
	stem = skip_prefix(name);
	for (size_t i = 0; i < CODE_COUNT; i++)
		if (strcasecmp(stem, codes[i].stem) == 0)
			return (int)i;
	return DICOMTLS_E_INVALID;
}

const char *
dicomtls_strerror(int error)
{
	static const char *const texts[] = {
		[0] = "no error",
		[-DICOMTLS_E_NOMEM] = "out of memory",
		[-DICOMTLS_E_INVALID] = "invalid argument or order of calls",
		[-DICOMTLS_E_IO] = "file could not be read",
		[-DICOMTLS_E_FORMAT] = "malformed or missing certificate",
		[-DICOMTLS_E_LIMIT] = "over a limit",
		[-DICOMTLS_E_UNSUPPORTED] = "not supported by this version",
		[-DICOMTLS_E_TLS] = "TLS library failure",
		[-DICOMTLS_E_PROFILE] = "outside the DICOM profile",
	};
	const int count = (int)(sizeof(texts) / sizeof(texts[0]));

	if (error > 0 || error <= -count)
		return "unknown error";
	return texts[-error];
}

/* Statuses of C-STORE; see store_status.h. */
#include "tools/store_status.h"

#include <stddef.h>

struct row {
	uint16_t mask;
	uint16_t value;
	enum store_outcome outcome;
	const char *text;
};

/* The first row that fits counts; the last fits always. */
static const struct row rows[] = {
	{ 0xffff, 0x0000, STORE_DONE, "stored" },
	{ 0xffff, 0x0001, STORE_WARNING, "stored, with a warning" },
	{ 0xffff, 0x0107, STORE_WARNING,
	    "stored, but not all attributes were accepted" },
	{ 0xffff, 0x0116, STORE_WARNING,
	    "stored, but an attribute's value is out of range" },
	{ 0xffff, 0xb000, STORE_WARNING,
	    "stored, but data elements were changed" },
	{ 0xffff, 0xb006, STORE_WARNING,
	    "stored, but data elements were discarded" },
	{ 0xffff, 0xb007, STORE_WARNING,
	    "stored, but the data set does not match its SOP class" },
	{ 0xf000, 0xb000, STORE_WARNING, "stored, with a warning" },
	{ 0xff00, 0xa700, STORE_FAILED, "out of resources" },
	{ 0xff00, 0xa900, STORE_FAILED,
	    "the data set does not match its SOP class" },
	{ 0xf000, 0xc000, STORE_FAILED, "the data set was not understood" },
	{ 0xffff, 0x0110, STORE_FAILED, "processing failed" },
	{ 0xffff, 0x0111, STORE_FAILED, "the SOP instance is there already" },
	{ 0xffff, 0x0112, STORE_FAILED, "no such SOP instance" },
	{ 0xffff, 0x0117, STORE_FAILED, "the SOP instance UID is not valid" },
	{ 0xffff, 0x0118, STORE_FAILED, "no such SOP class" },
	{ 0xffff, 0x0119, STORE_FAILED,
	    "the SOP instance is of another SOP class" },
	{ 0xffff, 0x0122, STORE_FAILED, "the SOP class is not supported" },
	{ 0xffff, 0x0124, STORE_FAILED, "not authorized" },
	{ 0xffff, 0x0210, STORE_FAILED, "the message ID is in use" },
	{ 0xffff, 0x0211, STORE_FAILED, "the operation is not recognized" },
	{ 0xffff, 0x0212, STORE_FAILED, "an argument has not the agreed type" },
	{ 0xffff, 0x0213, STORE_FAILED, "a resource is exhausted" },
	{ 0xffff, 0xfe00, STORE_FAILED, "cancelled" },
	{ 0x0000, 0x0000, STORE_FAILED, "a status that DICOM does not define" },
};

static const struct row *
find(uint16_t status)
{
	const struct row *row = rows;

	while ((status & row->mask) != row->value)
		row++;
	return row;
}

enum store_outcome
store_status_outcome(uint16_t status)
{
	return find(status)->outcome;
}

const char *
store_status_text(uint16_t status)
{
	return find(status)->text;
}

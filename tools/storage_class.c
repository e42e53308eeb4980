/*
 * Storage SOP classes by rule; see storage_class.h. Nearly all of them have a
 * root of their own, and new ones come every year: whatever is below it is
 * taken for one, unless it is known to be a service. Private classes are left
 * out.
 */
#include "tools/storage_class.h"

#include <stddef.h>
#include <string.h>

#define STORAGE_ROOT "1.2.840.10008.5.1.4.1.1."
#define TRANSFER_ROOT "1.2.840.10008.1.2"

/* Below the root, and no storage: the query, retrieve and creation services
 * that came with procedure protocols (PS3.4 II) and inventories (JJ, KK). */
static const char *const services[] = {
	STORAGE_ROOT "200.4",
	STORAGE_ROOT "200.5",
	STORAGE_ROOT "200.6",
	STORAGE_ROOT "201.2",
	STORAGE_ROOT "201.3",
	STORAGE_ROOT "201.4",
	STORAGE_ROOT "201.5",
	STORAGE_ROOT "201.6",
	NULL,
};

/* Storage elsewhere: RT delivery instructions, and objects that belong to no
 * patient (PS3.4 GG.3). */
static const char *const elsewhere[] = {
	"1.2.840.10008.5.1.4.34.7",
	"1.2.840.10008.5.1.4.34.10",
	"1.2.840.10008.5.1.4.38.1",
	"1.2.840.10008.5.1.4.39.1",
	"1.2.840.10008.5.1.4.43.1",
	"1.2.840.10008.5.1.4.44.1",
	"1.2.840.10008.5.1.4.45.1",
	NULL,
};

static bool
is_among(const char *const *uids, const char *uid)
{
	while (*uids != NULL && strcmp(*uids, uid) != 0)
		uids++;
	return *uids != NULL;
}

bool
storage_class_is_known(const char *uid)
{
	if (strncmp(uid, STORAGE_ROOT, strlen(STORAGE_ROOT)) == 0)
		return !is_among(services, uid);
	return is_among(elsewhere, uid);
}

bool
storage_transfer_is_known(const char *uid)
{
	size_t root = strlen(TRANSFER_ROOT);

	return strncmp(uid, TRANSFER_ROOT, root) == 0 &&
	       (uid[root] == '\0' || uid[root] == '.');
}

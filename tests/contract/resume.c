/*
 * Resumption through ltdic.h alone: VERIFY is called once for two connections
 * where it was asked for, and for each where it was not or where what the
 * answer rests on was read again. A plain program, for sanitizers; see link.c.
 */
#include "service.h"

#include <stdlib.h>
#include <unistd.h>

/* VERIFY is told of root and leaf. */
enum { FULL = 2 };

/* A connection of this handle; by how many calls of VERIFY at both ends. */
static void
expect_calls(HDICOMNET net, unsigned want, const char *what)
{
	const unsigned before = service_verified();
	struct call call = { .error = -1 };

	call_begin(&call, net);
	call_end(&call);
	check(call.echoed, "an echo travels");
	check_number((long)call.verified, want, what);
	check_number((long)(service_verified() - before), want,
	    "and so it is at the server");
}

static void
only_where_both_ask(void)
{
	HDICOMNET net = service_client(&service_good);

	expect_calls(net, FULL, "the first handshake is a full one");
	expect_calls(net, FULL, "and so is the second, by default");
	L_DicomSetResumeTLS(service_settings, L_TRUE);
	expect_calls(net, FULL, "the client does not ask");
	expect_calls(net, FULL, "so that nothing is resumed");
	check_number((long)L_DicomSetResumeTLS(net, L_TRUE), DICOM_SUCCESS,
	    "now it does");
	expect_calls(net, FULL, "it has nothing to resume yet");
	expect_calls(net, 0, "then VERIFY is not called");
	expect_calls(net, 0, "nor the third time");
	L_DicomFreeNet(net);
}

static void
not_across_a_reload(void)
{
	HDICOMNET net = service_client(&service_good);

	L_DicomSetResumeTLS(net, L_TRUE);
	expect_calls(net, FULL, "a full handshake");
	expect_calls(net, 0, "one that is resumed");
	L_DicomReloadTLS(service_settings, NULL, 0);
	expect_calls(net, FULL, "the server has read its files again");
	expect_calls(net, 0, "one that is resumed again");
	L_DicomReloadTLS(net, NULL, 0);
	expect_calls(net, FULL, "the client has");
	expect_calls(net, 0, "and resumes again");
	L_DicomSetCipherToIndexTLS(net, 0, L_TLS_AES_256_GCM_SHA384);
	expect_calls(net, FULL, "other settings");
	L_DicomFreeNet(net);
}

static void
by_handles_that_share(void)
{
	HDICOMNET net = service_client(&service_good);
	HDICOMNET other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	L_DicomSetResumeTLS(net, L_TRUE);
	expect_calls(net, FULL, "a full handshake of one handle");
	L_DicomShareTLS(other, net);
	expect_calls(other, 0, "is resumed by another that shares with it");
	L_DicomFreeNet(net);
	L_DicomFreeNet(other);
}

static void
wrong_handles(void)
{
	HDICOMNET plain = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	check_number((long)L_DicomSetResumeTLS(plain, L_TRUE),
	    DICOM_ERROR_BAD_SECURE_MODE, "a plain handle resumes nothing");
	check_number((long)L_DicomSetResumeTLS(NULL, L_TRUE),
	    DICOM_ERROR_NULL_PTR, "nor does none");
	L_DicomFreeNet(plain);
}

int
main(void)
{
	alarm(120);
	if (!service_start())
		return 1;
	only_where_both_ask();
	not_across_a_reload();
	by_handles_that_share();
	wrong_handles();
	service_stop();
	return check_end();
}

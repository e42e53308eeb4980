/*
 * New files without a restart, through ltdic.h alone: handshakes run while
 * files are read again, a connection goes on through it, a new CRL counts for
 * the next, and a file that cannot be used changes nothing. A plain program,
 * for sanitizers; see link.c.
 */
#include "service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CALLERS = 3, CALLS = 12, RELOADS = 60 };

static const struct mint_crl_spec first_list = { .issuer = &service_authority,
	.number = 1 };
static const struct mint_crl_spec second_list = { .issuer = &service_authority,
	.number = 2,
	.revoked = { { "15", NULL, 1 } } };

/* In one step, so that nobody reads half of it. */
static void
put_in_place(char *written, const char *path)
{
	if (written == NULL || rename(written, path) != 0)
		check(false, "a file is replaced");
	free(written);
}

static void
put_list(const struct mint_crl_spec *list)
{
	put_in_place(mint_dir_crl(&service_dir, "new.crl", list), service_crl);
}

static void
put_server(void)
{
	const struct mint_spec *chain[] = { &service_server, NULL };

	put_in_place(mint_dir_certificates(&service_dir, "new.pem", chain),
	    service_server_files.certificate);
}

static void *
call_often(void *arg)
{
	long *echoes = arg;

	for (int i = 0; i < CALLS; i++)
		*echoes += call_once(&service_good).echoed;
	return NULL;
}

static void
handshakes_run_beside_reloads(void)
{
	pthread_t threads[CALLERS];
	long echoes[CALLERS] = { 0 };
	long all = 0, refused = 0;

	for (int i = 0; i < CALLERS; i++)
		pthread_create(&threads[i], NULL, call_often, &echoes[i]);
	for (int i = 0; i < RELOADS; i++) {
		put_list(i % 2 == 0 ? &second_list : &first_list);
		put_server();
		refused += L_DicomReloadTLS(service_settings, NULL, 0) !=
			   DICOM_SUCCESS;
	}
	for (int i = 0; i < CALLERS; i++) {
		pthread_join(threads[i], NULL);
		all += echoes[i];
	}
	check_number(refused, 0, "files are read again while handshakes run");
	check_number(all, CALLERS * CALLS, "and no handshake suffers");
}

static void *
reload_often(void *arg)
{
	long *failed = arg;

	for (int i = 0; i < RELOADS; i++)
		*failed += L_DicomReloadTLS(service_settings, NULL, 0) != 0;
	return NULL;
}

static void
reloads_run_beside_each_other(void)
{
	pthread_t threads[CALLERS];
	long failed[CALLERS] = { 0 };

	for (int i = 0; i < CALLERS; i++)
		pthread_create(&threads[i], NULL, reload_often, &failed[i]);
	for (int i = 0; i < CALLERS; i++) {
		pthread_join(threads[i], NULL);
		check_number(failed[i], 0, "reloads from several threads");
	}
	check(call_once(&service_good).echoed, "and the link works afterwards");
}

static void
a_connection_goes_on_through_it(void)
{
	struct call call = { .stay = true, .error = -1 };
	struct call next;

	put_list(&first_list);
	L_DicomReloadTLS(service_settings, NULL, 0);
	call_begin(&call, service_client(&service_lost));
	call_await(&call, &call.associated);
	check(call.associated, "who is not on the list is let in");

	put_list(&second_list);
	check(call_once(&service_lost).echoed,
	    "a new list alone changes nothing");
	check_number(L_DicomReloadTLS(service_settings, NULL, 0), DICOM_SUCCESS,
	    "the new list is read");
	next = call_once(&service_lost);
	check_number((long)next.error, DICOM_ERROR_TLS_CERTIFICATE_REVOKED,
	    "who is on it now is refused");
	check(!next.echoed, "and gets nothing");
	check(call_once(&service_good).echoed, "others are let in");

	L_DicomSendCEchoRequest(call.net, 1, 1, NULL);
	call_end(&call);
	L_DicomFreeNet(call.net);
	check(call.echoed && call.error == 0,
	    "a connection that was there goes on to its end");
}

static void
check_reason(const char *path)
{
	L_TCHAR reason[512];

	check_number(L_DicomReloadTLS(service_settings, reason, sizeof(reason)),
	    DICOM_ERROR_TLS_INVALID_CTX, "a file that cannot be used");
	check(strncmp(reason, path, strlen(path)) == 0 &&
		  reason[strlen(path)] == ':',
	    "is named, with the reason");
	if (strncmp(reason, path, strlen(path)) != 0)
		printf("# got '%s'\n", reason);
	check(call_once(&service_good).echoed &&
		  call_once(&service_lost).error ==
		      DICOM_ERROR_TLS_CERTIFICATE_REVOKED,
	    "and all that was loaded before stays in force");
}

static void
a_broken_file_changes_nothing(void)
{
	static const char junk[] = "-----BEGIN CERTIFICATE-----\nMAMC\n";
	const struct dt_span bytes = dt_span(junk, sizeof(junk) - 1);
	L_TCHAR reason[512] = "?";
	L_TCHAR little[4];

	put_in_place(mint_dir_write(&service_dir, "new.pem", bytes),
	    service_server_files.certificate);
	check_reason(service_server_files.certificate);
	put_server();
	/* Newer, and in force all the same: it was not read with the others. */
	put_list(&first_list);
	remove(service_server_files.key);
	check_reason(service_server_files.key);
	free(mint_dir_key(&service_dir, "server.key", &service_server, NULL));
	put_list(&second_list);
	remove(service_crl);
	check_reason(service_crl);
	L_DicomReloadTLS(service_settings, little, sizeof(little));
	check(strlen(little) == 3, "a reason that does not fit is cut");
	put_list(&second_list);
	check_number(L_DicomReloadTLS(service_settings, reason, sizeof(reason)),
	    DICOM_SUCCESS, "once mended it is read");
	check(*reason == '\0', "without a reason");
}

static void
wrong_arguments(void)
{
	HDICOMNET plain = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	HDICOMNET other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_TCHAR reason[64] = "?";

	check_number(L_DicomReloadTLS(NULL, reason, sizeof(reason)),
	    DICOM_ERROR_NULL_PTR, "no handle to reload");
	check(*reason == '\0', "gives no reason");
	check_number(L_DicomReloadTLS(plain, NULL, 0),
	    DICOM_ERROR_BAD_SECURE_MODE, "a plain handle has nothing to read");
	check_number(L_DicomShareTLS(other, plain), DICOM_ERROR_BAD_SECURE_MODE,
	    "nor anything to share");
	check_number(L_DicomShareTLS(NULL, service_settings),
	    DICOM_ERROR_NULL_PTR, "no handle to share with");
	check_number(L_DicomShareTLS(service_listener, service_settings),
	    DICOM_ERROR_NET_IS_CONNECTED, "a handle in use is left alone");
	check_number(L_DicomShareTLS(other, service_settings), DICOM_SUCCESS,
	    "a handle takes settings over");
	check_number(L_DicomGetSecureMode(other), DICOM_SECURE_TLS,
	    "and becomes one for TLS");
	check_number(L_DicomSetCrlFileTLS(other, (L_TCHAR *)"absent", L_FALSE),
	    DICOM_ERROR_TLS_INVALID_CTX, "a CRL file that is not there");
	check_number(L_DicomSetCrlFileTLS(plain, service_crl, L_FALSE),
	    DICOM_ERROR_BAD_SECURE_MODE, "a CRL for a plain handle");
	check_number(L_DicomSetCrlFileTLS(other, NULL, L_TRUE), DICOM_SUCCESS,
	    "no CRL any more");
	L_DicomFreeNet(plain);
	L_DicomFreeNet(other);
}

int
main(void)
{
	alarm(300);
	if (!service_start())
		return 1;
	handshakes_run_beside_reloads();
	reloads_run_beside_each_other();
	a_connection_goes_on_through_it();
	a_broken_file_changes_nothing();
	wrong_arguments();
	service_stop();
	return check_end();
}

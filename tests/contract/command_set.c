/*
 * BEFORESENDCOMMANDSET may change what goes out, RECEIVEDATA shows what came
 * in. A plain program.
 */
#include "scene.h"

#include <string.h>
#include <unistd.h>

/* Message ID (0000,0110) in Implicit VR Little Endian, PS3.7 E.1. */
static const L_UCHAR message_id[] = { 0, 0, 0x10, 1, 2, 0, 0, 0 };

#define NEW_ID 0x55

/* What the SCP saw and could do. */
static int seen_id = -1;
static L_INT set_when_receiving = -1;
static int calls;

/* The value of the element in a copy of the set, or NULL. */
static L_UCHAR *
find_id(L_UCHAR *bytes, L_UINT32 size)
{
	L_UCHAR *at = memmem(bytes, size, message_id, sizeof(message_id));

	return at == NULL ? NULL : at + sizeof(message_id);
}

static L_UINT32
copy_set(HDICOMDS set, L_UCHAR *copy, L_UINT32 room)
{
	L_UINT32 size = 0;
	const L_UCHAR *bytes = L_DicomGetEncodedDS(set, &size);

	if (bytes == NULL || size > room)
		return 0;
	memcpy(copy, bytes, size);
	return size;
}

static L_VOID EXT_CALLBACK
change_id(HDICOMNET hNet, HDICOMDS hCS, L_VOID *pUserData)
{
	L_UCHAR copy[256];
	L_UINT32 size = copy_set(hCS, copy, sizeof(copy));
	L_UCHAR *id = find_id(copy, size);

	(void)hNet;
	(void)pUserData;
	calls++;
	/* The answer has none. */
	if (id == NULL)
		return;
	*id = NEW_ID;
	L_DicomSetEncodedDS(hCS, copy, size);
}

static L_VOID EXT_CALLBACK
spoil(HDICOMNET hNet, HDICOMDS hCS, L_VOID *pUserData)
{
	L_UCHAR garbage[] = "no command set";

	(void)hNet;
	(void)pUserData;
	L_DicomSetEncodedDS(hCS, garbage, sizeof(garbage));
}

/* Data set type (0000,0800): one follows. */
static L_VOID EXT_CALLBACK
announce_data(HDICOMNET hNet, HDICOMDS hCS, L_VOID *pUserData)
{
	static const L_UCHAR type[] = { 0, 0, 0, 8, 2, 0, 0, 0 };
	L_UCHAR copy[256];
	L_UINT32 size = copy_set(hCS, copy, sizeof(copy));
	L_UCHAR *at = memmem(copy, size, type, sizeof(type));

	(void)hNet;
	(void)pUserData;
	if (at == NULL)
		return;
	memset(at + sizeof(type), 0, 2);
	L_DicomSetEncodedDS(hCS, copy, size);
}

static BEFORESENDCOMMANDSET before_send;

static void
install(struct scene *scene, HDICOMNET net)
{
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pUserData = scene,
		.pfnBeforeSendCommandSet = before_send };

	L_DicomSetCallbackExt(net, &ext);
}

static void
look(struct scene *scene, HDICOMNET net, HDICOMDS command)
{
	L_UCHAR copy[256];
	L_UCHAR *id = find_id(copy, copy_set(command, copy, sizeof(copy)));

	if (scene_end_of(scene, net) != &scene->scp || id == NULL)
		return;
	seen_id = *id;
	set_when_receiving = L_DicomSetEncodedDS(command, copy, 1);
}

static void
run(struct scene *scene)
{
	scene->install = install;
	scene->on_data = look;
	scene_begin(scene, &scene_good_client, true);
	scene_await(scene, &scene->scu.closed);
	scene_await(scene, &scene->scp.closed);
	scene_finish(scene);
}

static void
a_changed_set_goes_out(void)
{
	struct scene scene = { 0 };

	before_send = change_id;
	run(&scene);
	check_number(seen_id, NEW_ID, "the SCP sees what the program wrote");
	check(scene.echoed, "and answers it");
	check_number(calls, 2, "request and answer are shown before");
	check_number(set_when_receiving, DICOM_ERROR_LOCKED,
	    "a received set cannot be replaced");
}

static void
a_spoilt_set_is_refused(void)
{
	struct scene scene = { 0 };

	before_send = spoil;
	run(&scene);
	check_number(scene.echo_error, DICOM_ERROR_PARAMETER,
	    "what is no command set is not sent");
	check(!scene.echoed, "and not answered");
}

static void
a_set_that_announces_data_is_refused(void)
{
	struct scene scene = { 0 };

	before_send = announce_data;
	run(&scene);
	check_number(scene.echo_error, DICOM_ERROR_PARAMETER,
	    "a data set that does not come is not announced");
}

static void
wrong_handles(void)
{
	L_UCHAR bytes[] = "x";
	L_UINT32 size = 9;
	int foreign = 0;

	check(L_DicomGetEncodedDS(NULL, &size) == NULL && size == 0,
	    "no data set has no bytes");
	check(L_DicomGetEncodedDS(&foreign, NULL) == NULL,
	    "nor has a foreign pointer");
	check_number(L_DicomSetEncodedDS(NULL, bytes, 1), DICOM_ERROR_NULL_PTR,
	    "no data set to change");
	check_number(L_DicomSetEncodedDS(&foreign, bytes, 1),
	    DICOM_ERROR_PARAMETER, "a foreign pointer is none");
}

int
main(void)
{
	alarm(120);
	if (!scene_prepare())
		return 1;
	a_changed_set_goes_out();
	a_spoilt_set_is_refused();
	a_set_that_announces_data_is_refused();
	wrong_handles();
	scene_clean_up();
	return check_end();
}

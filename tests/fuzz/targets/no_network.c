/*
 * The command's SCU and SCP for the fuzz target of its arguments: they open
 * their handles with all files that belong to them and compose a request, but
 * connect to nobody and listen nowhere.
 */
#include "target.h"

#include "tools/scp.h"
#include "tools/scu.h"

bool
scu_run(const struct scu_request *request, struct result *result,
    struct dt_message *why)
{
	struct endpoint endpoint = { .settings = &request->endpoint,
		.report = request->report };
	HDICOMNET handle = endpoint_open(&endpoint, why);
	HDICOMPDU association;

	if (handle == NULL) {
		REQUIRE(why->text[0] != '\0');
		return false;
	}
	association = L_DicomCreateAssociate(L_TRUE);
	REQUIRE(association != NULL);
	if (request->service->propose(association, request->arg) ==
	    DICOM_SUCCESS) {
		(void)L_DicomSetCalling(
		    association, (L_TCHAR *)request->calling);
		(void)L_DicomSetCalled(association, (L_TCHAR *)request->called);
	}
	L_DicomFreeAssociate(association);
	if (request->watch != NULL)
		request->watch(request->arg);
	*result = (struct result){
		.stage = REPORT_TCP, .alert = -1, .text = "there is no network"
	};
	(void)endpoint_explain(&endpoint, handle, result);
	L_DicomFreeNet(handle);
	endpoint_clear(&endpoint);
	return true;
}

struct scp *
scp_start(const struct scp_request *request, struct dt_message *why)
{
	struct endpoint endpoint = { .settings = &request->endpoint,
		.report = request->report };
	HDICOMNET handle = endpoint_open(&endpoint, why);

	if (handle == NULL)
		return NULL;
	(void)endpoint_reload(&endpoint, handle, why);
	L_DicomFreeNet(handle);
	endpoint_clear(&endpoint);
	dt_message_set(why, "there is no network");
	return NULL;
}

/* Nothing gets as far as what follows. */
bool
scp_reload(struct scp *scp, struct dt_message *text)
{
	(void)text;
	return scp != NULL;
}

const char *
scp_address(const struct scp *scp)
{
	REQUIRE(scp != NULL);
	return "";
}

unsigned
scp_port(const struct scp *scp)
{
	REQUIRE(scp != NULL);
	return 0;
}

void
scp_stop(struct scp *scp)
{
	REQUIRE(scp == NULL);
}

struct scu *
scu_ref(struct scu *scu)
{
	return scu;
}

void
scu_unref(struct scu *scu)
{
	REQUIRE(scu == NULL);
}

void *
scu_arg(const struct scu *scu)
{
	REQUIRE(scu == NULL);
	return NULL;
}

void
scu_move(struct scu *scu)
{
	REQUIRE(scu == NULL);
}

void
scu_reach(struct scu *scu, enum report_stage stage)
{
	REQUIRE(scu == NULL && stage == REPORT_TCP);
}

void
scu_finish(struct scu *scu, HDICOMNET handle, bool ok, const char *format, ...)
{
	REQUIRE(scu == NULL && handle == NULL && ok && format == NULL);
}

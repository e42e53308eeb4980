/*
 * Stands in for reference_openssl.c where the tests are built without
 * OpenSSL: recorded traces are all there is.
 */
#include "reference.h"

const char *
reference_missing(void)
{
	return "built without OpenSSL";
}

int
reference_replay(const struct case_data *data, struct trace *trace,
    struct dt_message *message)
{
	(void)trace;
	dt_message_set(message, "%s: %s", data->id, reference_missing());
	return -1;
}

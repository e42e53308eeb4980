/* Options of an SCU; see scu_options.h. */
#include "tools/scu_options.h"

#define AT(field) offsetof(struct scu_settings, field)

static const struct option_choice modes[] = {
	{ "none", L_SSL_VERIFY_NONE },
	{ "peer", L_SSL_VERIFY_PEER },
	{ NULL, 0 },
};

const struct option_spec scu_options[] = {
	{ "verify", OPTION_CHOICE, AT(verify_mode), "none|peer",
	    "does a refused certificate end it (default peer)", 0, 0, modes },
	{ "calling", OPTION_TEXT, AT(calling), "AET",
	    "our AE title (default DICOMTLS)", 0, 0, NULL },
	{ "called", OPTION_TEXT, AT(called), "AET",
	    "the peer's AE title (default ANY-SCP)", 0, 0, NULL },
	{ "json", OPTION_FLAG, AT(json), NULL, "one JSON object per line", 0, 0,
	    NULL },
	{ 0 },
};

int
scu_request_init(struct scu_request *request, const struct options *options,
    struct scu_settings *settings, char **host_and_port)
{
	long port;

	if (!option_number(host_and_port[1], 1, 65535, &port))
		return options_wrong(options,
		    "PORT: '%s' is not a number from 1 to 65535",
		    host_and_port[1]);
	settings->endpoint.verify_mode = settings->verify_mode;
	*request = (struct scu_request){
		.endpoint = settings->endpoint,
		.host = host_and_port[0],
		.port = (unsigned)port,
		.calling = settings->calling,
		.called = settings->called,
	};
	return -1;
}

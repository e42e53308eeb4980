/*
 * What the command and the tests may ask of an HDICOMNET beyond ltdic.h: TLS
 * settings that L_SSL_CTX_CREATE cannot express, the events behind VERIFY,
 * and a report on why a link failed. Not installed, not exported.
 */
#ifndef DICOMTLS_LTDIC_EXTRAS_H
#define DICOMTLS_LTDIC_EXTRAS_H

#include "dicom/data_stream.h"
#include "net/patience.h"
#include "tls/backend.h"

#include "dicomtls.h"
#include "ltdic.h"

struct dt_tls_extras {
	int auth_level;	       /* 0..5; negative: the default, 2 */
	const char *host_name; /* checked in the peer's certificate; NULL: not;
				* copied, as the next two */
	const char *server_name; /* asked for by SNI; NULL: host_name */
	const char *profile;	 /* of PS3.15, see tls/backend.h; NULL: none */
	bool system_trust;	 /* the system's anchors too */
	struct dt_questions questions; /* about certificates; copied */
	int min_version; /* TLS_V1_*, 0: as the method type says */
	int max_version;
};

/*
 * Call it after CreateNet(Ext)/InitializeNet and before Connect or Accept.
 * DICOM_SUCCESS, DICOM_ERROR_PARAMETER (no such handle), DICOM_ERROR_NULL_PTR,
 * DICOM_ERROR_BAD_SECURE_MODE (not a TLS handle), DICOM_ERROR_MEMORY.
 */
int dt_net_set_tls_extras(HDICOMNET hNet, const struct dt_tls_extras *extras);

/* Sees every event of a verification where VERIFY is called, and before it.
 * Its answer counts where no VERIFY callback is installed. NULL: none.
 * DICOM_SUCCESS, DICOM_ERROR_PARAMETER or DICOM_ERROR_NULL_PTR. */
int dt_net_set_event(HDICOMNET hNet, dicomtls_verify_fn event, void *arg);

/* How patient a handle is: with the ARTIM timer from its next start on, else
 * from the next connection on. DICOM_SUCCESS, DICOM_ERROR_PARAMETER or
 * DICOM_ERROR_NULL_PTR. */
int dt_net_set_patience(HDICOMNET hNet, const struct dt_patience *patience);

/* How the last connection of a handle went. */
struct dt_session_report {
	uint32_t error;		    /* DICOM_ERROR_*, 0 while nothing failed */
	bool secured;		    /* the TLS handshake succeeded */
	struct tls_info info;	    /* valid once secured */
	struct tls_failure failure; /* alerts are -1 where there was none */
	/* One sentence for people, whatever the layer that failed; empty
	 * while nothing failed. */
	struct dt_message message;
};

/* DICOM_SUCCESS or DICOM_ERROR_PARAMETER. From any thread, also inside a
 * callback; a handle keeps its report until the next Connect or Accept. */
int dt_net_get_session_report(HDICOMNET hNet, struct dt_session_report *report);

/* Why the last context or certificate of this handle was refused (file and
 * reason); empty if it was not. */
int dt_net_get_setup_message(HDICOMNET hNet, struct dt_message *message);

/*
 * Who takes the data sets of C-STORE requests that arrive on this connection,
 * from the next one on; copied. NULL: the library does, and lends RECEIVEDATA
 * and RECEIVECSTOREREQUEST an HDICOMDS. With a sink their hDS is NULL, and
 * they are called after the sink's end, also where begin or put failed: there
 * is where to send the response, with the status that the sink came to. They
 * are not called for a data set that was cut by the end of the association.
 * DICOM_SUCCESS or DICOM_ERROR_PARAMETER.
 */
int dt_net_set_data_sink(HDICOMNET hNet, const struct dt_data_sink *sink);

/*
 * L_DicomSendCStoreRequest from a source; same errors. On success the source
 * is the library's until it calls close; it is copied. SEND reports the PDUs.
 */
int dt_net_send_store(HDICOMNET hNet, const struct dt_store_request *request,
    const struct dt_data_source *source);

/* Makes the context of a handle now, as Connect and Accept would: files are
 * read. DICOM_SUCCESS with a sentence in missing about what the system's crypto
 * policy took from what was asked for (empty: nothing); or the error, of which
 * dt_net_get_setup_message tells more. */
int dt_net_prepare(HDICOMNET hNet, struct dt_message *missing);

#endif

/* Broken links in words; see failure.h. */
#include "tools/failure.h"

#include <stdio.h>

static const struct {
	L_INT code;
	const char *advice;
} links[] = {
	{ DICOM_ERROR_NET_CONNECTION_REFUSED,
	    "start the peer, or correct host and port: the computer is there "
	    "and nothing listens on that port" },
	{ DICOM_ERROR_NET_TIME_OUT,
	    "look whether the peer is there and not stuck; a firewall that "
	    "drops packets looks the same" },
	{ DICOM_ERROR_NET_CONNECTION_RESET,
	    "look into the peer's log: it broke the connection off; one that "
	    "refuses a certificate in TLS 1.3 may look like this" },
	{ DICOM_ERROR_NET_CONNECTION_ABORTED,
	    "look into the peer's log: it left in the middle; what was under "
	    "way has not arrived" },
	{ DICOM_ERROR_BAD_SECURE_MODE,
	    "take the port on which the peer speaks TLS, as a rule 2762, or "
	    "switch TLS on there" },
	{ DICOM_ERROR_NET_HOST_NOT_FOUND,
	    "correct the host name, or give the address" },
	{ DICOM_ERROR_NET_TRY_AGAIN,
	    "look whether the name server is there, or give the address" },
	{ DICOM_ERROR_NET_HOST_UN_REACH,
	    "look at the address, the cable and the routes" },
	{ DICOM_ERROR_NET_UN_REACH,
	    "look at the address, the cable and the routes" },
	{ DICOM_ERROR_NET_ADDRESS_IN_USE,
	    "end the other program that listens on this port, or take "
	    "another" },
	{ DICOM_ERROR_NET_ACCESS,
	    "take a port from 1024 on, or grant the right to open this one" },
};

/* The fields of a PDU in words. Source 0 stands for any. */
struct word {
	L_UCHAR source;
	L_UCHAR value;
	const char *text;
};

static const struct word results[] = {
	{ 0, PDU_REJECT_RESULT_PERMANENT, "permanently" },
	{ 0, PDU_REJECT_RESULT_TRANSIENT, "for the moment" },
};

static const struct word reject_sources[] = {
	{ 0, PDU_REJECT_SOURCE_USER, "its application" },
	{ 0, PDU_REJECT_SOURCE_PROVIDER1, "its protocol layer (ACSE)" },
	{ 0, PDU_REJECT_SOURCE_PROVIDER2, "its protocol layer (presentation)" },
};

static const struct word reject_reasons[] = {
	{ PDU_REJECT_SOURCE_USER, PDU_REJECT_REASON_UNKNOWN,
	    "it gives no reason; its log knows more" },
	{ PDU_REJECT_SOURCE_USER, PDU_REJECT_REASON_APPLICATION,
	    "it does not support the application context name" },
	{ PDU_REJECT_SOURCE_USER, PDU_REJECT_REASON_CALLING,
	    "it does not know the calling AE title: give --calling, or have "
	    "ours entered there; look at the AE titles" },
	{ PDU_REJECT_SOURCE_USER, PDU_REJECT_REASON_CALLED,
	    "the called AE title is not its own: give --called; look at the "
	    "AE titles" },
	{ PDU_REJECT_SOURCE_PROVIDER1, PDU_REJECT_REASON_UNKNOWN,
	    "it gives no reason; its log knows more" },
	{ PDU_REJECT_SOURCE_PROVIDER1, PDU_REJECT_REASON_VERSION,
	    "it does not support this version of the protocol" },
	{ PDU_REJECT_SOURCE_PROVIDER2, PDU_REJECT_REASON_CONGESTION,
	    "it is congested: try again later" },
	{ PDU_REJECT_SOURCE_PROVIDER2, PDU_REJECT_REASON_LIMIT,
	    "it has as many associations as it can take: try again later, or "
	    "raise its limit" },
};

static const struct word abort_sources[] = {
	{ 0, PDU_ABORT_SOURCE_USER, "its application" },
	{ 0, PDU_ABORT_SOURCE_PROVIDER, "its protocol layer" },
};

static const struct word abort_reasons[] = {
	{ PDU_ABORT_SOURCE_PROVIDER, PDU_ABORT_REASON_UNKNOWN,
	    "it gives no reason" },
	{ PDU_ABORT_SOURCE_PROVIDER, PDU_ABORT_REASON_UNRECOGNIZED,
	    "it met a PDU of unknown type" },
	{ PDU_ABORT_SOURCE_PROVIDER, PDU_ABORT_REASON_UNEXPECTED,
	    "it met a PDU out of turn" },
	{ PDU_ABORT_SOURCE_PROVIDER, PDU_ABORT_REASON_UNRECOGNIZED_PARAM,
	    "it met an unknown PDU parameter" },
	{ PDU_ABORT_SOURCE_PROVIDER, PDU_ABORT_REASON_UNEXPECTED_PARAM,
	    "it met a PDU parameter out of place" },
	{ PDU_ABORT_SOURCE_PROVIDER, PDU_ABORT_REASON_INVALID_PARAM,
	    "it met a PDU parameter with an invalid value" },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *
failure_advice(L_INT code)
{
	for (size_t i = 0; i < COUNT(links); i++)
		if (links[i].code == code)
			return links[i].advice;
	return NULL;
}

const char *
failure_reason(L_INT code)
{
	return code == DICOM_ERROR_MEMORY ? ": no memory" : "";
}

static const char *
find(const struct word *words, size_t count, L_UCHAR source, L_UCHAR value,
    const char *otherwise)
{
	for (size_t i = 0; i < count; i++)
		if (words[i].source == source && words[i].value == value)
			return words[i].text;
	return otherwise;
}

void
failure_of_rejection(
    L_UCHAR outcome, L_UCHAR source, L_UCHAR reason, char *text, size_t room)
{
	snprintf(text, room,
	    "the peer rejected the association %s, %s did: %s (result %u, "
	    "source %u, reason %u)",
	    find(results, COUNT(results), 0, outcome, "in a way of its own"),
	    find(reject_sources, COUNT(reject_sources), 0, source,
		"an unknown source"),
	    find(reject_reasons, COUNT(reject_reasons), source, reason,
		"the reason is none of PS3.8; its log knows more"),
	    outcome, source, reason);
}

/* Where the application aborts the reason is not significant. */
void
failure_of_abort(L_UCHAR source, L_UCHAR reason, char *text, size_t room)
{
	snprintf(text, room,
	    "the peer aborted the association, %s did: %s; its log knows more "
	    "(source %u, reason %u)",
	    find(abort_sources, COUNT(abort_sources), 0, source,
		"an unknown source"),
	    source == PDU_ABORT_SOURCE_USER
		? "it gives no reason"
		: find(abort_reasons, COUNT(abort_reasons), source, reason,
		      "the reason is none of PS3.8"),
	    source, reason);
}

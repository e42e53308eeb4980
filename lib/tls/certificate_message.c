/*
 * Reading the Certificate message before GnuTLS does. Strict: every length
 * must be used up exactly. The extensions of a TLS 1.3 entry are checked for
 * their outer length only, GnuTLS judges them.
 */
#include "tls/certificate_message.h"

#include "base/reader.h"
#include "dicomtls.h"

static size_t
read_be24(struct dt_reader *reader)
{
	size_t high = dt_read_u8(reader);

	return high << 16 | dt_read_be16(reader);
}

/* certificate_request_context is empty during the handshake (RFC 8446
 * 4.4.2). */
static bool
has_context(struct dt_reader *reader)
{
	return dt_read_u8(reader) != 0;
}

int
dt_certificate_message_parse(
    struct dt_certificate_list *list, struct dt_span message, bool tls13)
{
	struct dt_reader r = dt_reader(message);
	unsigned count = 0;

	if (message.size > DT_MAX_CERTIFICATE_MESSAGE)
		return DICOMTLS_E_LIMIT;
	if (tls13 && has_context(&r))
		return DICOMTLS_E_FORMAT;
	if (read_be24(&r) != dt_reader_left(&r))
		return DICOMTLS_E_FORMAT;
	while (dt_reader_left(&r) > 0) {
		struct dt_span item = dt_read_span(&r, read_be24(&r));

		if (tls13)
			dt_read_skip(&r, dt_read_be16(&r));
		if (dt_reader_failed(&r) || item.size == 0)
			return DICOMTLS_E_FORMAT;
		if (count == DT_MAX_CHAIN)
			return DICOMTLS_E_LIMIT;
		list->items[count].data = (unsigned char *)item.data;
		list->items[count++].size = (unsigned)item.size;
	}
	if (dt_reader_failed(&r))
		return DICOMTLS_E_FORMAT;
	list->count = count;
	return 0;
}

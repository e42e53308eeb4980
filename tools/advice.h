/* What usually lies behind an error number or an alert, and what mends it. */
#ifndef DICOMTLS_TOOLS_ADVICE_H
#define DICOMTLS_TOOLS_ADVICE_H

/* What usually mends a verification that ended with this number (OpenSSL's),
 * as an imperative without a full stop; never NULL. */
const char *advice_for_error(int error);

/* Name of an alert (RFC 8446 B.2), "unknown alert" for any other number. */
const char *advice_alert_name(int alert);

/* Which causes an alert from the peer can mean and where to look; never
 * NULL. */
const char *advice_for_alert(int alert);

#endif

/*
 * On which thread the program is told: on the loop thread of the connection,
 * or, where the program asked for it before the start (L_DicomSetDelivery), on
 * one that calls L_DicomBreathe.
 *
 * In the second case the loop thread hands the call over and waits. It waits
 * until the call has been made, or the link is taken from its handle; for an
 * answer of VERIFY no longer than the program allowed. What else is on that
 * loop waits with it, which is why each of the first handles has a loop of its
 * own then (net/loop.h). A call that is under way is never given up: what it
 * was given lies on the stack of the loop thread.
 */
#ifndef DICOMTLS_LTDIC_TELL_H
#define DICOMTLS_LTDIC_TELL_H

#include "ltdic.h"

#include <stdbool.h>
#include <stddef.h>

struct dt_link;
struct dt_net;

/* Makes the call; table is the handle's. */
typedef void (*dt_tell_fn)(const DICOMNETCALLBACK *table, void *arg);

/* Where a callback stands in the table; all of them are pointers to
 * functions. */
#define DT_CALLBACK(name) offsetof(DICOMNETCALLBACK, name)

bool dt_has_callback(const DICOMNETCALLBACK *table, size_t callback);

/* Calls tell, unless the link is no longer the handle's or the program has no
 * such callback: nobody is waited for then. */
void dt_tell(struct dt_net *net, struct dt_link *link, size_t callback,
    dt_tell_fn tell, void *arg);

/* The same for what the program has to answer in time, whatever its table
 * holds. False: it was not asked, or it was too late. */
bool dt_ask(
    struct dt_net *net, struct dt_link *link, dt_tell_fn ask, void *arg);

/* The link was taken from its handle: calls about it that wait are given up. */
void dt_tell_nobody(const struct dt_net *net, const struct dt_link *link);

#endif

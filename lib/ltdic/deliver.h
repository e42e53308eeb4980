/*
 * What the program is told, and in what words: by callbacks of the contract,
 * only while the link they are about is its handle's, one at a time. Called on
 * the loop thread of the link; tell.h decides where the program hears it.
 */
#ifndef DICOMTLS_LTDIC_DELIVER_H
#define DICOMTLS_LTDIC_DELIVER_H

#include "ltdic/link.h"

void dt_deliver_connect(struct dt_net *net, struct dt_link *link, L_INT error);
void dt_deliver_secure(
    struct dt_net *net, struct dt_link *link, L_UINT32 error);
void dt_deliver_sent(
    struct dt_net *net, struct dt_link *link, L_UCHAR type, L_UINT32 size);
void dt_deliver_close(struct dt_net *net, struct dt_link *link, L_INT error);
/* The indication an item stands for; messages are services.h's. */
void dt_deliver_item(
    struct dt_net *net, struct dt_link *link, struct dt_item *item);

/* ACCEPT with the descriptor that waits; returns it if nobody took it. */
int dt_deliver_accept(
    struct dt_net *net, struct dt_link *link, int fd, L_INT error);

/* Takes a connection off the listener's list; false if it is not on it. */
bool dt_forget_client(struct dt_net *server, HDICOMNET peer);

/* What it takes to tell a listener that a connection is lost: made with the
 * connection, because its end may come when there is no memory. NULL: no
 * memory; NULL may be freed. */
struct dt_farewell;
struct dt_farewell *dt_farewell_new(void);
void dt_farewell_free(struct dt_farewell *farewell);

/* CLOSE on a listener for a connection accepted from it, from any thread.
 * Takes *farewell. Nothing happens if the listener is gone. */
void dt_deliver_lost_peer(HDICOMNET server, HDICOMNET peer, L_INT error,
    struct dt_farewell **farewell);

/* One finding; the program's answer, ok where it has no VERIFY, 0 where it did
 * not answer in time or closed the handle. */
int dt_deliver_verify(struct dt_net *net, struct dt_link *link, int ok,
    const struct dicomtls_event *event);

#endif

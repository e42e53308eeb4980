/*
 * What an HDICOMNET stands for: settings, callbacks, and the connection or
 * listener (link.h) it has at the moment.
 *
 * A dt_net is used by any thread, under its lock; no lock is held while a
 * callback runs, and no two of these locks are ever held together. Callbacks
 * run between dt_net_enter and dt_net_leave, which is how closing and freeing
 * know whether one runs and keep the next from starting.
 */
#ifndef DICOMTLS_LTDIC_NET_H
#define DICOMTLS_LTDIC_NET_H

#include "base/array.h"
#include "ltdic/associate.h"
#include "ltdic/extras.h"
#include "ltdic/tls_settings.h"
#include "net/transport.h"

#include "ltdic.h"

#include <pthread.h>
#include <stdatomic.h>

struct dt_link;

/* VERIFY in its two forms; each is called through its own type. */
typedef L_INT (*dt_verify5_fn)(HDICOMNET, L_INT, L_TCHAR *, L_INT, L_TCHAR *);
typedef L_INT (*dt_verify6_fn)(
    HDICOMNET, L_INT, L_TCHAR *, L_INT, L_TCHAR *, L_VOID *);

struct dt_callbacks_ext {
	PRIVATEKEYPASSWORD password;
	dt_verify5_fn verify5;
	dt_verify6_fn verify6;
	BEFORESENDCOMMANDSET before_send;
	L_VOID *user_data;
};

struct dt_net {
	atomic_uint refs;
	HDICOMNET handle; /* set once, before anybody else sees it */
	char *folder;	  /* for temporary files; likewise */

	pthread_mutex_t lock; /* everything below */
	pthread_cond_t idle;
	bool freed;
	unsigned calls;	  /* callbacks that run now, nested ones counted */
	pthread_t caller; /* the thread they run on */

	DICOMNETCALLBACK callbacks;
	struct dt_callbacks_ext ext;
	bool has_sink;
	struct dt_data_sink sink; /* of dt_net_set_data_sink */
	L_UINT32 mode;
	struct dt_tls_settings tls;
	struct dt_message setup_message;

	/* All callbacks of a handle come from one loop, also after it closed
	 * and connected again; else they could overlap. */
	struct dt_loop *loop;
	struct dt_patience patience;
	struct dt_socket_options socket;
	struct dt_associate *associate; /* of L_DicomGetAssociate, or NULL */
	HDICOMDS command_set; /* of the message the program is told of */
	struct dt_link *link; /* NULL: idle; holds a reference */
	bool listening;
	bool connected;
	bool secured;
	bool shown_secured; /* what the program may set */
	struct dt_endpoint host;
	struct dt_endpoint peer;
	HDICOMNET server;	 /* listener that this was accepted from */
	struct dt_array clients; /* handles accepted from this listener */
	int pending;		 /* listener: descriptor that waits, or -1 */
	const char *unanswered; /* why VERIFY was, in this handshake; or NULL */
	struct dt_session_report report;
	L_UINT32 secure_error; /* the last one of the secure layer */
};

/* folder is copied; NULL or empty: the system's for temporary files. NULL: no
 * memory. One reference. */
struct dt_net *dt_net_new(L_UINT32 mode, const char *folder);
struct dt_net *dt_net_ref(struct dt_net *net);
void dt_net_unref(struct dt_net *net);

/* The object of a handle with a reference, or NULL and the documented error
 * (NULL_PTR or PARAMETER). */
struct dt_net *dt_net_get(HDICOMNET handle, L_INT *error);

/* Before a callback about link: false if the link is no longer the handle's
 * or the handle was freed; nothing may be called then. callbacks receives
 * the table. */
bool dt_net_enter(struct dt_net *net, const struct dt_link *link,
    DICOMNETCALLBACK *callbacks);
void dt_net_leave(struct dt_net *net);

/* Takes the link away from its handle and returns when no callback runs (at
 * once on the thread that runs it). NULL if there was none. The caller gets
 * the handle's reference and has to end the link. */
struct dt_link *dt_net_detach(struct dt_net *net);
/* As above, for the link's own thread: only if it still is the handle's. */
bool dt_net_detach_link(struct dt_net *net, struct dt_link *link);

/* Closes what the handle has; reports nothing on it. */
void dt_net_close(struct dt_net *net, bool at_once);

#endif

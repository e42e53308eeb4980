/* The object behind an HDICOMNET: its life and its callbacks; see net.h. */
#include "ltdic/net.h"

#include "ltdic/handle.h"
#include "ltdic/link.h"
#include "ltdic/report.h"
#include "ltdic/tell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* TMPDIR (POSIX) belongs to whoever runs the program. */
static char *
choose_folder(const char *folder)
{
	if (folder == NULL || *folder == '\0')
		folder = secure_getenv("TMPDIR");
	return strdup(folder != NULL && *folder != '\0' ? folder : P_tmpdir);
}

struct dt_net *
dt_net_new(L_UINT32 mode, const char *folder)
{
	struct dt_net *net = calloc(1, sizeof(*net));

	if (net == NULL)
		return NULL;
	net->folder = choose_folder(folder);
	if (net->folder == NULL) {
		free(net);
		return NULL;
	}
	atomic_init(&net->refs, 1);
	pthread_mutex_init(&net->lock, NULL);
	pthread_cond_init(&net->idle, NULL);
	net->mode = mode;
	net->pending = -1;
	net->patience = DT_PATIENCE_DEFAULT;
	net->socket = DT_SOCKET_DEFAULT;
	dt_tls_settings_init(&net->tls);
	dt_report_clear(&net->report);
	return net;
}

struct dt_net *
dt_net_ref(struct dt_net *net)
{
	atomic_fetch_add(&net->refs, 1);
	return net;
}

void
dt_net_unref(struct dt_net *net)
{
	if (net == NULL || atomic_fetch_sub(&net->refs, 1) != 1)
		return;
	dt_tls_settings_clear(&net->tls);
	dt_associate_free_lent(net->associate);
	dt_array_clear(&net->clients);
	free(net->folder);
	dt_loop_release(net->loop);
	pthread_mutex_destroy(&net->lock);
	pthread_cond_destroy(&net->idle);
	free(net);
}

struct dt_net *
dt_net_get(HDICOMNET handle, L_INT *error)
{
	struct dt_net *net = dt_handle_get(handle);

	if (net == NULL)
		*error = handle == NULL ? DICOM_ERROR_NULL_PTR
					: DICOM_ERROR_PARAMETER;
	return net;
}

bool
dt_net_enter(
    struct dt_net *net, const struct dt_link *link, DICOMNETCALLBACK *callbacks)
{
	bool entered;

	pthread_mutex_lock(&net->lock);
	entered = !net->freed && net->link == link;
	if (entered) {
		net->calls++;
		net->caller = pthread_self();
		*callbacks = net->callbacks;
	}
	pthread_mutex_unlock(&net->lock);
	return entered;
}

void
dt_net_leave(struct dt_net *net)
{
	pthread_mutex_lock(&net->lock);
	net->calls--;
	if (net->calls == 0)
		pthread_cond_broadcast(&net->idle);
	pthread_mutex_unlock(&net->lock);
}

static void
forget_link(struct dt_net *net)
{
	net->link = NULL;
	net->listening = false;
	net->connected = false;
	net->secured = false;
	net->shown_secured = false;
}

struct dt_link *
dt_net_detach(struct dt_net *net)
{
	struct dt_link *link;

	pthread_mutex_lock(&net->lock);
	link = net->link;
	forget_link(net);
	pthread_mutex_unlock(&net->lock);
	dt_tell_nobody(net, link);
	pthread_mutex_lock(&net->lock);
	while (net->calls > 0 && !pthread_equal(net->caller, pthread_self()))
		pthread_cond_wait(&net->idle, &net->lock);
	pthread_mutex_unlock(&net->lock);
	return link;
}

bool
dt_net_detach_link(struct dt_net *net, struct dt_link *link)
{
	bool detached;

	pthread_mutex_lock(&net->lock);
	detached = net->link == link;
	if (detached)
		forget_link(net);
	pthread_mutex_unlock(&net->lock);
	return detached;
}

void
dt_net_close(struct dt_net *net, bool at_once)
{
	struct dt_link *link = dt_net_detach(net);

	if (link != NULL)
		dt_link_close(link, at_once);
}

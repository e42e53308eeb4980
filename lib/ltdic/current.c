/* What a connection has at the moment: L_DicomGetQueueSend,
 * L_DicomGetAssociate and L_DicomGetCommandSet. */
#include "ltdic/handle.h"
#include "ltdic/link.h"

#include "ltdic.h"

/* The connection of a handle with a reference, or NULL. */
static struct dt_link *
connection_of(struct dt_net *net)
{
	struct dt_link *link = NULL;

	pthread_mutex_lock(&net->lock);
	if (net->link != NULL && !net->listening && net->connected)
		link = dt_link_ref(net->link);
	pthread_mutex_unlock(&net->lock);
	return link;
}

L_UINT32
L_DicomGetQueueSend(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	struct dt_link *link;
	uint64_t count = 0;

	if (net == NULL)
		return 0;
	link = connection_of(net);
	if (link != NULL) {
		count = dt_outgoing_count(
		    dt_exchange_outgoing(dt_link_exchange(link)));
		dt_link_unref(link);
	}
	dt_net_unref(net);
	return count < UINT32_MAX ? (L_UINT32)count : UINT32_MAX;
}

/* The handle's copy, if link still is its connection: made when it is first
 * asked for, kept until the next connection. */
static struct dt_associate *
keep(struct dt_net *net, const struct dt_link *link, struct dt_associate *lent)
{
	struct dt_associate *kept = NULL;

	pthread_mutex_lock(&net->lock);
	if (net->link == link) {
		if (net->associate == NULL) {
			net->associate = lent;
			lent = NULL;
		}
		kept = net->associate;
	}
	pthread_mutex_unlock(&net->lock);
	dt_associate_free_lent(lent);
	return kept;
}

HDICOMPDU
L_DicomGetAssociate(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	struct dt_associate *associate = NULL;
	struct dt_link *link;

	if (net == NULL)
		return NULL;
	link = connection_of(net);
	if (link != NULL) {
		associate = dt_exchange_lend_answer(dt_link_exchange(link));
		if (associate != NULL)
			associate = keep(net, link, associate);
		dt_link_unref(link);
	}
	dt_net_unref(net);
	return associate;
}

HDICOMDS
L_DicomGetCommandSet(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	HDICOMDS set = NULL;

	if (net == NULL)
		return NULL;
	pthread_mutex_lock(&net->lock);
	if (net->calls > 0 && pthread_equal(net->caller, pthread_self()))
		set = net->command_set;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return set;
}

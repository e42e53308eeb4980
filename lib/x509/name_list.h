/*
 * GeneralNames (RFC 5280 4.2.1.6) that are kept and compared: names of CRL
 * issuers and of distribution points.
 */
#ifndef DICOMTLS_X509_NAME_LIST_H
#define DICOMTLS_X509_NAME_LIST_H

#include "x509/general_name.h"
#include "x509/name.h"

struct dt_name_list_item {
	struct dt_general_name general;
	struct dt_name directory; /* of a directoryName */
};

struct dt_name_list {
	struct dt_name_list_item *items;
	size_t count;
};

/* names: contents of a list that has passed dt_shape_general_names; it must
 * outlive list, which starts empty, and so must the arena. False if there is no
 * memory. */
bool dt_name_list_decode(
    struct dt_arena *arena, struct dt_name_list *list, struct dt_span names);

/* One of the directoryNames is name. */
bool dt_name_list_has(
    const struct dt_name_list *list, const struct dt_name *name);

/* Some name of one list equals (GENERAL_NAME_cmp) some name of the other. */
bool dt_name_list_meets(
    const struct dt_name_list *a, const struct dt_name_list *b);

#endif

/*
 * The handles that exist. An HDICOMNET is a number in the shape of a pointer:
 * nothing lies behind it, so that a stale, foreign or invented one is found
 * out by a look into the table and can never be followed.
 */
#ifndef DICOMTLS_LTDIC_HANDLE_H
#define DICOMTLS_LTDIC_HANDLE_H

#include "base/array.h"

#include "ltdic.h"

struct dt_net;

/* Gives net a handle, and the table a reference to net. NULL: no memory. */
HDICOMNET dt_handle_add(struct dt_net *net);

/* The object of a handle with a reference for the caller, or NULL. */
struct dt_net *dt_handle_get(HDICOMNET handle);

/* As dt_handle_get, and takes the handle out of the table: the caller gets the
 * table's reference. */
struct dt_net *dt_handle_take(HDICOMNET handle);

/* All that exist, each with a reference; what no memory is left for is left
 * out. */
void dt_handle_all(struct dt_array *nets);

#endif

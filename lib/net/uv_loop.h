/* libuv's side of a loop, for the sources of this folder only. */
#ifndef DICOMTLS_NET_UV_LOOP_H
#define DICOMTLS_NET_UV_LOOP_H

#include "net/loop.h"

#include <uv.h>

/* Valid on the loop's own thread. */
uv_loop_t *dt_loop_uv(struct dt_loop *loop);

/* Where the transports of the loop read to, one after the other: what was read
 * is dealt with before the next of them reads. */
#define DT_LOOP_INPUT (64 * 1024)
uint8_t *dt_loop_input(struct dt_loop *loop);

#endif

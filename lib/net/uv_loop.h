/* libuv's side of a loop, for the sources of this folder only. */
#ifndef DICOMTLS_NET_UV_LOOP_H
#define DICOMTLS_NET_UV_LOOP_H

#include "net/loop.h"

#include <uv.h>

/* Valid on the loop's own thread. */
uv_loop_t *dt_loop_uv(struct dt_loop *loop);

#endif

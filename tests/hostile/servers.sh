#!/bin/sh
# Servers that do TLS wrong, against our client: each is told why. The rows are
# those of tests/hostile/server_rows.c.
. "${srcdir-.}/tests/tools/common.sh"

"$top/tests/hostile/server_peer" server.pem server.key ca.pem good.pem good.key

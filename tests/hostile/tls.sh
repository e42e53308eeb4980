#!/bin/sh
# Peers that do TLS wrong, against one dicomtls listen: each is told why, and
# after each a good association passes. The rows are those of tls_peer.
. "${srcdir-.}/tests/tools/common.sh"

serve
cat <&3 >said &
cp signer.key other.key
"$top/tests/hostile/tls_peer" "$port" good.pem good.key ca.pem
status=$?
kill -0 "$server_pid" || {
	echo "Bail out! the listener has ended"
	exit 1
}
kill "$server_pid"
wait "$server_pid" || status=1
server_pid=
exec 3<&-
sed 's/^/# /' served.err
exit $status

#!/bin/sh
# The rows of tls.sh and servers.sh with OpenSSL in our place: what they say of
# the reference is measured.
. "${srcdir-.}/tests/tools/common.sh"

[ -x "$top/tests/hostile/reference" ] || {
	echo "1..0 # SKIP there is no OpenSSL"
	exit 0
}
# The groups of the profile that dicomtls listen has by default.
cat >groups.cnf <<'CNF'
openssl_conf = libraries
[libraries]
ssl_conf = ssl
[ssl]
system_default = groups
[groups]
Groups = X25519:P-256:X448:P-384:P-521
CNF
mkfifo in first
OPENSSL_CONF=$PWD/groups.cnf \
    "$top/tests/hostile/reference" server.pem server.key ca.pem <in >first &
server_pid=$!
exec 4>in 3<first
read -r listening <&3
cp signer.key other.key
"$top/tests/hostile/tls_peer" --reference "${listening##*:}" \
    good.pem good.key ca.pem >rows
status=$?
exec 4>&-
wait "$server_pid" || status=1
server_pid=
"$top/tests/hostile/server_reference" server.pem server.key ca.pem \
    good.pem good.key >>rows || status=1
awk '/^1\.\./ { next }
    /^(not )?ok / { sub(/ok [0-9]+/, "ok " ++n) }
    { print }
    END { print "1.." n }' rows
exit $status

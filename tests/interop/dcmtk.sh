#!/bin/sh
# DCMTK as the peer, in both roles, with good and bad certificates. storescp
# binds every interface, so it runs in a network namespace of its own.
. "${srcdir-.}/tests/tools/common.sh"

# Debian's DCMTK needs its dictionary only for data sets.
export DCMDICTPATH="${DCMDICTPATH-/usr/share/libdcmtk17/dicom.dic}"

plan 22

# scu STATUS ARGUMENTS...: echoscu against our server; 0 or any failure.
scu() {
	wanted=$1
	shift
	echoscu -v "$@" 127.0.0.1 "$port" >peer 2>&1
	status=$?
	[ "$status" -eq 0 ] && status=0 || status=1
	[ "$status" -eq "$wanted" ] && return 0
	sed 's/^/# /' peer
	return 1
}

their_tls() {
	echo "+tls $1.key $1.pem +cf ca.pem"
}

our_server() {
	# shellcheck disable=SC2046 # words
	serve --once
	expect "echoscu with a good certificate" scu 0 $(their_tls good)
	expect "is served" served 0

	serve --once
	# shellcheck disable=SC2046
	expect "echoscu without the purpose fails" scu 1 $(their_tls bad)
	expect "and is refused by us" served 1
	expect "for 26" says served "26 INVALID_PURPOSE"

	serve --once --tls-max 1.2
	# +pz: the profile whose suites take ECDSA certificates.
	# shellcheck disable=SC2046
	expect "echoscu, expired, in TLS 1.2" scu 1 +pz $(their_tls expired)
	expect "is told the alert" says peer "certificate expired"
	expect "our side ends" served 1
	expect "for 10" says served "10 CERT_HAS_EXPIRED"

	serve --once
	expect "echoscu without a certificate fails" scu 1 +tla +cf ca.pem
	expect "and we say so" served 1

	serve --once
	expect "echoscu without TLS fails" scu 1
	expect "our side ends with a sentence" served 1
	expect "that names plain DICOM" says served "plain DICOM"
}

# In the namespace: waits until the server listens, then calls it.
# peer STATUS SCP-ARGUMENTS -- ECHO-ARGUMENTS
cat >peer.sh <<'SH'
dicomtls=$1
shift
ip link set lo up || exit 99
scp_arguments=
while [ "$1" != -- ]; do
	scp_arguments="$scp_arguments $1"
	shift
done
shift
# shellcheck disable=SC2086 # words
storescp -v $scp_arguments --ignore 11112 >peer 2>&1 &
scp=$!
# 2B68 is 11112, 0A is LISTEN.
until grep -q ':2B68 [0-9A-F:]* 0A ' /proc/net/tcp /proc/net/tcp6; do
	kill -0 $scp 2>/dev/null || { cat peer; exit 99; }
done
"$dicomtls" echo 127.0.0.1 11112 --ca-file ca.pem "$@" >out 2>err
status=$?
kill $scp
wait $scp
exit $status
SH

storescp_and_echo() {
	wanted=$1
	shift
	unshare -n sh peer.sh "$dicomtls" "$@" >shell 2>&1
	status=$?
	[ "$status" -eq "$wanted" ] && return 0
	echo "# status $status instead of $wanted"
	sed 's/^/# /' shell peer out err
	return 1
}

their_server() {
	# shellcheck disable=SC2046
	expect "storescp with a good certificate" storescp_and_echo 0 \
	    $(their_tls server) -- --cert good.pem --key good.key
	expect "answers our C-ECHO" says out "C-ECHO succeeded"
	# shellcheck disable=SC2046
	expect "storescp with a client's certificate is refused" \
	    storescp_and_echo 1 $(their_tls good) -- --cert good.pem \
	    --key good.key
	expect "for 26" says out "26 INVALID_PURPOSE"
	# shellcheck disable=SC2046
	expect "storescp refuses a bad client" storescp_and_echo 1 \
	    $(their_tls server) -- --cert bad.pem --key bad.key
	expect "and we read alert 43" \
	    says out "alert 43 unsupported_certificate"
	expect "storescp without TLS" storescp_and_echo 1 -- --cert good.pem \
	    --key good.key
	expect "and says what that may be" says out "it may speak plain DICOM"
}

skip_all() {
	while [ "$tap_count" -lt "$1" ]; do
		skip "$2" "$3"
	done
}

if command -v echoscu >/dev/null; then
	our_server
else
	skip_all 14 "echoscu" "DCMTK is not installed"
fi
if ! command -v storescp >/dev/null; then
	skip_all 22 "storescp" "DCMTK is not installed"
elif ! unshare -n ip link set lo up 2>/dev/null; then
	skip_all 22 "storescp" "no network namespace may be made here"
else
	their_server
fi

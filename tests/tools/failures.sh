#!/bin/sh
# What the user reads when a link fails: each failure of doc/failures.md is
# provoked, by dicomtls itself or by a peer that does not behave, and the
# sentence is looked for.
. "${srcdir-.}/tests/tools/common.sh"

peer=$top/tests/tools/peer
good="--cert good.pem --key good.key"

# meets MODE STATUS WORDS ARGUMENTS...: echo meets an SCP of that mode.
meets() {
	rm -f first
	mkfifo first
	timeout 120 "$peer" "$1" >first 2>peer.err &
	server_pid=$!
	read -r listening <first
	port=${listening##*:}
	wanted=$2
	words=$3
	shift 3
	# shellcheck disable=SC2086 # words
	exits "$wanted" echo 127.0.0.1 "$port" --ca-file ca.pem $good "$@" &&
	    says out "$words"
	met=$?
	stop_server
	return $met
}

# met_by MODE WORDS ARGUMENTS...: listen meets an SCU of that mode.
met_by() {
	mode=$1
	words=$2
	shift 2
	serve --once "$@"
	timeout 120 "$peer" "$mode" "$port"
	served 1 && says served "$words"
}

# both SCU-WORDS SCP-WORDS SCU-ARGUMENTS -- SCP-ARGUMENTS: the two of us.
both() {
	theirs=$1
	ours=$2
	shift 2
	scu=
	while [ "$1" != -- ]; do
		scu="$scu $1"
		shift
	done
	shift
	serve --once "$@"
	# shellcheck disable=SC2086 # words
	exits 1 echo 127.0.0.1 "$port" --ca-file ca.pem $scu &&
	    says out "$theirs"
	scu_said=$?
	served 1 && says served "$ours" && return $scu_said
}

plan 42

# TCP.
"$peer" silent >first &
server_pid=$!
until grep -q listening first; do
	kill -0 "$server_pid" || break
done
port=$(sed 's/.*://' first)
stop_server
expect "refused: TCP" eval 'exits 3 echo 127.0.0.1 "$port" --ca-file ca.pem &&
    says out "127.0.0.1 port $port: the peer refused the connection (code 35); to mend it, start the peer, or correct host and port"'
expect "unknown host" eval 'exits 3 echo host.invalid 104 --ca-file ca.pem &&
    says out "host.invalid port 104: the host name" && says out "to mend it,"'

serve
expect "the port is taken" eval 'exits 3 listen --port "$port" \
    --ca-file ca.pem --cert server.pem --key server.key &&
    says err "the address is in use (code 31)"'
stop_server

# Time-outs. The command waits for the second it is told to.
expect "time-out: handshake" meets silent 1 \
    "no answer to the TLS handshake within 1 seconds" --timeout 1
expect "time-out: association" meets deaf 1 \
    "no answer to the association request within 1 seconds" --timeout 1

# TLS and plain DICOM.
expect "plain peer: it answers" meets plain 1 \
    "the peer speaks plain DICOM, not TLS; to mend it, take the port on which the peer speaks TLS"
expect "plain peer: it leaves" meets mute 1 \
    "it may speak plain DICOM, not TLS, on this port"
expect "plain client" met_by plain-request \
    "the peer speaks plain DICOM, not TLS"

# Nothing in common.
expect "no common version" both \
    "alert 70 protocol_version; it can mean: no common TLS version" \
    "no TLS version in common: the peer has up to TLS 1.2, this end TLS 1.3" \
    "$good" --tls-max 1.2 -- --tls-min 1.3
expect "no common version, the other way" both \
    "alert 70 protocol_version" \
    "no TLS version in common: the peer has TLS 1.3, this end TLS 1.2" \
    "$good" --tls-min 1.3 -- --tls-max 1.2
expect "no common suite" both \
    "alert 40 handshake_failure; it can mean: no common cipher suite, group or signature algorithm" \
    "no cipher suite in common: the peer offers TLS_RSA_WITH_AES_128_CBC_SHA, TLS_RSA_WITH_3DES_EDE_CBC_SHA, and none is enabled here" \
    "$good" --profile aes -- --profile bcp195-8996
expect "no common suite: the key of the certificate" both \
    "alert 40 handshake_failure" \
    "none that fits the key of our certificate" \
    "$good" --profile bcp195-nd --tls-max 1.2 -- --tls-max 1.2 --profile bcp195-nd

# offers WORDS S_CLIENT-ARGUMENTS -- ARGUMENTS: a client of OpenSSL's.
offers() {
	words=$1
	shift
	theirs=
	while [ "$1" != -- ]; do
		theirs="$theirs $1"
		shift
	done
	shift
	serve --once "$@"
	# shellcheck disable=SC2086 # words
	openssl s_client -connect "127.0.0.1:$port" $theirs </dev/null \
	    >peer.out 2>&1
	served 1 && says served "$words"
}

if command -v openssl >/dev/null; then
	expect "no common signature algorithm" offers \
	    "no signature algorithm in common: the peer offers ECDSA-SHA1, and none is enabled here" \
	    -tls1_2 -cipher ALL:@SECLEVEL=0 -sigalgs ECDSA+SHA1 --
	expect "no common group" offers \
	    "no group in common: the peer offers X25519, and none is enabled here" \
	    -groups X25519 -- --profile bcp195-8996-mod
	expect "another protocol" offers \
	    "the peer asks for another protocol than DICOM (ALPN)" \
	    -alpn h2,http/1.1 --
else
	for name in "no common signature algorithm" "no common group" \
	    "another protocol"; do
		skip "$name" "openssl is not installed"
	done
fi
expect "another server name" both \
    "alert 112 unrecognized_name" \
    "the peer asks for another server name than ours" \
    "$good" --sni ris.example -- --sni pacs.example
expect "no client certificate" both \
    "alert 116 certificate_required; it can mean: the peer wants a client certificate: give --cert and --key" \
    "the peer sent no certificate; to mend it, give the SCU a certificate and key" --

# Alerts of the peer, each with its name and what it can mean; the connection
# is reset behind it.
for row in "10 unexpected_message; it can mean: the peer lost track" \
    "20 bad_record_mac; it can mean: data was damaged" \
    "40 handshake_failure; it can mean: no common cipher suite" \
    "42 bad_certificate; it can mean: our certificate" \
    "45 certificate_expired; it can mean: our certificate" \
    "46 certificate_unknown; it can mean: the peer refused our certificate" \
    "48 unknown_ca; it can mean: the peer does not know the CA" \
    "51 decrypt_error; it can mean: a signature is wrong" \
    "71 insufficient_security; it can mean: the peer demands stronger" \
    "80 internal_error; it can mean: the peer failed" \
    "112 unrecognized_name; it can mean: the peer does not serve" \
    "116 certificate_required; it can mean: the peer wants" \
    "120 no_application_protocol; it can mean: the peer does not speak DICOM"; do
	expect "alert ${row%%;*}" meets "alert:${row%% *}" 1 "alert $row"
done

# The end of the stream.
expect "truncation: SCU" meets truncate 1 \
    "the peer ended TCP before TLS: data may be cut (code 34)"
expect "truncation: SCP" met_by truncate \
    "the peer went away without a release: the peer ended TCP before TLS: data may be cut (code 34)"
expect "the peer leaves" meets leave 1 \
    "the peer closed the connection unexpectedly (code 34)"
expect "the peer resets" meets reset 1 \
    "the peer reset the connection (code 36); to mend it, look into the peer's log"

# Association.
expect "rejected: calling AE title" meets reject:1:1:3 1 \
    "the peer rejected the association permanently, its application did: it does not know the calling AE title: give --calling"
expect "rejected: called AE title" meets reject:1:1:7 1 \
    "the called AE title is not its own: give --called"
expect "rejected: version" meets reject:1:2:2 1 \
    "its protocol layer (ACSE) did: it does not support this version"
expect "rejected: congestion" meets reject:2:3:1 1 \
    "for the moment, its protocol layer (presentation) did: it is congested"
expect "rejected: the numbers" meets reject:2:3:2 1 \
    "(result 2, source 3, reason 2)"
expect "aborted by the application" meets abort:0:0 1 \
    "the peer aborted the association, its application did: it gives no reason; its log knows more (source 0, reason 0)"
expect "aborted by the protocol" meets abort:2:2 1 \
    "its protocol layer did: it met a PDU out of turn"
expect "aborted: SCP" met_by abort:2:6 \
    "the peer aborted the association, its protocol layer did: it met a PDU parameter with an invalid value"

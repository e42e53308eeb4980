#!/bin/sh
# Profiles of PS3.15 with DCMTK as the SCU, which has those that version 3.6.7
# knows: +py bcp195-nd, +px bcp195, +pz bcp195-ex, +pa aes.
. "${srcdir-.}/tests/tools/common.sh"

export DCMDICTPATH="${DCMDICTPATH-/usr/share/libdcmtk17/dicom.dic}"

# meet PROFILE OPTION STATUS WORDS: echoscu with that option at our SCP.
meet() {
	serve --once --cert rsa-server.pem --key rsa-server.key --profile "$1"
	echoscu -v "$2" +tls rsa.key rsa.pem +cf ca.pem 127.0.0.1 "$port" \
	    >peer 2>&1
	served "$3" && says served "$4" && return 0
	sed 's/^/# /' peer
	return 1
}

plan 8
if ! command -v echoscu >/dev/null; then
	while [ "$tap_count" -lt 8 ]; do
		skip "echoscu" "DCMTK is not installed"
	done
	exit 0
fi
expect "B.12 and bcp195-nd" meet bcp195-8996 +py 0 "over TLS 1.3"
expect "B.13 and bcp195-nd" meet bcp195-8996-mod +py 0 "over TLS 1.3"
expect "B.10 and bcp195-nd" meet bcp195-nd +py 0 "over TLS 1.3"
expect "B.11 and bcp195-ex" meet bcp195-ex +pz 0 "over TLS 1.2"
expect "B.9 and bcp195" meet bcp195 +px 0 "over TLS 1.3"
expect "B.9 and aes" \
    meet bcp195 +pa 0 "over TLS 1.2, TLS_RSA_WITH_AES_128_CBC_SHA"
expect "B.3 and aes" \
    meet aes +pa 0 "over TLS 1.2, TLS_RSA_WITH_AES_128_CBC_SHA"
expect "B.12 and aes have nothing in common" \
    meet bcp195-8996 +pa 1 "no cipher suite in common: the peer offers"

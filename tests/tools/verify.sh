#!/bin/sh
# dicomtls verify: both roles or one purpose, time, names, overrides.
. "${srcdir-.}/tests/tools/common.sh"

verify() {
	wanted=$1
	shift
	exits "$wanted" verify --ca-file ca.pem "$@"
}

plan 25
expect "a client certificate is refused as server" verify 1 good.pem
expect "as SCU it is good" says out "as SCU: ok"
expect "as SCP it is refused with number and name" \
    says out "as SCP: refused, 26 INVALID_PURPOSE"
expect "a server certificate is good as SCP" \
    eval 'verify 1 server.pem; says out "as SCP: ok" &&
    says out "as SCU: refused, 26"'
expect "one purpose is judged alone" \
    eval 'verify 0 --purpose sslclient good.pem && count 0 out "as SCP"'
expect "an unknown purpose is wrong usage" verify 2 --purpose fun good.pem
expect "an expired certificate is refused" \
    eval 'verify 1 --purpose sslclient expired.pem &&
    says out "10 L_X509_V_ERR_CERT_HAS_EXPIRED"'
expect "in its time it was not expired" \
    eval 'verify 1 --purpose sslclient --at-time 20200601000000Z expired.pem &&
    says out "9 L_X509_V_ERR_CERT_NOT_YET_VALID"'
expect "wrong times are wrong usage" \
    eval 'verify 2 --at-time yesterday good.pem && says err yesterday'
expect "without a CA nothing is trusted" \
    eval 'exits 1 verify --purpose sslclient good.pem && says out " 20 "'
expect "accept-anyway goes on and ends well" \
    eval 'verify 0 --purpose sslserver --accept-anyway good.pem &&
    says out "ok after an override, 26"'
expect "names are compared" \
    eval 'verify 0 --purpose sslserver --hostname pacs.example server.pem'
expect "another name is refused" \
    eval 'verify 1 --purpose sslserver --hostname ris.example server.pem &&
    says out "62 HOSTNAME_MISMATCH"'
expect "another address is refused" \
    eval 'verify 1 --purpose sslserver --ip 127.0.0.2 server.pem &&
    says out "64 IP_ADDRESS_MISMATCH"'
expect "a second opinion is given only when asked for" \
    verify 0 --purpose sslclient --auth-level 0 weak.pem
expect "it finds what OpenSSL lets pass" \
    eval 'verify 1 --purpose sslclient --auth-level 0 --second-opinion \
    weak.pem && says out "refused, 68 CA_MD_TOO_WEAK"'
expect "a level is kept unless another is given" \
    eval 'verify 1 --purpose sslclient weak.pem &&
    says out "68 CA_MD_TOO_WEAK"'
expect "a rule about names needs a name" \
    eval 'verify 2 --no-wildcards good.pem && says err --hostname'
expect "what is no OID is wrong usage" \
    eval 'verify 2 --policy sesame good.pem && says err sesame'
expect "a refusal says what mends it" \
    eval 'verify 1 --purpose sslserver good.pem &&
    says out "to mend it, have the certificate issued for TLS"'
expect "JSON has events and results" \
    eval 'verify 1 --json good.pem && is_json out &&
    count 2 out "\"event\":\"result\""'
expect "the role has one name in both, as in echo and listen" \
    eval 'count 1 out "\"event\":\"result\",\"file\":\"good.pem\",\"role\":\"scu\"" &&
    count 0 out "\"as\":" && says out "\"event\":\"verify\",\"role\":\"scp\""'
expect "with the documented members" \
    says out '"depth":0,"ok":false,"error":26,"l_error":26,"name":"INVALID_PURPOSE"'
expect "a missing CA file is named" \
    eval 'exits 3 verify --ca-file absent.pem good.pem && says err absent.pem'
expect "a garbage CA file is named" \
    eval 'exits 3 verify --ca-file garbage good.pem && says err garbage'

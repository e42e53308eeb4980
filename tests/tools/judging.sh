#!/bin/sh
# The options about the judgement that are not about revocation: each changes
# a verdict, in verify and through a TLS handshake.
. "${srcdir-.}/tests/tools/common.sh"

# judge STATUS ARGUMENTS...: verify, as a client.
judge() {
	wanted=$1
	shift
	exits "$wanted" verify --ca-file ca.pem --purpose sslclient "$@"
}

# refused NUMBER_AND_NAME ARGUMENTS...
refused() {
	error=$1
	shift
	judge 1 "$@" && says out "refused, $error"
}

# named STATUS NAME OPTION...: a wildcard certificate for this name.
named() {
	wanted=$1
	shift
	exits "$wanted" verify --ca-file ca.pem --purpose sslserver \
	    --hostname "$@" wild.pem
}

good="--cert good.pem --key good.key"

plan 24
expect "a policy that is there passes" \
    judge 0 --explicit-policy --policy 1.2.3.4 policy.pem
expect "another one does not" \
    refused "43 NO_EXPLICIT_POLICY" --explicit-policy --policy 1.2.3.5 \
    policy.pem
expect "nor none at all" \
    refused "43 NO_EXPLICIT_POLICY" --explicit-policy --policy 1.2.3.4 good.pem
expect "without --explicit-policy none is needed" \
    judge 0 --policy 1.2.3.4 good.pem
expect "the notice comes when asked for" \
    eval 'judge 0 --policy-notify policy.pem &&
    count 1 out "depth 0 policies judged 0 L_X509_V_OK"'
expect "in JSON too" \
    eval 'judge 0 --json --policy-notify policy.pem && is_json out &&
    count 1 out "\"ok\":true,\"policies\":true,\"error\":0"'

expect "P-256 passes Suite B at 128 bits" judge 0 --suiteb-128 good.pem
expect "and at 128 bits only" judge 0 --suiteb-128-only good.pem
expect "but not at 192" \
    refused "60 SUITE_B_LOS_NOT_ALLOWED" --suiteb-192 good.pem

expect "dates count" refused "10 CERT_HAS_EXPIRED" expired.pem
expect "unless they are not to" judge 0 --no-check-time expired.pem
expect "an intermediate alone is no anchor" \
    eval 'exits 1 verify --ca-file below.pem --purpose sslclient below.pem &&
    says out "2 UNABLE_TO_GET_ISSUER_CERT"'
expect "unless a partial chain will do" \
    exits 0 verify --partial-chain --ca-file below.pem --purpose sslclient \
    below.pem

expect "a wildcard matches one label" named 0 pacs.hospital.example
expect "not two" named 1 a.pacs.hospital.example
expect "unless it may" named 0 a.pacs.hospital.example --multi-label-wildcards
expect "nothing where wildcards are off" \
    named 1 pacs.hospital.example --no-wildcards

# shellcheck disable=SC2086 # words
{
	serve --once --explicit-policy --policy 1.2.3.5
	expect "listen asks for policies" \
	    eval 'exits 1 echo 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert policy.pem --key policy.key &&
	    served 1 && says served "43 NO_EXPLICIT_POLICY"'
	serve --once --explicit-policy --policy 1.2.3.4
	expect "and accepts the right one" \
	    eval 'exits 0 echo 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert policy.pem --key policy.key'
	served 0 >/dev/null
	serve --once
	expect "echo asks for Suite B" \
	    eval 'exits 1 echo 127.0.0.1 "$port" --ca-file ca.pem $good \
	    --suiteb-192 && says out "60 SUITE_B_LOS_NOT_ALLOWED"'
	served 1 >/dev/null
	serve --once --auth-level 0
	expect "listen lets SHA-1 pass at level 0" \
	    eval 'exits 0 echo 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert weak.pem --key weak.key --auth-level 0'
	served 0 >/dev/null
	serve --once --auth-level 0 --second-opinion
	expect "a second opinion does not" \
	    eval 'exits 1 echo 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert weak.pem --key weak.key --auth-level 0 &&
	    says out "alert 42 bad_certificate"'
	expect "and says why" \
	    eval 'served 1 && says served "68 CA_MD_TOO_WEAK"'
	expect "listen has no names to compare" \
	    eval 'exits 2 listen --hostname x --cert good.pem &&
	    says err "there is no such option"'
}

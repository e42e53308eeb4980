#!/bin/sh
# dicomtls echo against dicomtls listen: accepted, refused by either side, and
# what both say about it.
. "${srcdir-.}/tests/tools/common.sh"

# call STATUS ARGUMENTS...: echo against the server that listens.
call() {
	wanted=$1
	shift
	exits "$wanted" echo 127.0.0.1 "$port" --ca-file ca.pem "$@"
}

good="--cert good.pem --key good.key"
bad="--cert bad.pem --key bad.key"

plan 41

serve --once
expect "listen tells address and port" \
    [ "$listening" = "listening on 127.0.0.1:$port" ]
# shellcheck disable=SC2086 # words
expect "a good client is accepted" call 0 $good
expect "and told so" says out "association and C-ECHO succeeded over TLS 1.3"
expect "the SCU's events are shown" \
    says out "VERIFY scu depth 0 ok 0 L_X509_V_OK"
expect "the server ends well" served 0
expect "the SCP's events are shown" \
    says served "VERIFY scp depth 0 ok 0 L_X509_V_OK"

serve --once
# shellcheck disable=SC2086
expect "a client without the purpose is refused" call 1 $bad
expect "it sees alert 43" says out "alert 43 unsupported_certificate"
expect "and what that can mean" says out clientAuth
expect "the server has failed" served 1
expect "it names certificate, depth, number and name" \
    says served '"CN = Signer" (depth 0): 26 INVALID_PURPOSE'
expect "its event is shown" \
    says served "VERIFY scp depth 0 failed 26 L_X509_V_ERR_INVALID_PURPOSE"

serve --once --tls-max 1.2
# shellcheck disable=SC2086
expect "so it is in TLS 1.2" call 1 $bad
expect "with the same alert" says out "alert 43 unsupported_certificate"
expect "and the same end" served 1

serve --once --accept-anyway
# shellcheck disable=SC2086
expect "a VERIFY that returns 1 accepts it" call 0 $bad
expect "the server ends well then" served 0

serve --once --json
# shellcheck disable=SC2086
expect "both sides speak JSON" eval 'call 1 --json $bad && is_json out'
expect "the SCU's result has the alert" \
    says out '"alert":43,"alert_direction":"received"'
expect "the server's lines are JSON" eval 'served 1 && is_json served'
expect "its result has stage and number" \
    eval 'says served "\"event\":\"result\",\"role\":\"scp\",\"ok\":false,\"stage\":\"verify\",\"error\":26"'

serve --once
expect "no client certificate is refused" call 1
expect "and the SCU learns what to give" says out -- --cert
expect "the server has failed there too" served 1

serve --once
# shellcheck disable=SC2086
expect "an SCU refuses a CA it does not know" \
    eval 'exits 1 echo 127.0.0.1 "$port" --ca-file stranger.pem $good &&
    says out "19 SELF_SIGNED_CERT_IN_CHAIN"'
expect "the server sees alert 48" eval 'served 1 && says served "alert 48"'

serve --once
# shellcheck disable=SC2086
expect "another host name is refused" \
    eval 'call 1 --hostname ris.example $good &&
    says out "62 HOSTNAME_MISMATCH"'
served 1 >/dev/null

serve --once
# shellcheck disable=SC2086
expect "a key with a password works" \
    call 0 --cert good.pem --key locked.key --key-password-file password
served 0 >/dev/null

serve
kill -TERM "$server_pid"
expect "a signal ends the server in order" served 0

expect "nobody listens: status 3" \
    eval 'call 3 --timeout 10 && says out "port $port"'
expect "a missing key file is named" \
    eval 'call 3 --cert good.pem --key absent.key && says err absent.key'
expect "a garbage CA file is named" \
    eval 'exits 3 echo 127.0.0.1 1 --ca-file garbage && says err garbage'

expect "versions that leave none are wrong usage" \
    exits 2 echo 127.0.0.1 1 --tls-min 1.3 --tls-max 1.2
expect "listen needs a certificate" exits 2 listen --port 0
expect "a key of another certificate is told" \
    eval 'call 3 --cert good.pem --key server.key && says err server.key'
expect "a locked key without its password is told" \
    eval 'call 3 --cert good.pem --key locked.key && says err locked.key'

serve --once
# shellcheck disable=SC2086
expect "verify none goes on, and says what failed" \
    eval 'exits 0 echo 127.0.0.1 "$port" --ca-file stranger.pem --verify none \
    $good && says out "although the certificate" &&
    says out "19 SELF_SIGNED_CERT_IN_CHAIN"'
served 0 >/dev/null

serve --once
# shellcheck disable=SC2086
expect "a name that was not checked and does not match is told" \
    eval 'exits 0 echo localhost "$port" --ca-file ca.pem $good &&
    says out "use --hostname"'
served 0 >/dev/null

serve --once --aet PACS
# shellcheck disable=SC2086
expect "another AE title is rejected" \
    eval 'call 1 --called RIS $good && says out "look at the AE titles"'
expect "the server says so too" eval 'served 1 && says served --aet'

serve --once --verify peer
expect "verify peer does without a client certificate" call 0
served 0 >/dev/null

#!/bin/sh
# SIGHUP: listen reads its files again, tells what it read, and keeps what it
# has where a file cannot be used. Connections before and after show it.
. "${srcdir-.}/tests/tools/common.sh"

# enters STATUS NAME: echo with this certificate.
enters() {
	exits "$1" echo 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert "$2.pem" --key "$2.key"
}

# reloads TEXT: a SIGHUP, and what listen says to it.
reloads() {
	kill -HUP "$server_pid" && heard "$1"
}

plan 10
guard=
cp server.crl live.crl
cp server.pem own.pem
serve --crl-check --crl-file live.crl --cert own.pem
expect "who is not on the list is accepted" enters 0 revoked
cp ca.crl live.crl
expect "a new list alone changes nothing" enters 0 revoked
expect "SIGHUP tells what was read" \
    reloads "reloaded: ca.pem, own.pem, server.key, live.crl"
expect "and the new list counts" \
    eval 'enters 1 revoked && says out "alert 44 certificate_revoked"'
expect "others are accepted as before" enters 0 good

echo broken >own.pem
expect "a broken file is named" reloads \
    "nothing was reloaded, what was loaded before stays: own.pem: "
expect "and what was loaded before serves on" enters 0 good
cp server.pem own.pem
rm live.crl
expect "a file that is gone is named" reloads "stays: live.crl: "
expect "and the old list counts on" \
    eval 'enters 1 revoked && says out "alert 44 certificate_revoked"'
stop_server
exec 3<&-

serve --crl-check --crl-file ca.crl --json
expect "JSON tells it too" reloads \
    '{"event":"reload","ok":true,"text":"ca.pem, server.pem'
stop_server

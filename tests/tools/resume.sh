#!/bin/sh
# listen --resume, asked by OpenSSL's client: a session of TLS 1.2 is known when
# the handshake ends, so that nothing has to wait for a ticket.
. "${srcdir-.}/tests/tools/common.sh"

if ! command -v openssl >/dev/null; then
	echo "1..0 # SKIP there is no openssl"
	exit 0
fi

# client OPTIONS...: what s_client says of a connection is in out.
client() {
	openssl s_client -connect "127.0.0.1:$port" -CAfile ca.pem -tls1_2 \
	    -cert good.pem -key good.key "$@" </dev/null >out 2>err
}

# begins, resumes: a session that is new, or the one before.
begins() {
	client "$@" && says out "New, TLSv1.2"
}
resumes() {
	client "$@" && says out "Reused, TLSv1.2"
}

plan 6
guard=
serve
expect "a session begins" begins -sess_out session
expect "and is not resumed by default" begins -sess_in session
stop_server
exec 3<&-

serve --resume
expect "another server does not know it" begins -sess_in session
expect "a session of its own begins" begins -sess_out session
expect "and is resumed" resumes -sess_in session
expect "but not after SIGHUP" eval 'kill -HUP "$server_pid" &&
    heard "reloaded: " && begins -sess_in session'
stop_server

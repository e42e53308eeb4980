# shellcheck shell=sh
# What the tests of the command share. Sourced, not run.
. "${srcdir-.}/tests/scripts/tap.sh"

top=$PWD
dicomtls=$top/dicomtls
server_pid=

stop_server() {
	[ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null
	[ -z "$server_pid" ] || wait "$server_pid" 2>/dev/null
	server_pid=
}
trap 'stop_server; cd /; rm -rf "$tap_tmp"' EXIT

cd "$tap_tmp" || exit 1
"$top/tests/tools/mint_files" || {
	echo "Bail out! no certificates"
	exit 1
}

# exits STATUS ARGUMENTS...: dicomtls ends so; its output is in out and err. If
# not, a server that waits for it is told to end, so that nobody waits.
exits() {
	wanted=$1
	shift
	"$dicomtls" "$@" >out 2>err
	status=$?
	[ "$status" -eq "$wanted" ] && return 0
	echo "# dicomtls $*: status $status instead of $wanted"
	sed 's/^/# /' out err
	[ -z "$server_pid" ] || kill "$server_pid"
	return 1
}

# says FILE TEXT: the file has the text; otherwise it is shown.
says() {
	grep -qF -- "$2" "$1" && return 0
	echo "# '$2' is not in $1:"
	sed 's/^/# /' "$1"
	return 1
}

# count N FILE TEXT: so many lines have the text.
count() {
	[ "$(grep -cF -- "$3" "$2")" -eq "$1" ]
}

# is_json FILE: every line is one object.
is_json() {
	[ -s "$1" ] || return 1
	if command -v python3 >/dev/null; then
		python3 -c '
import json, sys
for line in open(sys.argv[1]):
    assert isinstance(json.loads(line), dict)' "$1"
	else
		! grep -qvE '^\{"event":".*\}$' "$1"
	fi
}

# serve ARGUMENTS...: starts dicomtls listen on a free port; sets port. The
# first line it prints goes through a fifo, so that nothing has to wait by the
# clock; a listener whose peer never comes is ended, so that a failure shows
# rather than hangs. guard is empty where server_pid has to be its own.
guard="timeout 120"
serve() {
	rm -f first served
	mkfifo first
	$guard "$dicomtls" listen --port 0 --ca-file ca.pem \
	    --cert server.pem --key server.key "$@" >first 2>served.err &
	server_pid=$!
	exec 3<first
	read -r listening <&3
	port=$(printf '%s\n' "$listening" | sed -n \
	    -e 's/^listening on 127\.0\.0\.1:\([0-9]*\)$/\1/p' \
	    -e 's/.*"port":\([0-9]*\).*/\1/p')
}

# heard TEXT: reads on in what the server says until a line has the text.
heard() {
	while read -r line <&3; do
		case $line in
		*"$1"*) return 0 ;;
		esac
	done
	echo "# the server never said '$1'"
	return 1
}

# served STATUS: the server has ended so; what it said is in served.
served() {
	cat <&3 >served
	wait "$server_pid"
	status=$?
	server_pid=
	exec 3<&-
	[ "$status" -eq "$1" ] && return 0
	echo "# listen: status $status instead of $1"
	sed 's/^/# /' served served.err
	return 1
}

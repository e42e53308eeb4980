#!/bin/sh
# dicomtls send against dicomtls listen --output-dir: what arrives, what is
# refused and how, and what is left when something breaks.
. "${srcdir-.}/tests/tools/common.sh"

storage=1.2.840.10008.5.1.4.1.1
explicit=1.2.840.10008.1.2.1
implicit=1.2.840.10008.1.2
jpeg=1.2.840.10008.1.2.4.50

make_dicom() {
	"$top/tests/tools/make_dicom" "$@"
}

# send STATUS ARGUMENTS...: to the server that listens.
send() {
	wanted=$1
	shift
	exits "$wanted" send "$@" 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert good.pem --key good.key
}

# arrived FILE INSTANCE: the data set of the file is in got, octet by octet,
# and what stands before it is a head of DICM and so on.
arrived() {
	size=$(wc -c <"$1.data")
	tail -c "$size" "got/$2.dcm" | cmp - "$1.data" &&
	    [ "$(tail -c +129 "got/$2.dcm" | head -c 4)" = DICM ]
}

# holds N: so many files are in got, hidden ones counted.
holds() {
	[ "$(find got -type f | wc -l)" -eq "$1" ] && return 0
	find got | sed 's/^/# /'
	return 1
}

one_file() {
	serve --once --output-dir got
	expect "a file is sent" send 0 ct.dcm
	expect "and told as stored" says out "STORED ct.dcm, 100062 bytes"
	expect "with a sum" says out "OK: 1 file stored over TLS 1.3"
	expect "the server ends well" served 0
	expect "and says the same" says served "STORED 1.2.3.1.dcm, 100062 bytes"
	expect "and its sum" says served \
	    "association succeeded, 1 of 1 data sets stored over TLS 1.3"
	expect "every octet has arrived" arrived ct.dcm 1.2.3.1
	expect "in one file" holds 1
}

several_files() {
	serve --once --output-dir got
	expect "files of several kinds go over one association" \
	    send 0 ct.dcm mr.dcm jpeg.dcm mr2.dcm
	expect "all are counted" says out "OK: 4 files stored"
	expect "the server has had one connection" \
	    eval 'served 0 && count 1 served "connection from"'
	expect "all have arrived" eval 'arrived ct.dcm 1.2.3.1 &&
	    arrived mr.dcm 1.2.3.2 && arrived jpeg.dcm 1.2.3.3 &&
	    arrived mr2.dcm 1.2.3.4'
	expect "the same instance again is the same file" holds 4
}

what_was_sent_can_be_sent_on() {
	cp got/1.2.3.2.dcm again.dcm
	cp mr.dcm.data again.dcm.data
	rm -f got/*
	serve --once --output-dir got
	expect "a file that listen wrote can be sent" send 0 again.dcm
	expect "to another" served 0
	expect "unchanged" arrived again.dcm 1.2.3.2
}

replaced() {
	make_dicom ct.dcm $storage.2 1.2.3.1 $explicit 50000
	serve --once --output-dir got
	expect "an instance that changed is sent again" send 0 ct.dcm
	expect "to the server" served 0
	expect "and replaces its file" arrived ct.dcm 1.2.3.1
	expect "without a copy" holds 2
}

refusals_of_the_peer() {
	serve --once --output-dir got
	expect "a private class fails alone" send 1 private.dcm mr.dcm odd.dcm
	expect "its context is explained" says out \
	    "FAILED private.dcm: not sent: the peer rejected its presentation context, SOP class 1.2.3 in transfer syntax $explicit: it does not support the SOP class"
	expect "so is a transfer syntax" says out \
	    "transfer syntax 1.2.99: it does not support the transfer syntax"
	expect "the file between is stored" says out "STORED mr.dcm"
	expect "the sum says how many" says out "FAILED: 1 of 3 files stored"
	expect "for the server all is well" served 0

	serve --once
	expect "without a directory nothing is accepted" send 1 mr.dcm
	expect "and the sender told" says out "it does not support the SOP class"
	expect "which is no failure of the server" served 0
}

# answering STATUS...: a server that answers so.
answering() {
	rm -f first
	mkfifo first
	"$top/tests/tools/answering_scp" "$@" >first &
	server_pid=$!
	exec 3<first
	read -r port <&3
}

statuses() {
	answering b006
	expect "a warning is a success" send 0 ct.dcm
	expect "and no less a warning" says out \
	    "WARNING ct.dcm: 0xb006, stored, but data elements were discarded"
	expect "which the sum tells" says out \
	    "OK: 1 file stored (1 with a warning) over TLS"
	expect "the server ends" served 0

	answering b000 c123 0 a701 7777
	expect "a failure is none" send 1 ct.dcm mr.dcm jpeg.dcm mr2.dcm long.dcm
	expect "each has its line" says out \
	    "WARNING ct.dcm: 0xb000, stored, but data elements were changed"
	expect "with the status in words" says out \
	    "FAILED mr.dcm: 0xc123, the data set was not understood"
	expect "successes too" says out "STORED jpeg.dcm, 30062 bytes"
	expect "and with its number" says out \
	    "FAILED mr2.dcm: 0xa701, out of resources"
	expect "even where it has no words" says out \
	    "FAILED long.dcm: 0x7777, a status that DICOM does not define"
	expect "the sum counts" says out \
	    "FAILED: 2 of 5 files stored (1 with a warning) over TLS"
	expect "the server ends" served 0

	answering 0 abort
	expect "an abort ends it" send 1 ct.dcm mr.dcm jpeg.dcm
	expect "the file before is stored" says out "STORED ct.dcm"
	expect "the one it hit is not, nor the next" \
	    count 2 out "not sent: the association ended before"
	expect "the result says what happened" \
	    says out "the peer aborted the association"
	expect "the server ends" served 0

	answering other
	expect "an answer to another message is none" send 1 ct.dcm
	expect "which is said" \
	    says out "the peer answered a message that was not sent"
	expect "the server ends" served 0

	answering reject
	expect "a rejected association sends nothing" send 1 ct.dcm mr.dcm
	expect "which is said of each file" \
	    count 2 out "not sent: there was no association"
	expect "the result says what happened" \
	    says out "the peer rejected the association"
	expect "the server ends" served 0
}

files_that_cannot_be_sent() {
	expect "nothing to send is status 3" exits 3 send none text 127.0.0.1 1
	expect "a file that is not there is named" \
	    says out "FAILED none: not sent: No such file or directory"
	expect "so is one that is none" \
	    says out "FAILED text: not sent: is not a DICOM file"
	strange=$(printf 'a\033[31m\nb')
	expect "a name that would steer the terminal" \
	    exits 3 send "$strange" 127.0.0.1 1
	expect "is printed without" \
	    says out "FAILED a?[31m?b: not sent: No such file or directory"
	serve --once --output-dir got
	expect "others are sent all the same" send 1 none mr.dcm
	expect "but the status tells" says out "OK: 1 file stored"
	expect "to the server" served 0
	expect "FILE, HOST and PORT are needed" exits 2 send 127.0.0.1 2762
	port=1
	expect "nobody listening is status 3" send 3 ct.dcm mr.dcm
	expect "and no file was sent" count 2 out "not sent"
}

directories() {
	mkdir -p study/series
	cp mr.dcm jpeg.dcm study/series
	cp text study
	rm -f got/*
	serve --once --output-dir got
	expect "a directory needs --recurse" exits 3 send study 127.0.0.1 "$port"
	expect "which is said" says out "--recurse"
	expect "with it all below is sent" send 0 --recurse study
	expect "but what is no DICOM" says out "passed over: 1"
	expect "to the server" served 0
	expect "two files have arrived" holds 2
}

many_kinds() {
	mkdir kinds
	for number in $(seq 130); do
		make_dicom "kinds/$number.dcm" "$storage.$number" \
		    "1.2.4.$number" $explicit 10
		rm "kinds/$number.dcm.data"
	done
	rm -f got/*
	serve --output-dir got
	expect "130 kinds take two associations" send 0 --recurse kinds
	expect "which is said" says out "128 of 130 files first"
	expect "of the second too" says out "OK: 2 files stored"
	kill "$server_pid"
	expect "the server ends" served 0
	expect "all have arrived" holds 130
	rm -f got/*
}

too_long() {
	serve --once --output-dir got --max-size 60000
	expect "the longer file is refused" send 1 long.dcm mr.dcm
	expect "for resources" says out \
	    "FAILED long.dcm: 0xa700, out of resources"
	expect "the association goes on" says out "STORED mr.dcm"
	expect "the server has failed once" served 1
	expect "and says why" says served "longer than --max-size allows"
	expect "and for how many" says served "1 of 2 data sets stored"
	expect "nothing half-written is left" holds 1
	expect "--max-size alone is wrong usage" exits 2 listen --max-size 1 \
	    --cert server.pem
}

# kept_there N: so many files are in got as the server sees it.
kept_there() {
	[ "$(find "/proc/$server_pid/root$PWD/got" -type f | wc -l)" -eq "$1" ]
}

# full_disk NAME REASON: to a server with little room.
full_disk() {
	serve --output-dir got
	expect "$1: what does not fit is refused" send 1 long.dcm mr.dcm
	expect "$1: for resources" says out \
	    "FAILED long.dcm: 0xa700, out of resources"
	expect "$1: the association goes on" says out "STORED mr.dcm"
	expect "$1: nothing half-written is left" kept_there 1
	kill "$server_pid"
	expect "$1: the server ends" served 0
	expect "$1: and has said why" says served \
	    "0xa700, out of resources (writing failed: $2)"
}

limited_files() {
	rm -f got/*
	# shellcheck disable=SC2016 # for the other shell
	echo 'ulimit -f 100; exec "$@"' >limited
	guard="sh ./limited"
	full_disk "a limit on files" "File too large"
}

tiny_disk() {
	rm -f got/*
	# shellcheck disable=SC2016
	echo 'mount -t tmpfs -o size=100k none got && exec "$@"' >tiny
	guard="unshare -m sh ./tiny"
	full_disk "a tiny disk" "No space left on device"
	guard="timeout 120"
}

# under_way DIRECTORY: waits until a data set has begun to arrive there.
under_way() {
	until ls "$1"/.dicomtls-*.part >/dev/null 2>&1; do
		kill -0 "$server_pid" || return 1
		kill -0 "$sender" || return 1
	done
}

# send_endless: in the background; sender is its process.
send_endless() {
	"$dicomtls" send endless.dcm 127.0.0.1 "$port" --ca-file ca.pem \
	    --cert good.pem --key good.key "$@" >out 2>err &
	sender=$!
}

cut() {
	rm -f got/*
	guard=
	make_dicom endless.dcm $storage.2 1.2.3.9 $explicit 4000000000
	serve --once --output-dir got
	send_endless
	expect "a long data set is on its way" under_way got
	kill -9 $sender
	wait $sender
	expect "its sender is killed, the server says so" served 1
	expect "nothing of it is left" holds 0

	rm -f got/.dicomtls*
	serve --once --output-dir got
	send_endless --timeout 1
	expect "one more is on its way" under_way got
	kill -STOP "$server_pid"
	wait $sender
	expect "its server is stopped, the sender gives up" [ $? -eq 1 ]
	expect "and says so" says out "no answer to C-STORE within 1 seconds"
	kill -CONT "$server_pid"
	expect "the server goes on and fails" served 1
	expect "with nothing left" holds 0

	serve --output-dir got
	send_endless
	expect "another is on its way" under_way got
	kill -9 "$server_pid"
	expect "its server is killed" served 137
	wait $sender
	expect "the sender fails" [ $? -eq 1 ]
	expect "and says of the file that it was not sent" \
	    says out "FAILED endless.dcm: not sent"
	expect "a part of it is left" holds 1
	touch got/.dicomtls-1.part got/stranger

	serve --once --output-dir got
	expect "the next start removes it, and nothing else" \
	    eval 'holds 2 && [ -e got/stranger ] && [ -e got/.dicomtls-1.part ]'
	expect "which is said" says served.err "unfinished files of an earlier run, removed: 1"
	expect "and takes data sets" send 0 mr.dcm
	expect "as ever" served 0
	guard="timeout 120"
	rm endless.dcm
}

directories_for_output() {
	expect "no directory is status 3" exits 3 listen --port 0 \
	    --cert server.pem --key server.key --output-dir nowhere
	expect "it is named" says err "nowhere: No such file or directory"
	expect "a file is none" exits 3 listen --port 0 \
	    --cert server.pem --key server.key --output-dir text
}

in_json() {
	serve --once --json --output-dir got
	expect "both speak JSON" eval 'send 1 --json mr.dcm private.dcm none &&
	    is_json out'
	expect "a stored file has class, instance and status" says out \
	    "\"path\":\"mr.dcm\",\"outcome\":\"stored\",\"status\":0,\"sop_class\":\"$storage.4\",\"sop_instance\":\"1.2.3.2\",\"transfer_syntax\":\"$implicit\",\"bytes\":20058,"
	expect "one that was not sent has no status" says out \
	    '"path":"none","outcome":"failed","text":"not sent: '
	expect "the result has its stage" says out '"stage":"store"'
	expect "so has the server's" eval 'served 0 && is_json served &&
	    says served "\"role\":\"scp\",\"path\":\"1.2.3.2.dcm\",\"outcome\":\"stored\""'
}

on_a_terminal() {
	serve --output-dir got
	expect "there is no bar on a pipe" eval 'send 0 mr.dcm long.dcm &&
	    ! grep -q "%" out err'
	"$top/tests/tools/on_terminal" "$dicomtls" send mr.dcm slow.dcm \
	    127.0.0.1 "$port" --ca-file ca.pem --cert good.pem \
	    --key good.key >out 2>err
	expect "on a terminal the files are stored too" [ $? -eq 0 ]
	expect "and there is one" says out "of 200.0 MB, "
	expect "which makes room for the lines" \
	    eval 'tr "\r" "\n" <out | grep -q "^STORED\|^.\[KSTORED\|32mSTORED"'
	expect "and is gone at the end" \
	    eval 'tail -n 1 out | tr "\r" "\n" | tail -n 1 | grep -vq "%"'
	kill "$server_pid"
	expect "the server ends" served 0
}

mkdir got
make_dicom ct.dcm $storage.2 1.2.3.1 $explicit 100000
make_dicom mr.dcm $storage.4 1.2.3.2 $implicit 20000
make_dicom mr2.dcm $storage.4 1.2.3.4 $implicit 3
make_dicom jpeg.dcm $storage.1 1.2.3.3 $jpeg 30000
make_dicom long.dcm $storage.2 1.2.3.5 $explicit 200000
make_dicom slow.dcm $storage.2 1.2.3.6 $explicit 199979892
make_dicom private.dcm 1.2.3 1.2.3.7 $explicit 100
make_dicom odd.dcm $storage.2 1.2.3.8 1.2.99 100
echo "no DICOM here" >text

plan 126
one_file
several_files
what_was_sent_can_be_sent_on
replaced
refusals_of_the_peer
statuses
files_that_cannot_be_sent
directories
many_kinds
too_long
limited_files
if unshare -m mount -t tmpfs none got 2>/dev/null; then
	tiny_disk
else
	for name in refused resources "goes on" "nothing left" end reason; do
		skip "a tiny disk: $name" "no file system may be mounted here"
	done
fi
cut
directories_for_output
in_json
on_a_terminal

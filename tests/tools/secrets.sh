#!/bin/sh
# No key, password or patient identifier is printed, whatever happens, and no
# password stays in memory: DICOM files with a patient's name and number, keys
# with and without a password, in runs that end well and that fail. Everything
# said on standard output and error, in words and as JSON, is gathered and
# searched.
. "${srcdir-.}/tests/tools/common.sh"

storage=1.2.840.10008.5.1.4.1.1
explicit=1.2.840.10008.1.2.1
implicit=1.2.840.10008.1.2
name='Fitzwilliam^Georgiana'
number=PID-5550199-X

make_dicom() {
	"$top/tests/tools/make_dicom" "$@" "$name" "$number"
}

# keep: what the last run said, on either side.
keep() {
	for file in out err served served.err; do
		[ ! -f "$file" ] || cat "$file" >>said
		rm -f "$file"
	done
}

# run NAME STATUS ARGUMENTS...: a command that meets nobody.
run() {
	what=$1
	shift
	expect "$what" exits "$@"
	keep
}

# both_end ARGUMENTS...: for meets.
both_end() {
	# shellcheck disable=SC2086 # none or one
	exits "$wanted_here" "$command" $json "$@" 127.0.0.1 "$port" \
	    --ca-file ca.pem && served "$wanted_there"
}

# meets NAME STATUS SERVED LISTEN-OPTIONS -- ARGUMENTS...: a command and a
# listener, each ending so, then the same with JSON on both sides.
meets() {
	what=$1
	wanted_here=$2
	wanted_there=$3
	shift 3
	options=
	while [ "$1" != -- ]; do
		options="$options $1"
		shift
	done
	shift
	command=$1
	shift
	for json in "" --json; do
		# shellcheck disable=SC2086 # lists of options
		serve --once $options $json
		expect "$what${json:+, as JSON}" both_end "$@"
		keep
	done
}

# answered STATUS: a file that a peer answers so.
answered() {
	for json in "" --json; do
		rm -f first
		mkfifo first
		"$top/tests/tools/answering_scp" "$1" >first &
		server_pid=$!
		exec 3<first
		read -r port <&3
		# shellcheck disable=SC2086 # lists of options
		expect "an answer $1${json:+, as JSON}" exits 1 send $json \
		    ct.dcm $mine 127.0.0.1 "$port" --ca-file ca.pem
		served 0
		keep
	done
}

# secrets: what must not be said, one a line. Of a key each line of its file.
secrets() {
	printf '%s\n%s\n' "$name" "$number"
	cat password wrong
	for key in good.key server.key locked.key bad.key; do
		grep -v -e '^-' "$key" | grep -E '.{20}'
	done
	# As a dump would print the patient's name.
	printf '%s' "$name" | od -An -v -tx1 | tr -d ' \n'
	echo
}

# told FILE: which of them the file has.
told() {
	grep -aoiF -f secrets "$1" | sort -u
}

make_dicom ct.dcm $storage.2 1.2.3.1 $explicit 20000
make_dicom mr.dcm $storage.4 1.2.3.2 $implicit 20000
make_dicom private.dcm 1.2.3 1.2.3.3 $explicit 10
head -c 2000 ct.dcm | tail -c 1500 >no.dcm
head -c 900 ct.dcm >cut.dcm
printf '%s\n' wrong-horse >wrong
secrets >secrets
mkdir got
: >said
mine="--cert good.pem --key good.key"
locked="--cert good.pem --key locked.key --key-password-file"

plan 58

# shellcheck disable=SC2086 # lists of options
{
	meets "files are stored" 0 0 --output-dir got -- \
	    send ct.dcm mr.dcm $mine
	expect "the patient's name has arrived" \
	    grep -qaF "$name" got/1.2.3.1.dcm
	expect "and number" grep -qaF "$number" got/1.2.3.2.dcm
	meets "with a key that has a password" 0 0 --output-dir got -- \
	    send ct.dcm $locked password
	meets "an echo with it" 0 0 -- echo $locked password
	meets "a file of a class nobody takes" 1 0 --output-dir got -- \
	    send private.dcm ct.dcm $mine
	meets "a file that is too long" 1 1 --output-dir got --max-size 99 -- \
	    send ct.dcm $mine
	meets "a file that ends early" 0 0 --output-dir got -- \
	    send cut.dcm $mine
	meets "a certificate that is refused" 1 1 --output-dir got -- \
	    send ct.dcm --cert bad.pem --key bad.key
	answered c123
	answered abort
	answered reject
	run "a folder that is not there" 3 listen --port 0 --ca-file ca.pem \
	    $mine --output-dir none

	for json in "" --json; do
		run "a wrong password" 3 echo $json $locked wrong \
		    127.0.0.1 1 --ca-file ca.pem
		run "a patient for a password" 3 echo $json $locked ct.dcm \
		    127.0.0.1 1 --ca-file ca.pem
		run "no password" 3 echo $json --cert good.pem \
		    --key locked.key 127.0.0.1 1 --ca-file ca.pem
		run "the key of another" 3 echo $json --cert good.pem \
		    --key bad.key 127.0.0.1 1 --ca-file ca.pem
		run "a patient for a key" 3 echo $json --cert good.pem \
		    --key ct.dcm 127.0.0.1 1 --ca-file ca.pem
		run "a key for a certificate" 3 echo $json \
		    --cert good.key 127.0.0.1 1 --ca-file ca.pem
		run "a key for an anchor" 3 echo $json $mine \
		    127.0.0.1 1 --ca-file good.key
		run "a patient for an anchor" 3 echo $json $mine \
		    127.0.0.1 1 --ca-file ct.dcm
		run "a password for an anchor" 3 echo $json $mine \
		    127.0.0.1 1 --ca-file password
		run "a patient for a CRL" 3 echo $json $mine \
		    127.0.0.1 1 --ca-file ca.pem --crl-check \
		    --crl-file ct.dcm
		run "what is no DICOM file" 3 send $json no.dcm $mine \
		    127.0.0.1 1 --ca-file ca.pem
		run "a key to be judged" 3 verify $json good.key \
		    --ca-file ca.pem
		run "a patient to be judged" 3 verify $json ct.dcm \
		    --ca-file ca.pem
	done
	run "a key to be shown" 3 show good.key
	run "a patient to be shown" 3 show ct.dcm
}

expect "nothing of this was said" nothing told said
expect "but much was" [ "$(wc -l <said)" -gt 100 ]
{
	cat said
	sed -n 2p secrets
} >planted
expect "a number would be found" finds "$number" told planted
{
	cat said
	printf 'key: %s\n' "$(sed -n 3p good.key)"
} >planted
expect "a line of a key would be" eval '[ -n "$(told planted)" ]'

# left_by COMMAND...: what of the password, and of the text of a key without
# one, is in the memory of a program that has read them.
left_by() {
	{
		cat password
		sed -n 2p good.key
	} >texts
	"$top/tests/tools/left_behind" texts "$@" >found || return
	sed -n '/^0 /!p' found
}
listens="$dicomtls listen --port 0 --ca-file ca.pem --cert good.pem"
# shellcheck disable=SC2086 # lists
if [ -r /proc/self/mem ]; then
	expect "no password stays in memory" nothing left_by $listens \
	    --key locked.key --key-password-file password
	expect "nor the text of a key" nothing left_by $listens --key good.key
	expect "what stays would be found" finds "$(cat password)" \
	    left_by env "STAYS=$(cat password)" $listens --key good.key
else
	for what in "a password" "a key" "what stays"; do
		skip "$what in memory" "the system has no /proc"
	done
fi

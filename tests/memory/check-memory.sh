#!/bin/sh
# Memory and threads: replay, the second opinion, the handshake matrix, the
# demo, files that are sent and kept, what threads share and the programs of the
# contract run clean under ASan and UBSan with leak checking, under valgrind, and
# (the programs with threads) under ThreadSanitizer; so do the programs of load
# and faults, but for valgrind. Unsigned arithmetic that wraps around, shifts and
# conversions that lose something are clang's to find (the tool "integer"). Then
# faults.sh plants faults in the sources, one at a time, and each has to be
# reported: a tool that finds nothing there proves nothing elsewhere.
#
# usage: check-memory.sh FOLDER SAMPLE VECTORS [TOOL...]
#
# FOLDER/source holds the sources; trees for each tool are built beside it.
# Replay takes this project's cases and, where the folder VECTORS is at hand,
# the corpus, in all three modes. With a SAMPLE above 1 valgrind gets every
# SAMPLEth case of the corpus and a part of what else is long, and a tool has to
# find one planted fault in each program rather than each that it could; with
# one above 20, one in all. TOOLs are asan, integer, tsan and valgrind, all of
# them if none is named. Ends with the line "N checks passed, N failed".
set -u
work=$1
sample=$2
vectors=$3
shift 3
[ $# -gt 0 ] || set -- asan integer tsan valgrind
source=$work/source
cases=$source/tests/conformance/cases
log=$work/report.log
jobs=$(nproc 2>/dev/null || echo 2)
passed=0
failed=0

CLANG=${CLANG-clang}

GNUTLS_SYSTEM_PRIORITY_FILE=/dev/null
ASAN_OPTIONS=detect_leaks=1
UBSAN_OPTIONS=print_stacktrace=1
TSAN_OPTIONS=suppressions=$source/tests/memory/tsan.supp
export GNUTLS_SYSTEM_PRIORITY_FILE ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS
LOAD=small
export LOAD
unset MAKEFLAGS MAKELEVEL LSAN_OPTIONS || :
valgrind='valgrind --quiet --leak-check=full --error-exitcode=97
    --errors-for-leak-kinds=definite,indirect
    --show-leak-kinds=definite,indirect'

# --- counting ---

now() {
	date +%s
}
begun=$(now)

# count NAME STATUS: one check more; of a failed one, the end of its report.
count() {
	seconds=$(($(now) - begun))
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		printf '%4d s  passed: %s\n' "$seconds" "$1"
	else
		failed=$((failed + 1))
		printf '%4d s  FAILED: %s\n' "$seconds" "$1"
		tail -n 40 "$log" | sed 's/^/        /'
	fi
}

left_out() {
	printf '        left out: %s, %s\n' "$1" "$2"
}

# --- trees ---

options_of() {
	case $1 in
	asan) echo --enable-sanitizers ;;
	integer) echo --enable-integer-checks "CC=$CLANG" ;;
	tsan) echo --enable-tsan ;;
	valgrind) echo CPPFLAGS=-DDT_ARENA_APART=1 ;;
	esac
}

# is_at_hand TOOL
is_at_hand() {
	with=${CC-cc}
	case $1 in
	asan) set -- "$1" -fsanitize=address,undefined ;;
	integer)
		with=$CLANG
		set -- "$1" -fsanitize=integer,nullability,local-bounds ;;
	tsan) set -- "$1" -fsanitize=thread ;;
	valgrind)
		command -v valgrind >/dev/null
		return ;;
	esac
	echo 'int main(void) { return 0; }' |
	    $with "$2" -x c - -o "$work/probe" 2>/dev/null &&
	    "$work/probe"
}

target_of() {
	case $1 in
	replay | corpus) echo tests/conformance/replay ;;
	opinion) echo tests/conformance/test_opinion ;;
	matrix) echo tests/backend/test_matrix ;;
	resumption) echo tests/backend/test_resumption ;;
	differential) echo tests/fuzz/differential/differential ;;
	demo) echo dicomtls ;;
	files) echo dicomtls tests/tools/mint_files tests/tools/make_dicom ;;
	peers) echo dicomtls tests/tools/mint_files \
	    tests/hostile/tls_peer tests/hostile/server_peer ;;
	cache) echo tests/memory/shared_cache ;;
	crl) echo tests/memory/shared_crl ;;
	swap) echo tests/memory/shared_store ;;
	many | hostile | streams | threads) echo "tests/load/$1" ;;
	wire | no_files) echo "tests/faults/$1" ;;
	*) echo "tests/contract/$1" ;;
	esac
}

# shellcheck disable=SC2046 # no word where there is no option
prepare() (
	rm -rf "${work:?}/$1"
	mkdir "$work/$1" && cd "$work/$1" &&
	"$source/configure" --disable-shared CFLAGS='-g -O1' $(options_of "$1")
) >"$log" 2>&1

# build TOOL PROGRAM
build() {
	# shellcheck disable=SC2046 # one or several
	make -C "$work/$1" -j "$jobs" $(target_of "$2") >"$log" 2>&1
}
# --- programs, each run in the tree of a tool ---

# Of what is slow under valgrind only a part where the corpus is sampled.
is_brief() {
	[ -n "$wrapper" ] && [ "$sample" -gt 1 ]
}

# some_of N: every Nth line, or all.
some_of() {
	every=1
	! is_brief || every=$1
	awk -v every="$every" 'NR % every == 0'
}

# replay BATCH MODE...: the files named on standard input, BATCH to a process.
replay() {
	batch=$1
	shift
	cat >names
	for mode; do
		# shellcheck disable=SC2086 # a command and its options
		xargs -P "$jobs" -n "$batch" $wrapper \
		    tests/conformance/replay --override="$mode" \
		    <names >/dev/null || return 1
	done
}

# Of the modes, the one in which every stage is reached says most.
run_replay() {
	modes='none all first'
	! is_brief || modes=all
	# shellcheck disable=SC2086 # a list
	printf '%s\n' "$cases"/*.cases | some_of 3 | replay 1 $modes
}

run_corpus() {
	some_of "$sample" <"$work/corpus.names" | replay 100 none all first
}

# GnuTLS judges what the engine has judged.
# shellcheck disable=SC2086 # a command and its options
run_opinion() {
	printf '%s\n' ext combo policy baseline |
	    some_of 4 | sed "s|.*|$cases/&.cases|" |
	    xargs -P "$jobs" -n 1 $wrapper tests/conformance/test_opinion
}

# Each process takes some of the faults that the program knows.
# shellcheck disable=SC2086 # a command and its options
run_matrix() {
	tests/backend/test_matrix --list | some_of 4 |
	    xargs -P "$jobs" -n 4 $wrapper tests/backend/test_matrix
}

# What is drawn and mutated, as OpenSSL judges it.
# shellcheck disable=SC2086 # a command and its options
run_differential() {
	rm -rf differential.found
	$wrapper tests/fuzz/differential/differential --seed=11 \
	    --count=$((20000 / (sample < 20 ? sample : 20))) --jobs="$jobs" \
	    --output-dir=differential.found "$cases"/*.cases
}

run_demo() {
	$wrapper ./dicomtls demo
}

# shellcheck disable=SC2086 # a command and its options
run_files() {
	sh "$source/tests/memory/files.sh" "$work/$tool" $wrapper
}

# Peers that do TLS wrong, clients and servers.
run_peers() {
	(srcdir=$source sh "$source/tests/hostile/tls.sh") && short_peers
}

# Where a planted fault is to be found, less is enough.
short_peers() {
	(srcdir=$source sh "$source/tests/hostile/servers.sh")
}

short_replay() {
	echo "$cases/baseline.cases" | replay 1 none
}

short_opinion() {
	$wrapper tests/conformance/test_opinion "$cases/baseline.cases"
}

short_matrix() {
	$wrapper tests/backend/test_matrix wrong_purpose
}

short_demo() {
	run_demo
}

short_files() {
	run_files
}

# run FORM TOOL PROGRAM: FORM is run or short; a program that neither names
# runs as it is.
run() (
	wrapper=
	tool=$2
	[ "$2" != valgrind ] || wrapper=$valgrind
	# A program that misses a lock need not end by itself.
	[ "$1" != short ] || TSAN_OPTIONS=$TSAN_OPTIONS:halt_on_error=1
	cd "$work/$2" || exit 1
	if command -v "$1_$3" >/dev/null; then
		"$1_$3"
	else
		# shellcheck disable=SC2086 # a command and its options
		timeout 600 $wrapper "$(target_of "$3")"
	fi
) >"$log" 2>&1

# --- what has to be clean ---

programs_of() {
	case $1 in
	tsan) echo files cache crl swap link secure store reload resume breathe \
	    many hostile streams threads wire ;;
	asan) echo replay corpus opinion matrix resumption demo files peers cache \
	    crl swap link secure store reload resume breathe \
	    many hostile streams threads wire no_files ;;
	integer) echo replay corpus opinion differential matrix resumption demo \
	    files cache crl swap link secure store reload resume breathe \
	    many hostile streams threads wire no_files ;;
	*) echo replay corpus opinion matrix resumption demo files cache crl \
	    swap link secure store reload resume breathe ;;
	esac
}

# can_run TOOL PROGRAM: otherwise the reason is in $why.
can_run() {
	case $2 in
	corpus)
		why="there is no folder $vectors"
		[ -s "$work/corpus.names" ] ;;
	differential | matrix | resumption)
		why="there is no OpenSSL for the reference"
		grep -q '^S\["HAVE_OPENSSL_TRUE"\]=""' \
		    "$work/$1/config.status" ;;
	esac
}

unpack_corpus() {
	rm -rf "$work/corpus" "$work/corpus.names"
	[ -d "$vectors" ] || return 0
	mkdir "$work/corpus"
	for archive in "$vectors"/*.tar.xz; do
		tar -xJf "$archive" -C "$work/corpus" || return 1
	done
	find "$work/corpus" -name '*.case' | LC_ALL=C sort >"$work/corpus.names"
}

# check_tool TOOL: a tool whose tree is there is named in $tools.
check_tool() {
	if ! is_at_hand "$1"; then
		left_out "$1" "it is not at hand"
		return
	fi
	if ! prepare "$1"; then
		count "$1: configure" 1
		return
	fi
	tools="$tools $1"
	for program in $(programs_of "$1"); do
		if ! can_run "$1" "$program"; then
			left_out "$1: $program" "$why"
			continue
		fi
		build "$1" "$program" && run run "$1" "$program"
		count "$1: $program is clean" $?
	done
}

# --- what has to be found ---

# plant NAME FILE EDIT: the fault takes the place of the one before it. EDIT
# is one for sed; where it changes nothing, the fault is out of date.
plant() {
	fault=$1
	[ -z "$planted" ] || cp "$work/unharmed" "$source/$planted"
	planted=$2
	cp "$source/$planted" "$work/unharmed"
	sed "$3" "$work/unharmed" >"$source/$planted"
	! cmp -s "$work/unharmed" "$source/$planted" && return
	echo "the edit changes nothing in $planted" >"$log"
	count "planted: $fault" 1
	planted=
}

# Whether two threads meet is chance: where no lock is, one run of ten must see
# it. The other tools need but one.
runs_of() {
	[ "$1" = tsan ] && echo 10 || echo 1
}

reports() {
	build "$1" "$2" || return 1
	left=$(runs_of "$1")
	while [ "$left" -gt 0 ]; do
		! run short "$1" "$2" && grep -q -- "$3" "$log" && return
		left=$((left - 1))
	done
	echo "it was not reported" >>"$log"
	return 1
}

# finds TOOL PROGRAM PATTERN: the program fails with this in its report.
finds() {
	case "$tools " in
	*" $1 "*) ;;
	*) return ;;
	esac
	[ -n "$planted" ] && can_run "$1" "$2" || return
	proof=$1/$2/$fault
	[ "$sample" -le 1 ] || proof=$1/$2
	[ "$sample" -le 20 ] || proof=$1
	case "$proved" in
	*"<$proof>"*) return ;;
	esac
	proved="$proved<$proof>"
	reports "$@"
	count "$1: $2 finds $fault" $?
}

tools=
proved= # what has found a fault
planted=
unpack_corpus || exit 1
for tool; do
	check_tool "$tool"
done
# shellcheck source=tests/memory/faults.sh
. "$source/tests/memory/faults.sh"
printf '%d checks passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

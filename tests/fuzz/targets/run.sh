#!/bin/sh
# Fuzzes each target for some time, from what is kept and from seeds, and says
# how many executions there were and how much of the code they reached.
#
# usage: run.sh FOLDER SECONDS [TARGET...]
#
# FOLDER/source holds the sources. What is found lies in FOLDER/found, what
# was learnt in FOLDER/learnt, for the next run to start from. Ends with the
# line "N passed, N failed".
set -u
work=$1
seconds=$2
shift 2
source=$work/source
build=$work/fuzzing
programs=$build/tests/fuzz/targets
passed=0
failed=0
GNUTLS_SYSTEM_PRIORITY_FILE=/dev/null
UBSAN_OPTIONS=print_stacktrace=1
export GNUTLS_SYSTEM_PRIORITY_FILE UBSAN_OPTIONS
unset MAKEFLAGS MAKELEVEL || :

# say TARGET LOG: executions, edges reached, what went into the corpus.
say() {
	awk -v name="$1" '
	    /^stat::number_of_executed_units/ { runs = $2 }
	    / cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") edges = $(i + 1) }
	    END { printf "%-12s %10d executions, %6d edges", name, runs, edges }' "$2"
}

fuzz() {
	log=$work/fuzz-$1.log
	mkdir -p "$work/learnt/$1" "$work/seeds/$1" "$work/found"
	"$programs/$1" -max_total_time="$seconds" -print_final_stats=1 \
	    -timeout=25 -rss_limit_mb=2500 -max_len=16384 -close_fd_mask=1 \
	    -artifact_prefix="$work/found/$1-" "$work/learnt/$1" \
	    "$source/tests/fuzz/corpus/$1" "$work/seeds/$1" >"$log" 2>&1
	status=$?
	say "$1" "$log"
	if [ $status -eq 0 ]; then
		passed=$((passed + 1))
		printf ', nothing found\n'
	else
		failed=$((failed + 1))
		printf ', FOUND:\n'
		grep -E 'ERROR|SUMMARY|does not hold|runtime error|Test unit' \
		    "$log" | head -n 8 | sed 's/^/    /'
	fi
}

mkdir -p "$build"
(
	cd "$build" &&
	    ../source/configure CC=clang CFLAGS='-O1 -g' --disable-shared \
		--enable-fuzzing &&
	    make -j "$(nproc 2>/dev/null || echo 2)" fuzz-programs
) >"$work/fuzzing.log" 2>&1 || {
	tail -n 30 "$work/fuzzing.log"
	echo "0 passed, 1 failed"
	exit 1
}
"$programs/seeds" "$work/seeds" "$source"/tests/conformance/cases/*.cases ||
    exit 1
# shellcheck disable=SC2046 # a list of names
[ $# -gt 0 ] || set -- $(cd "$source/tests/fuzz/corpus" && ls)
for name; do
	fuzz "$name"
done
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

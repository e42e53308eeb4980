#!/bin/sh
# Which lines and branches of lib and compat run in all tests together: at least
# 95 % and 85 %. No file, function or line is left out of the count.
#
# usage: coverage.sh FOLDER VECTORS
#
# FOLDER/source holds the sources; what is counted is built in a copy of it,
# FOLDER/coverage, without optimisation. All tests are make check, more of the
# allocations that fail than it takes, a given number of differential fuzzing's
# cases and, where the folder VECTORS is at hand, the corpus. FOLDER/lines.txt
# and FOLDER/branches.txt name what did not run. Ends with the line
# "N passed, N failed".
set -u
work=$1
vectors=$2
tree=$work/coverage
log=$work/coverage.log
jobs=$(nproc 2>/dev/null || echo 2)
passed=0
failed=0
unset MAKEFLAGS MAKELEVEL || :
GNUTLS_SYSTEM_PRIORITY_FILE=/dev/null
export GNUTLS_SYSTEM_PRIORITY_FILE

count() {
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		printf 'passed: %s\n' "$1"
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n' "$1"
	fi
}

finish() {
	printf '%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" -eq 0 ]
	exit
}

# Names in the objects begin at the top of the sources, so they are built there.
build() {
	rm -rf "$tree"
	cp -R "$work/source" "$tree" && cd "$tree" &&
	    ./configure --disable-shared --disable-hardening \
		CFLAGS='-O0 -g --coverage -fprofile-update=atomic' &&
	    make -j "$jobs"
}

# run NAME COMMAND...: tests, with what they say in the log.
run() {
	name=$1
	shift
	"$@" >"$log" 2>&1
	status=$?
	[ "$status" -eq 0 ] || tail -n 40 "$log" | sed 's/^/        /'
	count "$name" "$status"
}

# measure: the counters that are there, once, for the reports below.
measure() {
	gcovr --root . --filter lib/ --filter compat/ --json "$work/counts.json" \
	    lib compat
}

report() {
	gcovr --root . --add-tracefile "$work/counts.json" "$@"
}

# A folder each and all of them, from a report with a row for each file.
by_folder() {
	awk -v what="$1" '
	function show(name, all, hit) {
		printf "%-12s %6d of %6d %s  %5.1f %%\n", name, hit, all, what,
		    all ? 100 * hit / all : 100
	}
	/^(lib|compat)\// && $2 ~ /^[0-9]+$/ {
		folder = $1
		sub(/\/[^\/]*$/, "", folder)
		if (!(folder in all))
			names[++count] = folder
		all[folder] += $2
		hit[folder] += $3
	}
	$1 == "TOTAL" {
		for (i = 1; i <= count; i++)
			show(names[i], all[names[i]], hit[names[i]])
		show("together", $2, $3)
	}' "$2"
}

# judge WHAT BAR FILE: the report in the file reaches the bar.
judge() {
	share=$(awk '$1 == "TOTAL" && $2 > 0 { printf "%.2f", 100 * $3 / $2 }' \
	    "$3")
	awk -v share="${share:-0}" -v bar="$2" 'BEGIN { exit share < bar }'
	count "$1: ${share:-no figure} % of lib and compat, at least $2 %" $?
}

if ! command -v gcovr >/dev/null; then
	echo "FAILED: gcovr is not installed"
	failed=1
	finish
fi
build >"$log" 2>&1 || {
	tail -n 30 "$log"
	count "builds with counters" 1
	finish
}
cd "$tree" || exit 1

# Nothing ran so far: a bar that is met here is no bar.
measure && report --fail-under-line 95 >/dev/null 2>&1
[ $? -eq 2 ]
count "the bar is not met before a test ran" $?

run "make check" make -j "$jobs" check
run "allocations of a verification fail" tests/faults/verify_no_memory 10
run "allocations of an association fail" tests/faults/link_no_memory 1
run "20,000 cases of differential fuzzing" make fuzz \
    FUZZ_ARGS="--seed=1 --count=20000 --jobs=$jobs --output-dir=fuzz"
if [ -f "$vectors/core.list" ]; then
	run "make check-vectors" make check-vectors VECTORS="$vectors"
else
	echo "left out: the corpus, there is no folder $vectors"
fi

measure && report >"$work/lines.txt" && report --branches >"$work/branches.txt"
count "gcovr reads the counters" $?
by_folder lines "$work/lines.txt"
by_folder branches "$work/branches.txt"
echo "most lines that did not run:"
grep -E '^(lib|compat)/' "$work/lines.txt" | awk '{ print $2 - $3, $1 }' |
    sort -rn | head -n 10
judge lines 95 "$work/lines.txt"
judge branches 85 "$work/branches.txt"
finish

#!/bin/sh
# Instructions of one run of each row, ours and theirs, as callgrind counts
# them; the same figures each time with the same keys (--keys), but for random
# numbers in handshakes. Sizes are those of bench --quick. Valgrind hides SHA-NI and AVX-512, so that libraries
# may take other ways than in the timed runs: counts are for parsing, searching
# and printing rather than for arithmetic.
#
# usage: count.sh FOLDER [OPTION...] [ROW...]
#
# FOLDER keeps a file for each row and side, for callgrind_annotate; a line is
#
#	count NAME ours N THEY N ratio R FILES
set -u
folder=$1
shift

if ! command -v valgrind >/dev/null; then
	echo "bench-count was not run: there is no valgrind"
	exit 0
fi
rm -rf "$folder"
mkdir -p "$folder" || exit 3
valgrind --tool=callgrind --quiet --instr-atstart=no \
    --callgrind-out-file="$folder/out" tests/bench/bench --quick --count "$@" \
    2>"$folder/log"
status=$?
if [ "$status" -ne 0 ]; then
	cat "$folder/log" >&2
	exit "$status"
fi
# shellcheck disable=SC2046 # numbered files
# Each part says "desc: Trigger: Client Request: ROW SIDE" and "totals: N".
awk '
/^desc: Trigger: Client Request: / { row = $5; side = $6 }
/^totals: / && row != "" {
	if (row == last)
		printf "count %-30s ours %12d %-7s %12d ratio %8.4f %s %s\n",
		    row, ours, side, $2, ours / ($2 ? $2 : 1), file, FILENAME
	last = row
	ours = $2
	file = FILENAME
	row = ""
}' $(find "$folder" -name "out.*" | sort -t . -k 2n)

#!/bin/sh
# Never more permissive: changed cases that OpenSSL 3.0 accepted as they were.
#
# usage: flips.sh FOLDER COUNT JOBS [VECTORS], in the build folder
#
# COUNT changes at random over the cases of tests/conformance/cases and, where
# VECTORS holds them (packed or not), of the corpus; then each bit of the cases
# in tests/fuzz/every_bit.list (for a COUNT under 200,000 those of signatures
# only), and other forms of their signatures. What is found lies in FOLDER. Ends
# with the line "N passed, N failed".
set -u
work=$1
count=$2
jobs=$3
vectors=${4-}
srcdir=${srcdir-.}
program=tests/fuzz/differential/differential
cases=$srcdir/tests/conformance/cases
passed=0
failed=0

judge() {
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		printf 'passed: %s\n' "$1"
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n' "$1"
	fi
}

# names: the files with cases, one a line.
names() {
	ls "$cases"/*.cases
	[ -d "$vectors" ] || return 0
	for archive in "$vectors"/*.tar.xz; do
		[ ! -f "$archive" ] || tar -xJf "$archive" -C "$work/vectors"
	done
	find "$vectors" "$work/vectors" -name '*.case' | LC_ALL=C sort
}

# run NAME OPTIONS...: the table of one run, and whether it found anything.
run() {
	name=$1
	shift
	printf '\n=== %s\n' "$name"
	"$program" --jobs="$jobs" --output-dir="$work/found" "$@" \
	    >"$work/out" 2>"$work/errors"
	status=$?
	cat "$work/out" "$work/errors"
}

# row NAME: the number of cases in that row of the table.
row() {
	sed -n "s/^$1  *\([0-9][0-9]*\)  *[0-9].*/\1/p" "$work/out" | head -n 1
}

no_acceptance_alone() {
	[ "$status" -eq 0 ] &&
	    grep -q ' 0 accepted by us alone$' "$work/out"
}

# Each kind of object and the fields that matter most, often enough.
reaches_everything() {
	for object in leaf "peer certificate" anchor CRL; do
		for field in signature time extensions; do
			found=$(row "$object, $field")
			[ "${found:-0}" -ge $((count / 1000)) ] || {
				echo "$object, $field: ${found:-0} cases"
				return 1
			}
		done
	done
}

rm -rf "$work"
mkdir -p "$work/vectors" || exit 1
if [ ! -x "$program" ]; then
	echo "changed cases were not run: there is no OpenSSL to compare with"
	exit 0
fi
names >"$work/names"
awk 'NR == FNR { if (!/^#/) chosen[$1] = 1; next }
	/^id: / { on = ($2 in chosen) } on' \
    "$srcdir/tests/fuzz/every_bit.list" "$cases"/*.cases >"$work/chosen"

run "changes at random" --flips --seed=1 --count="$count" - <"$work/names"
no_acceptance_alone
judge "nothing that changed is accepted by us alone" $?
[ "$(row "changed cases")" -ge "$count" ]
judge "$(row "changed cases") cases were changed" $?
reaches_everything
judge "the changes reach signatures, times and extensions" $?

bits=all
[ "$count" -ge 200000 ] || bits=signatures
run "every bit: $bits" --every-bit="$bits" "$work/chosen"
no_acceptance_alone
judge "no bit is overlooked that is signed" $?
run "other forms of signatures" --forms "$work/chosen"
no_acceptance_alone
judge "no other form of a signature is taken for it" $?

# A verifier that accepts everything is found out, also where a closed class
# would explain how its trace differs.
finds_acceptance() {
	[ "$status" -eq 1 ] &&
	    ! grep -q ' 0 accepted by us alone$' "$work/out"
}
run "planted: everything accepted" --forms --lax "$work/chosen" >/dev/null
finds_acceptance
judge "a verifier that accepts too much is found" $?
run "a closed class" --as-is "$srcdir/tests/fuzz/pieces.case" >/dev/null
[ "$status" -eq 0 ] && grep -q ' 1 in closed classes' "$work/out"
judge "the case is in a closed class" $?
run "planted in it" --as-is --lax "$srcdir/tests/fuzz/pieces.case" >/dev/null
finds_acceptance && grep -q ' 0 in closed classes' "$work/out"
judge "the class does not excuse acceptance" $?

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]

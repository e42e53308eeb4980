#!/bin/sh
# Each fuzz target ends well on what earlier fuzzing found, kept in
# tests/fuzz/corpus, and on what fuzzing starts from; and dies on what does
# not hold.
. "${srcdir-.}/tests/scripts/tap.sh"
targets=tests/fuzz/targets
kept=$srcdir/tests/fuzz/corpus
names=$(cd "$kept" && ls)

runs() {
	"$@" >"$tap_tmp/log" 2>&1 && return
	sed 's/^/# /' "$tap_tmp/log"
	return 1
}

fails() {
	! "$@" >/dev/null 2>&1
}

# shellcheck disable=SC2086 # a list of names
set -- $names
plan $((3 + 2 * $#))
expect "seeds are written" runs "$targets/seeds" "$tap_tmp/seeds" \
    "$srcdir"/tests/conformance/cases/*.cases
printf fuzz >"$tap_tmp/fuzz"
expect "what does not hold ends a target" fails env PLANT=require \
    "$targets/planted" "$tap_tmp/fuzz"
expect "without it the same input ends well" runs "$targets/planted" \
    "$tap_tmp/fuzz"
for name; do
	set -- "$kept/$name"
	[ ! -d "$tap_tmp/seeds/$name" ] || set -- "$@" "$tap_tmp/seeds/$name"
	expect "$name ends well" runs "$targets/$name" "$@"
	expect "$name says when it read nothing" fails "$targets/$name" \
	    "$tap_tmp/nothing"
done

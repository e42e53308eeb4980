#!/bin/sh
# compare itself: it says so where there was nothing to compare.
. "${srcdir-.}/tests/scripts/tap.sh"

cases=$srcdir/tests/conformance/cases

# compares STATUS ARGUMENTS...: compare, with the recorded traces, ends so.
compares() {
	wanted=$1
	shift
	tests/conformance/compare --traces="$cases" "$@" >"$tap_tmp/out" \
	    2>"$tap_tmp/err"
	status=$?
	[ "$status" -eq "$wanted" ] && return 0
	echo "# compare $*: status $status instead of $wanted"
	sed 's/^/# /' "$tap_tmp/out" "$tap_tmp/err"
	return 1
}

says() {
	grep -qF -- "$2" "$tap_tmp/$1"
}

echo "no/such-case" >"$tap_tmp/list"
sed -n 's/^id: //p' "$cases/baseline.cases" | head -n 1 >"$tap_tmp/one"

plan 7
expect "a file of cases is compared" compares 0 "$cases/baseline.cases"
expect "one case of it too" \
    compares 0 --list="$tap_tmp/one" "$cases/baseline.cases"
expect "and counted" says out "1 cases, 1 equal"
expect "no file at all fails" eval 'compares 3 - </dev/null'
expect "and says so" says err "there is no case"
expect "a list that names none of the cases fails" \
    compares 3 --list="$tap_tmp/list" "$cases/baseline.cases"
expect "and the list is named" says err "$tap_tmp/list"

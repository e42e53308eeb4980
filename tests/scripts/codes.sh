#!/bin/sh
# The code table of doc/compatibility.md has one row for each code; the case a
# row names has the number as a failure in its recorded traces, and the file
# it names reports it; a code that never occurs occurs in no trace.
# shellcheck disable=SC2016 # back quotes of the page
. "${srcdir-.}/tests/scripts/tap.sh"

header=$srcdir/compat/verify_codes.h
page=$srcdir/doc/compatibility.md
traces=$srcdir/tests/conformance/cases

# codes: lines "number stem" of the table that all others derive from.
codes() {
	sed -nE 's/^.*\bX\(([0-9]+), [0-9]+, ([A-Z0-9_]+),.*$/\1 \2/p' "$header"
}

# rows PAGE: lines "number stem file case"; without a case, the file is never.
rows() {
	sed -nE '/^## The codes/,/^## The contract/{
		s/^\| ([0-9]+) \| ([A-Z0-9_]+) \| never \| .+ \|$/\1 \2 never/p
		s/^\| ([0-9]+) \| ([A-Z0-9_]+) \| ([a-z_]+) \| `([^`]+)`.*$/\1 \2 \3 \4/p
	}' "$1"
}

# failures FOLDER: lines "number case", once each.
failures() {
	awk '/^case / { id = $2 } / ok=0 / { sub("error=", "", $3); print $3, id }' \
	    "$1"/*.trace | sort -u
}

# miscounted PAGE: codes without a row of their own, rows without a code.
miscounted() {
	codes | sort >"$tap_tmp/codes"
	rows "$1" | cut -d ' ' -f 1,2 | sort >"$tap_tmp/rows"
	diff "$tap_tmp/codes" "$tap_tmp/rows"
}

# unproved PAGE FOLDER: rows that the traces in FOLDER contradict.
unproved() {
	failures "$2" >"$tap_tmp/failures"
	rows "$1" | while read -r number stem file id; do
		if [ "$file" = never ]; then
			sed -n "s/^$number \(.*\)/$stem occurs: \1/p" \
			    "$tap_tmp/failures" | head -n 1
		elif ! grep -qxF "$number $id" "$tap_tmp/failures"; then
			echo "$stem does not occur in $id"
		fi
	done
}

# misplaced PAGE: rows whose file does not name the code.
misplaced() {
	rows "$1" | while read -r number stem file id; do
		[ "$file" = never ] || grep -qw "DICOMTLS_V_ERR_$stem" \
		    "$srcdir/lib/verify/$file.c" ||
			echo "$number $stem is not in $file ($id)"
	done
}

sed '/^| 26 |/d' "$page" >"$tap_tmp/without.md"
sed '/^| 26 |/p' "$page" >"$tap_tmp/twice.md"
sed '/^| 26 |/s|`[^`]*`|`generated/nowhere`|' "$page" >"$tap_tmp/nowhere.md"
sed '/^| 26 |/s/check_extensions/check_level/' "$page" >"$tap_tmp/place.md"
mkdir "$tap_tmp/traces"
printf 'case planted/one\n  depth=0 ok=0 error=27\n' \
    >"$tap_tmp/traces/planted.trace"

plan 9
expect "the table has all codes" test "$(codes | wc -l)" -eq 95
expect "every code has one row" nothing miscounted "$page"
expect "every case has its failure, what never occurs does not" \
    nothing unproved "$page" "$traces"
expect "every file reports what it is named for" nothing misplaced "$page"
expect "finds a missing row" \
    finds '26 INVALID_PURPOSE' miscounted "$tap_tmp/without.md"
expect "finds a second row" \
    finds '26 INVALID_PURPOSE' miscounted "$tap_tmp/twice.md"
expect "finds a case without the failure" \
    finds generated/nowhere unproved "$tap_tmp/nowhere.md" "$traces"
expect "finds a code that should never occur" \
    finds 'CERT_UNTRUSTED occurs: planted/one' \
    unproved "$page" "$tap_tmp/traces"
expect "finds a file that does not report the code" \
    finds 'not in check_level' misplaced "$tap_tmp/place.md"

#!/bin/sh
# doc/failures.md and the code agree: every sentence of the page is in the code,
# every alert, remedy, rejection and abort of the code is on the page, and
# every test that a row names exists.
# shellcheck disable=SC2016 # back quotes of the page
. "${srcdir-.}/tests/scripts/tap.sh"

page=$srcdir/doc/failures.md
advice=$srcdir/tools/advice.c
failure=$srcdir/tools/failure.c
header=$srcdir/include/ltdic.h

# joined FILE...: on one line, with the pieces of string literals put together.
joined() {
	cat "$@" | tr '\n\t' '  ' | sed 's/" *"//g'
}

# shellcheck disable=SC2046 # file names without blanks
joined $(find "$srcdir/lib" "$srcdir/tools" -name '*.c') >"$tap_tmp/code"

# rows PAGE: the cells of its tables, without headings.
rows() {
	sed -nE '/^\|[- |]+$/d; s/^\| (.*) \|$/\1/p' "$1" |
	    grep -vE '^(what|alert|source) '
}

# phrases PAGE: what is in back quotes in the second or third cell.
phrases() {
	rows "$1" | awk -F' [|] ' '{ print $2; if ($3 ~ /^`/) print $3 }' |
	    sed -nE 's/^`(.*)`$/\1/p'
}

# unsaid PAGE: sentences that the code does not have.
unsaid() {
	phrases "$1" | while read -r phrase; do
		grep -qF -- "$phrase" "$tap_tmp/code" || echo "$phrase"
	done
}

# alerts FILE: lines "number | name" of its table.
alerts() {
	joined "$1" | grep -oE '\{ [0-9]+, "[a-z_]+",' |
	    sed -E 's/\{ ([0-9]+), "(.*)",/\1 | \2/' | sort
}

# untold_alerts PAGE FILE: in one of them only.
untold_alerts() {
	rows "$1" | sed -nE 's/^([0-9]+ \| [a-z_]+) \| DICOM_.*/\1/p' |
	    sort >"$tap_tmp/page"
	alerts "$2" >"$tap_tmp/table"
	diff "$tap_tmp/page" "$tap_tmp/table"
}

# untold_links PAGE FILE: numbers with a remedy that no row has.
untold_links() {
	joined "$2" | grep -oE '\{ DICOM_ERROR_[A-Z_]+' | cut -c3- |
	    while read -r number; do
		rows "$1" | grep -qw -- "$number" || echo "$number"
	    done
}

# untold_words PAGE FILE: words for a PDU's reasons that no row begins.
untold_words() {
	phrases "$1" >"$tap_tmp/phrases"
	joined "$2" |
	    grep -oE '\{ PDU_[A-Z0-9_]+, *PDU_[A-Z0-9_]+, *"[^"]*"' |
	    sed 's/^[^"]*"//; s/"$//' | while read -r words; do
		while read -r phrase; do
			case $words in "$phrase"*) continue 2 ;; esac
		done <"$tap_tmp/phrases"
		echo "$words"
	    done
}

# undeclared PAGE: numbers that the contract has not.
undeclared() {
	grep -oE 'DICOM_ERROR_[A-Z_]+' "$1" | sort -u | while read -r number; do
		grep -qw "$number" "$header" || echo "$number"
	done
}

is_test() {
	case $1 in
	*.sh) grep -qF -- "expect \"$2" "$srcdir/tests/tools/$1" ;;
	test_matrix) grep -qF -- "\"$2\"" "$srcdir/tests/backend/faults.c" ;;
	test_*)
		grep -qs "^Test([a-z0-9_]*, $2)" "$srcdir/tests/unit/$1.c" \
		    "$srcdir/tests/backend/$1.c"
		;;
	*) grep -qF -- "\"$2\"" "$srcdir/tests/contract/$1.c" ;;
	esac
}

# untested PAGE: rows that name no test that exists.
untested() {
	rows "$1" | awk -F' [|] ' 'NF == 4 { print $4 }' |
	    while IFS= read -r test; do
		is_test "${test%%: *}" "${test#*: }" || echo "$test"
	    done
}

sed 's/data may be cut/nothing is lost/' "$page" >"$tap_tmp/sentence.md"
sed '/^| 48 |/d' "$page" >"$tap_tmp/alert.md"
sed '/NET_HOST_UN_REACH/d' "$page" >"$tap_tmp/link.md"
sed '/it is congested/d' "$page" >"$tap_tmp/word.md"
sed 's/TLS_UNKNOWN_CA/TLS_STRANGE_CA/' "$page" >"$tap_tmp/number.md"
sed 's/test_link: a_server_that/test_link: a_dog_that/' "$page" \
    >"$tap_tmp/test.md"

plan 12
expect "every sentence is one of ours" nothing unsaid "$page"
expect "finds one that is not" finds "nothing is lost" \
    unsaid "$tap_tmp/sentence.md"
expect "every alert has a row" nothing untold_alerts "$page" "$advice"
expect "finds one that has none" finds unknown_ca \
    untold_alerts "$tap_tmp/alert.md" "$advice"
expect "every remedy has a row" nothing untold_links "$page" "$failure"
expect "finds one that has none" finds HOST_UN_REACH \
    untold_links "$tap_tmp/link.md" "$failure"
expect "every reason of a PDU has a row" nothing untold_words "$page" "$failure"
expect "finds one that has none" finds congested \
    untold_words "$tap_tmp/word.md" "$failure"
expect "every number is the contract's" nothing undeclared "$page"
expect "finds one that is not" finds STRANGE_CA undeclared "$tap_tmp/number.md"
expect "every test exists" nothing untested "$page"
expect "finds one that does not" finds a_dog_that untested "$tap_tmp/test.md"

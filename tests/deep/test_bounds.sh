#!/bin/sh
# Attacks on time and memory, in small sizes: each ends as it has to and takes
# no more memory than it may, and an end that is another is seen. No time is
# judged.
program=tests/deep/bounds
. "${srcdir-.}/tests/scripts/tap.sh"

rows() {
	grep -E '^(not )?ok ' "$tap_tmp/rows"
}

# An object in each line, of texts, numbers and one object; what does not look
# so.
not_json() {
	text='"[A-Za-z0-9 .:;()@_,'"'"'-]*"'
	plain="($text|-?[0-9]+(\\.[0-9]+)?|true|false)"
	pair="$text:($plain|\\{$text:$plain(,$text:$plain)*\\})"
	grep -Ev "^\\{$pair(,$pair)*\\}\$" "$1"
}

exits_with() {
	wanted=$1
	shift
	"$@" >"$tap_tmp/other" 2>&1
	[ $? -eq "$wanted" ]
}

has_last_line() {
	[ "$(tail -n 1 "$tap_tmp/other")" = "$1" ]
}

"$program" --quick --tap >"$tap_tmp/rows"
tap_count=$(rows | wc -l)
plan $((tap_count + 7))
grep -v '^1\.\.' "$tap_tmp/rows"
expect "each attack of the list was carried out" \
    [ "$tap_count" -eq "$("$program" --list | wc -l)" ]
expect "another end is found" exits_with 1 "$program" --plant 'chain of 300'
expect "and counted" has_last_line "0 passed, 1 failed"
expect "the table ends with a count" exits_with 0 "$program" 'chain of 300'
expect "of what passed" has_last_line "1 passed, 0 failed"
"$program" --json 'chain of 300' 'CRL of*' --quick >"$tap_tmp/json"
expect "for programs each line is an object" nothing not_json "$tap_tmp/json"
expect "an attack that is none is refused" exits_with 2 "$program" none

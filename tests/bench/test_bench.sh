#!/bin/sh
# Whether the bench does what it says, with small sizes: every row runs, comes
# to the verdicts it expects and prints what a program can read. No time is
# judged here.
program=tests/bench/bench

if [ ! -x "$program" ]; then
	echo "1..0 # SKIP there is no OpenSSL to compare with"
	exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
count=0

# expect NAME COMMAND...: ok where the command succeeds.
expect() {
	name=$1
	count=$((count + 1))
	shift
	if "$@"; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
	fi
}

small() {
	"$program" --limit=200 --rounds=1 --seconds=1 "$@"
}

# An object in each line, of texts and numbers; what does not look so.
not_json() {
	text='"[A-Za-z0-9 .:()@_-]*"'
	pair="$text:($text|-?[0-9]+(\\.[0-9]+)?)"
	grep -Ev "^\\{$pair(,$pair)*\\}\$" "$1"
}

# Names in the list that have no line.
missing() {
	while read -r row; do
		grep -q "\"bench\":\"$row\"," "$1" || echo "# no line: $row"
	done <"$work/list"
}

exits_with() {
	wanted=$1
	shift
	"$@" >"$work/other" 2>&1
	[ $? -eq "$wanted" ]
}

finds() {
	"$@" | grep -q .
}

has_text() {
	n='[0-9]+\.[0-9]+'
	small "$1" | grep -Eq \
	    "^bench $1 +ours +$n openssl +$n ratio +$n goal +$n +(ok|SHORT) "
}

nothing() {
	found=$("$@")
	[ -z "$found" ] || { printf '%s\n' "$found"; return 1; }
}

echo 1..9
"$program" --limit=200 --list >"$work/list"
small --json >"$work/json"
status=$?
expect "all rows come to their verdicts" [ "$status" -eq 0 ]
expect "each row of the list has a line" nothing missing "$work/json"
expect "each line is an object" nothing not_json "$work/json"

grep -v '"chain3-p256"' "$work/json" >"$work/less"
expect "a line that is missing is noticed" finds missing "$work/less"
echo '{"bench":"x","ours":nan}' >"$work/broken"
expect "a line that is no object is noticed" finds not_json "$work/broken"

expect "another verdict than the row's is found" exits_with 1 \
    small --plant=1 depth-over-122
expect "the text has goal and judgement" has_text parse-p256
expect "a row that is none is refused" exits_with 2 small no-such-row
expect "a size that would change the rows is refused" exits_with 2 \
    small --limit=10

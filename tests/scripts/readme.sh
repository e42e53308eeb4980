#!/bin/sh
# The README shows the example program as it is compiled, names files that
# exist and starts with the two commands.
. "${srcdir-.}/tests/scripts/tap.sh"

# first_c_block FILE
first_c_block() {
	awk '/^```c$/ { inside = 1; next } /^```$/ && inside { exit } inside' "$1"
}

# example_differs README PROGRAM
example_differs() {
	first_c_block "$1" | diff - "$2"
}

# too_long PROGRAM: a program of more than 25 lines, blank ones aside.
too_long() {
	lines=$(grep -c . "$1")
	[ "$lines" -le 25 ] || echo "$1 has $lines lines"
}

# broken_links README FOLDER
broken_links() {
	grep -o '](\([^)]*\))' "$1" | sed 's/^](//; s/)$//' |
	    while read -r link; do
		case $link in
		http*) ;;
		*) [ -e "$2/$link" ] || echo "$link is not there" ;;
		esac
	    done
}

commands_first() {
	awk '/^    / { print $1, $2 }' "$1" | head -n 2 | tr '\n' ' ' |
	    grep -qx './bootstrap demo ./bootstrap check '
}

readme=$srcdir/README.md
program=$srcdir/doc/examples/verify.c
sed 's/return ok;/return 1;/' "$program" >"$tap_tmp/other.c"
{ cat "$program" && echo '/* one more */'; } >"$tap_tmp/long.c"
echo 'see [this](doc/nowhere.md)' >"$tap_tmp/links.md"

plan 8
expect "the two commands come first" commands_first "$readme"
expect "the example is the program that is compiled" \
    nothing example_differs "$readme" "$program"
expect "finds a changed example" \
    finds 'return 1' example_differs "$readme" "$tap_tmp/other.c"
expect "it has 25 lines at most" nothing too_long "$program"
expect "finds one of 26" finds "26 lines" too_long "$tap_tmp/long.c"
expect "all files it points to exist" nothing broken_links "$readme" "$srcdir"
expect "finds a broken link" \
    finds nowhere broken_links "$tap_tmp/links.md" "$srcdir"
expect "finds commands that do not come first" \
    test -z "$(commands_first "$tap_tmp/links.md" && echo found)"

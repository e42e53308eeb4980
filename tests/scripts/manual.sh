#!/bin/sh
# The manual page and --help name the same subcommands and options; each
# public function has a place in the manual.
. "${srcdir-.}/tests/scripts/tap.sh"

program=
for candidate in ./dicomtls tools/dicomtls; do
	[ ! -x "$candidate" ] || program=$candidate
done
page=$srcdir/doc/man/dicomtls.1
functions_page=$srcdir/doc/man/dicomtls.3

# subcommands PAGE: what its section of that name lists.
subcommands() {
	awk '/^\.SH/ { inside = /SUBCOMMANDS/ } inside && /^\.B [a-z]/ { print $2 }' "$1"
}

# options: long options on standard input, once each.
options() {
	grep -oE -- '--[a-z][a-z0-9-]*' | sort -u
}

page_options() {
	sed 's/\\-/-/g' "$1" | options | grep -vx -e --help -e --cflags
}

help_options() {
	subcommands "$page" | while read -r subcommand; do
		"$program" "$subcommand" --help </dev/null
	done | options | grep -vx -e --help
}

# options_differ PAGE
options_differ() {
	page_options "$1" >"$tap_tmp/page"
	help_options >"$tap_tmp/help"
	diff "$tap_tmp/page" "$tap_tmp/help"
}

# unknown_subcommands PAGE: listed there, but not by --help.
unknown_subcommands() {
	"$program" --help </dev/null >"$tap_tmp/help"
	subcommands "$1" | while read -r subcommand; do
		grep -qw -- "$subcommand" "$tap_tmp/help" || echo "$subcommand"
	done
}

# undocumented HEADER PAGE: functions declared there, not named here.
undocumented() {
	grep -oE 'dicomtls_[a-z0-9_]+\(' "$1" | tr -d '(' | sort -u |
	    while read -r function; do
		grep -qw "$function" "$2" || echo "$function"
	    done
}

sed -e '/accept..anyway/d' "$page" >"$tap_tmp/page.1"
printf '.SH SUBCOMMANDS\n.TP\n.B dance\n' >"$tap_tmp/dance.1"
sed 's/dicomtls_code_find//' "$functions_page" >"$tap_tmp/page.3"

plan 6
expect "every public function is in the manual" \
    nothing undocumented "$srcdir/include/dicomtls.h" "$functions_page"
expect "finds a function that is not" finds dicomtls_code_find \
    undocumented "$srcdir/include/dicomtls.h" "$tap_tmp/page.3"
if [ -n "$program" ]; then
	expect "page and --help have the same options" \
	    nothing options_differ "$page"
	expect "finds an option the page lacks" \
	    finds --accept-anyway options_differ "$tap_tmp/page.1"
	expect "the subcommands of the page exist" \
	    nothing unknown_subcommands "$page"
	expect "finds a subcommand that does not" \
	    finds dance unknown_subcommands "$tap_tmp/dance.1"
else
	for name in options "missing options" subcommands \
	    "missing subcommands"; do
		skip "$name" "the command was not built"
	done
fi

#!/bin/sh
# The manual page and --help name the same subcommands, and each subcommand
# the same options in both; each public function has a place in the manual.
. "${srcdir-.}/tests/scripts/tap.sh"

program=
for candidate in ./dicomtls tools/dicomtls; do
	[ ! -x "$candidate" ] || program=$candidate
done
page=$srcdir/doc/man/dicomtls.1
functions_page=$srcdir/doc/man/dicomtls.3
readme=$srcdir/README.md
unit=$srcdir/doc/examples/dicomtls-listen.service

# subcommands PAGE: what its section of that name lists.
subcommands() {
	awk '/^\.SH/ { inside = /SUBCOMMANDS/ } inside && /^\.B [a-z]/ { print $2 }' "$1"
}

# options: long options on standard input, once each.
options() {
	grep -oE -- '--[a-z][a-z0-9-]*' | sort -u
}

# page_options PAGE SUBCOMMAND: the tags in those sections of OPTIONS whose
# title names the subcommand.
page_options() {
	sed 's/\\-/-/g; s/\\f[A-Z]//g' "$1" | awk -v subcommand="$2" '
	/^\.SH/ { options = /OPTIONS/; mine = 0 }
	/^\.SS/ { mine = options && $0 ~ "[ ,]" subcommand "([ ,]|$)" }
	tag && mine { print }
	{ tag = /^\.TP/ }' | options
}

help_options() {
	"$program" "$1" --help </dev/null | sed -nE 's/^  (--[a-z0-9-]+).*/\1/p' |
	    grep -vx -e --help | sort -u
}

# options_differ PAGE: for each subcommand what only one of the two has.
options_differ() {
	subcommands "$page" | while read -r subcommand; do
		page_options "$1" "$subcommand" >"$tap_tmp/page"
		help_options "$subcommand" >"$tap_tmp/help"
		diff "$tap_tmp/page" "$tap_tmp/help" | sed -nE \
		    -e "s/^< (.*)/$subcommand \1 is in the page only/p" \
		    -e "s/^> (.*)/$subcommand \1 is not in the page/p"
	done
}

# strange_options PAGE: options that stand anywhere in the page (an example,
# a sentence) and that no subcommand has, nor another program it speaks of.
strange_options() {
	subcommands "$page" | while read -r subcommand; do
		help_options "$subcommand"
	done >"$tap_tmp/known"
	sed 's/\\-/-/g; s/\\f[A-Z]//g' "$1" | options |
	    grep -vxF -e --help -e --cflags -e --libs -e --now \
		-f "$tap_tmp/known"
}

# strange_unit_options UNIT: options of the service that listen has not.
strange_unit_options() {
	help_options listen >"$tap_tmp/known"
	sed -n 's/^ExecStart=//p' "$1" | options | grep -vxF -f "$tap_tmp/known"
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

sed '/^\.B.*accept..anyway$/d' "$page" >"$tap_tmp/page.1"
sed 's/^\.SS echo, send and listen$/.SS echo and send/' "$page" >"$tap_tmp/one.1"
sed 's/^\.SS listen$/.SS echo and listen/' "$page" >"$tap_tmp/both.1"
sed 's/ca..file ca.pem/trust ca.pem/' "$page" >"$tap_tmp/example.1"
sed 's/--ca-file/--trust/' "$readme" >"$tap_tmp/readme"
sed 's/--bind/--address/' "$unit" >"$tap_tmp/unit"
printf '.SH SUBCOMMANDS\n.TP\n.B dance\n' >"$tap_tmp/dance.1"
sed 's/dicomtls_code_find//' "$functions_page" >"$tap_tmp/page.3"

plan 14
expect "every public function is in the manual" \
    nothing undocumented "$srcdir/include/dicomtls.h" "$functions_page"
expect "finds a function that is not" finds dicomtls_code_find \
    undocumented "$srcdir/include/dicomtls.h" "$tap_tmp/page.3"
if [ -n "$program" ]; then
	expect "each subcommand has the same options in page and --help" \
	    nothing options_differ "$page"
	expect "finds an option the page lacks" \
	    finds "listen --accept-anyway is not in the page" \
	    options_differ "$tap_tmp/page.1"
	expect "finds one listed under one of two subcommands" \
	    finds "listen --key-password-file is not in the page" \
	    options_differ "$tap_tmp/one.1"
	expect "finds one listed under a subcommand that has it not" \
	    finds "echo --once is in the page only" \
	    options_differ "$tap_tmp/both.1"
	expect "the page shows no option that does not exist" \
	    nothing strange_options "$page"
	expect "finds one in an example" \
	    finds --trust strange_options "$tap_tmp/example.1"
	expect "nor does the README" nothing strange_options "$readme"
	expect "finds one there" finds --trust strange_options "$tap_tmp/readme"
	expect "the subcommands of the page exist" \
	    nothing unknown_subcommands "$page"
	expect "finds a subcommand that does not" \
	    finds dance unknown_subcommands "$tap_tmp/dance.1"
	expect "the service is started with options of listen" \
	    nothing strange_unit_options "$unit"
	expect "finds one that is none" \
	    finds --address strange_unit_options "$tap_tmp/unit"
else
	for name in options "missing options" "half an option" \
	    "too much of an option" "strange options" "a strange option" \
	    "strange options in the README" "a strange option there" \
	    subcommands "missing subcommands" "service" "a service"; do
		skip "$name" "the command was not built"
	done
fi

#!/bin/sh
# Each promise of doc/SECURITY.md names what shows it, each of these exists,
# and make check or make check-deep runs it.
. "${srcdir-.}/tests/scripts/tap.sh"

page=$srcdir/doc/SECURITY.md

# promises PAGE: the rows of the table under "What is promised".
promises() {
	awk '/^## / { inside = /What is promised/ }
	inside && /^\|/ && !/^\| promise \|/ && !/^\|---/' "$1"
}

# shown PAGE: what the last column of each row names, as "make TARGET" or a
# path below tests/, without options.
shown() {
	promises "$1" | awk -F ' [|] ' '{ print $NF }' |
	    grep -oE '`(make |tests/)[^`]*`' | tr -d '`' |
	    awk '/^make / { print $1, $2; next } { print $1 }' | sort -u
}

# without_test PAGE: promises that name nothing to run.
without_test() {
	promises "$1" | while read -r row; do
		printf '%s\n' "$row" | awk -F ' [|] ' '{ print $NF }' |
		    grep -qE '`(make |tests/)' || printf '%s\n' "$row"
	done
}

# joined: every local.mk with its continued lines in one.
joined() {
	find "$srcdir" -name local.mk -not -path '*/deep/*/*' \
	    -exec sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' {} +
}

# run_directly: the words of lists of tests, and of recipes.
run_directly() {
	grep -E '^(	|([A-Z]+_)?TESTS *\+?=)' "$tap_tmp/joined" |
	    grep -oE '[A-Za-z0-9_./-]+' | sort -u
}

# run_by_scripts: what the scripts among these speak of, but for this one.
run_by_scripts() {
	run_directly | grep -oE 'tests/[a-z_]+/[a-z_-]+\.sh' | sort -u |
	    grep -vxF tests/scripts/security.sh |
	    while read -r script; do
		[ ! -f "$srcdir/$script" ] || grep -v '^ *#' "$srcdir/$script"
	done | grep -oE '[A-Za-z0-9_/-]*[a-z0-9_-]+' | sort -u
}

# is_run PATH: it stands in a list or recipe, or a script that does runs it.
is_run() {
	grep -qxF -e "$1" "$tap_tmp/direct" ||
	    grep -qxF -e "$1" -e "$(basename "$1")" "$tap_tmp/scripts"
}

# wrong PAGE [LIST]: what it names that is not there or is not run; LIST are
# the parts of make check-deep.
wrong() {
	shown "$1" | while read -r name target; do
		if [ "$name" = make ]; then
			grep -qE "^$target:" "$tap_tmp/joined" ||
			    echo "make $target is not there"
			grep -q "^$target|" "${2-$srcdir/tests/deep/deep.list}" ||
			    echo "make $target is not run"
			continue
		fi
		[ -e "$srcdir/$name" ] || [ -e "$srcdir/$name.c" ] ||
		    echo "$name is not there"
		is_run "$name" || echo "$name is not run"
	done
}

joined >"$tap_tmp/joined"
run_directly >"$tap_tmp/direct"
run_by_scripts >"$tap_tmp/scripts"
sed 's,tests/unit/test_inbox,tests/unit/test_outbox_of_peers,' "$page" \
    >"$tap_tmp/absent"
sed 's,tests/unit/test_inbox,tests/unit/scripted_tls,' "$page" >"$tap_tmp/idle"
sed 's,make fuzz`,make fuzzy`,' "$page" >"$tap_tmp/target"
grep -v '^check-flips|' "$srcdir/tests/deep/deep.list" >"$tap_tmp/list"
sed 's,`tests/scripts/symbols.sh`,review,' "$page" >"$tap_tmp/review"

plan 8
expect "there are promises" [ "$(promises "$page" | wc -l)" -ge 10 ]
expect "each names a test" nothing without_test "$page"
expect "finds one that names none" finds "Only the public names" \
    without_test "$tap_tmp/review"
expect "each test is there and is run" nothing wrong "$page"
expect "finds a test that is not there" \
    finds "tests/unit/test_outbox_of_peers is not there" wrong "$tap_tmp/absent"
expect "finds one that nothing runs" \
    finds "tests/unit/scripted_tls is not run" wrong "$tap_tmp/idle"
expect "finds a target that is not there" \
    finds "make fuzzy is not there" wrong "$tap_tmp/target"
expect "finds one that check-deep leaves out" \
    finds "make check-flips is not run" wrong "$page" "$tap_tmp/list"

#!/bin/sh
# Functions of at most 70 lines, files of at most 600. The public headers are
# exempt (they are lists), and so are tables: they open with a brace at the
# end of a line, function bodies with one at its start.
. "${srcdir-.}/tests/scripts/tap.sh"

# long_functions ROOT
long_functions() {
	# shellcheck disable=SC2046 # file names without blanks
	(cd "$1" && awk '
	FNR == 1 { start = 0 }
	/^{/ { start = FNR; name = previous }
	/^}/ && start {
		lines = FNR - start + 1
		if (lines > 70)
			print FILENAME ":" start ": " lines " lines: " name
		start = 0
	}
	!start { previous = $0 }
	' $(c_files . lib compat tools tests) /dev/null)
}

# long_files ROOT
long_files() {
	# shellcheck disable=SC2046
	(cd "$1" && wc -l $(c_files . lib compat tools tests) /dev/null |
	    awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines" }')
}

# lines N TEXT
lines() {
	awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) print text }'
}

mkdir "$tap_tmp/lib"
{
	echo 'static const int table[] = {'
	lines 100 '	1,'
	printf '%s\n' '};' 'int' 'fits(void)' '{'
	lines 68 '	work();'
	printf '%s\n' '}' 'int' 'exceeds(void)' '{'
	lines 69 '	work();'
	echo '}'
} >"$tap_tmp/lib/functions.c"
lines 600 '/* */' >"$tap_tmp/lib/fits.c"
lines 601 '/* */' >"$tap_tmp/lib/exceeds.c"

plan 6
expect "no function over 70 lines" nothing long_functions "$srcdir"
expect "no file over 600 lines" nothing long_files "$srcdir"
expect "finds a function of 71" finds 'exceeds(void)' long_functions "$tap_tmp"
expect "finds a file of 601" finds lib/exceeds.c long_files "$tap_tmp"
sed -i '/^exceeds/,$d' "$tap_tmp/lib/functions.c"
rm "$tap_tmp/lib/exceeds.c"
expect "accepts a function of 70 and a table" nothing long_functions "$tap_tmp"
expect "accepts a file of 600" nothing long_files "$tap_tmp"

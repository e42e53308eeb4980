#!/bin/sh
# doc/contract.md and include/ltdic.h agree: each function, structure and
# callback of the header has a row, what a row says is there is declared, and
# what it says is not there is not.
. "${srcdir-.}/tests/scripts/tap.sh"

page=$srcdir/doc/contract.md
header=$srcdir/include/ltdic.h

# rows PAGE: lines "state name", a line for each name in a first cell.
rows() {
	awk -F' *[|] *' '
	$3 == "yes" || $3 == "part" || $3 == "no" {
		count = split($2, names, /, */)
		for (i = 1; i <= count; i++)
			if (gsub(/`/, "", names[i]))
				print $3, names[i]
	}' "$1"
}

# declared HEADER: functions, structures and callback types.
declared() {
	sed -nE \
	    -e 's/.*[ *](L_Dicom[A-Za-z0-9]+)\(.*/\1/p' \
	    -e 's/^\} ([A-Z_]+), \*p[A-Z_]+;$/\1/p' \
	    -e 's/.*\(pEXT_CALLBACK ([A-Z]+)\).*/\1/p' "$1" | sort -u
}

# rowless PAGE HEADER: declared, and no row has it.
rowless() {
	rows "$1" | cut -d' ' -f2 | sort -u >"$tap_tmp/named"
	declared "$2" | comm -23 - "$tap_tmp/named"
}

# A name that ends in * stands for all that begin so.
is_in_header() {
	case $1 in
	*'*') grep -qE "\\<${1%?}[A-Za-z0-9_]+" "$2" ;;
	*) sed 's/^.*#define L_DicomSetCallbackExt .*//' "$2" | grep -qw "$1" ;;
	esac
}

# absent PAGE HEADER: said to be there.
absent() {
	rows "$1" | while read -r state name; do
		[ "$state" = no ] || is_in_header "$name" "$2" || echo "$name"
	done
}

# present PAGE HEADER: said not to be there.
present() {
	rows "$1" | while read -r state name; do
		[ "$state" != no ] || ! is_in_header "$name" "$2" ||
		    echo "$name"
	done
}

grep -v L_DicomBreathe "$page" >"$tap_tmp/short.md"
grep -v CLOSECALLBACK "$page" >"$tap_tmp/callbackless.md"
printf '| `%s` | %s | |\n' L_DicomDance yes L_DicomClose no >"$tap_tmp/wrong.md"

plan 7
expect "every function, structure and callback has a row" \
    nothing rowless "$page" "$header"
expect "finds a function without" \
    finds L_DicomBreathe rowless "$tap_tmp/short.md" "$header"
expect "finds a callback without" \
    finds CLOSECALLBACK rowless "$tap_tmp/callbackless.md" "$header"
expect "what is said to be there is declared" \
    nothing absent "$page" "$header"
expect "finds what is not" finds L_DicomDance absent "$tap_tmp/wrong.md" "$header"
expect "what is said not to be there is not declared" \
    nothing present "$page" "$header"
expect "finds what is" finds L_DicomClose present "$tap_tmp/wrong.md" "$header"

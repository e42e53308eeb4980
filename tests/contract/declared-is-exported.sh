#!/bin/sh
# What the public headers declare is in the shared library, and what it exports
# is declared: a program that compiles links too.
. "${srcdir-.}/tests/scripts/tap.sh"

library=.libs/libdicomtls.so

# The six-parameter setter is declared by a macro of ltdic.h.
declared() {
	grep -hoE '\<(L_Dicom|dicomtls_)[A-Za-z0-9_]+\(' "$@" | tr -d '('
	echo L_DicomSetCallbackExtUserData
}

# difference LIST LIST: lines of one that the other has not.
difference() {
	sort -u "$1" >"$tap_tmp/left"
	sort -u "$2" | comm -3 "$tap_tmp/left" -
}

plan 2
printf '%s\n' L_DicomConnect L_DicomListen >"$tap_tmp/two"
echo L_DicomConnect >"$tap_tmp/one"
expect "finds a function that is missing" finds L_DicomListen \
    difference "$tap_tmp/two" "$tap_tmp/one"
if [ -e "$library" ]; then
	declared "$srcdir/include/ltdic.h" "$srcdir/include/dicomtls.h" \
	    >"$tap_tmp/declared"
	nm -D --defined-only "$library" |
	    awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' \
	    >"$tap_tmp/exported"
	expect "headers and library name the same functions" nothing \
	    difference "$tap_tmp/declared" "$tap_tmp/exported"
else
	skip "headers and library name the same functions" \
	    "no shared library was built"
fi

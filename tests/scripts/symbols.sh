#!/bin/sh
# The shared library exports the contract (L_Dicom...) and the public
# functions (dicomtls_...), nothing else.
. "${srcdir-.}/tests/scripts/tap.sh"

library=.libs/libdicomtls.so

exported() {
	nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }'
}

# foreign: names on standard input that are not ours to export.
foreign() {
	grep -Ev '^(dicomtls_|L_Dicom)'
}

foreign_in() {
	exported "$1" | foreign
}

foreign_among() {
	printf '%s\n' "$@" | foreign
}

# unversioned FILE: exported names that carry no version of ours.
unversioned() {
	nm -D --defined-only --with-symbol-versions "$1" |
	    awk '$2 != "A" && $3 !~ /@@DICOMTLS_/ { print $3 }'
}

plan 5
expect "finds an internal name" finds dt_der_next \
    foreign_among dicomtls_verify dt_der_next L_DicomStartUp
expect "accepts public names" nothing \
    foreign_among dicomtls_verify L_DicomStartUp
if [ -e "$library" ]; then
	expect "public functions are exported" finds dicomtls_ \
	    exported "$library"
	expect "no other name is exported" nothing foreign_in "$library"
	expect "every name carries a version" nothing unversioned "$library"
else
	skip "public functions are exported" "no shared library was built"
	skip "no other name is exported" "no shared library was built"
	skip "every name carries a version" "no shared library was built"
fi

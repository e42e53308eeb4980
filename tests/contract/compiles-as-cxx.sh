#!/bin/sh
# ltdic.h is a C++ header too, with either form of VERIFY.
compiler=${CXX:-g++}
echo 1..2
if ! command -v "$compiler" >/dev/null 2>&1; then
	echo "ok 1 # SKIP no C++ compiler"
	echo "ok 2 # SKIP no C++ compiler"
	exit 0
fi

check() {
	number=$1
	shift
	if printf '%s\n' '#include "ltdic.h"' \
	    'static L_VOID EXT_CALLBACK on_connect(HDICOMNET, L_INT, L_VOID *) {}' \
	    'DICOMNETCALLBACK table = { on_connect };' |
	    "$compiler" -x c++ -std=c++11 -Wall -Wextra -Werror "$@" \
	    -Wno-missing-field-initializers -I"$srcdir/include" \
	    -fsyntax-only -; then
		echo "ok $number - ltdic.h in C++ $*"
	else
		echo "not ok $number - ltdic.h in C++ $*"
	fi
}

check 1
check 2 -DL_DICOM_VERIFY_USERDATA

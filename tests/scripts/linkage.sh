#!/bin/sh
# Neither library nor command needs OpenSSL, directly or through what they
# need.
. "${srcdir-.}/tests/scripts/tap.sh"

# openssl_of FILE: the OpenSSL libraries that the dynamic linker would load.
openssl_of() {
	LD_LIBRARY_PATH=.libs ldd "$1" | grep -E 'lib(ssl|crypto)\.so'
}

# needs_none NAME FILE...: for the first file that is there.
needs_none() {
	name=$1
	shift
	for file; do
		if [ -e "$file" ]; then
			expect "$name needs no OpenSSL" nothing openssl_of "$file"
			return
		fi
	done
	skip "$name needs no OpenSSL" "it was not built"
}

plan 3
needs_none library .libs/libdicomtls.so
needs_none command tools/.libs/dicomtls .libs/dicomtls tools/dicomtls dicomtls
if openssl=$(command -v openssl); then
	expect "finds OpenSSL in a program that needs it" \
	    finds libcrypto openssl_of "$openssl"
else
	skip "finds OpenSSL in a program that needs it" "no such program here"
fi

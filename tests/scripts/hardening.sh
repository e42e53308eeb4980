#!/bin/sh
# What is built is protected as configure promised: stack protector, checked
# string functions, RELRO with all symbols bound at start, no executable stack;
# the command is position independent.
. "${srcdir-.}/tests/scripts/tap.sh"

# unprotected FILE: each protection that the file lacks.
unprotected() {
	readelf -W -l -d "$1" >"$tap_tmp/elf"
	readelf -W --dyn-syms "$1" >"$tap_tmp/names"
	grep -q GNU_RELRO "$tap_tmp/elf" || echo "no RELRO"
	grep -Eq '\((BIND_NOW|FLAGS(_1)?)\).*(BIND_NOW|NOW)|\(BIND_NOW\)' \
	    "$tap_tmp/elf" || echo "symbols are bound late"
	grep -Eq 'GNU_STACK.* RW ' "$tap_tmp/elf" || echo "executable stack"
	grep -q TEXTREL "$tap_tmp/elf" && echo "text relocations"
	grep -q __stack_chk_fail "$tap_tmp/names" || echo "no stack protector"
	grep -Eq '__(mem|str|v?s?n?printf|v?fprintf|read)[a-z]*_chk' \
	    "$tap_tmp/names" || echo "no checked functions"
	grep -Eq '^Elf file type is DYN' "$tap_tmp/elf" ||
	    echo "not position independent"
}

# protected NAME FILE...: for the first file that is there.
protected() {
	name=$1
	shift
	for file; do
		[ -e "$file" ] || continue
		expect "$name is protected" nothing unprotected "$file"
		return
	done
	skip "$name is protected" "it was not built"
}

if ! grep -q '^S\["HARDEN_CFLAGS"\]=".*FORTIFY' config.status; then
	echo "1..0 # SKIP built without hardening"
	exit
fi
plan 4
protected library .libs/libdicomtls.so
protected command .libs/dicomtls dicomtls
printf 'int main(void) { return 0; }\n' >"$tap_tmp/plain.c"
# shellcheck disable=SC2086 # a compiler and its options
if ${CC-cc} -O0 -fno-stack-protector -no-pie -Wl,-z,norelro,-z,lazy \
    -z execstack -o "$tap_tmp/plain" "$tap_tmp/plain.c" 2>/dev/null; then
	expect "finds what a plain program lacks" finds "no stack protector" \
	    unprotected "$tap_tmp/plain"
	expect "finds a program without RELRO" finds "no RELRO" \
	    unprotected "$tap_tmp/plain"
else
	skip "finds what a plain program lacks" "no such build here"
	skip "finds a program without RELRO" "no such build here"
fi

#!/bin/sh
# Two builds of the same sources, in folders of different names and depths,
# install the same octets.
#
# usage: reproducible.sh FOLDER
#
# FOLDER/source holds the sources. Ends with the line "N passed, N failed".
set -u
work=$1
passed=0
failed=0

# build NAME: configures, builds and installs NAME/source below NAME/root.
build() {
	rm -rf "${work:?}/${1%%/*}"
	mkdir -p "$work/$1"
	cp -R "$work/source" "$work/$1/source"
	mkdir "$work/$1/build"
	(
		cd "$work/$1/build" &&
		    ../source/configure --prefix=/usr &&
		    make -j "$(nproc 2>/dev/null || echo 2)" &&
		    make install DESTDIR="$work/$1/root"
	) >"$work/build.log" 2>&1 || {
		tail -n 30 "$work/build.log"
		return 1
	}
}

# differing ONE TWO: what is not the same in both trees.
differing() {
	diff -rq --no-dereference "$1" "$2"
}

count() {
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		printf 'passed: %s\n' "$1"
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n' "$1"
	fi
}

if build one && build two/further/down; then
	differing "$work/one/root" "$work/two/further/down/root"
	count "two builds install the same octets" $?
	# The comparison has to see one octet in the library.
	library=$work/one/root/usr/lib/libdicomtls.so.0.0.0
	printf 'x' | dd of="$library" bs=1 seek=4096 conv=notrunc 2>/dev/null
	differing "$work/one/root" "$work/two/further/down/root" >/dev/null
	[ $? -eq 1 ]
	count "one other octet is seen" $?
else
	count "builds" 1
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]

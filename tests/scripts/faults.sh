#!/bin/sh
# Each fault that make check-memory plants still applies to the sources, and
# each program it judges has to find one with each of its tools.
. "${srcdir-.}/tests/scripts/tap.sh"

# What tests/memory/faults.sh says, as lines: of a fault whose edit changes
# nothing, "stale NAME"; of each expectation, "finds TOOL PROGRAM".
plant() {
	sed "$3" "$srcdir/$2" | cmp -s - "$srcdir/$2" && echo "stale $1"
}

finds_fault() {
	echo "finds $1 $2"
}

# read_list FILE
read_list() {
	sed 's/^finds /finds_fault /' "$1" >"$tap_tmp/list"
	. "$tap_tmp/list"
}

stale() {
	read_list "$1" | grep '^stale '
}

# unproved FILE: tools and programs that no fault is planted for.
unproved() {
	read_list "$1" >"$tap_tmp/found"
	for pair in 'asan replay' 'asan opinion' 'asan matrix' 'asan demo' \
	    'asan link' 'asan secure' 'valgrind replay' \
	    'valgrind opinion' 'valgrind matrix' 'valgrind demo' \
	    'valgrind link' 'valgrind secure' 'tsan link' 'tsan secure' \
	    'asan store' 'valgrind store' 'tsan store' \
	    'asan reload' 'asan resume' 'valgrind reload' \
	    'valgrind resume' 'tsan reload' 'tsan breathe' \
	    'asan files' 'valgrind files' 'tsan files' \
	    'asan swap' 'valgrind swap' 'tsan swap' \
	    'integer replay' 'integer opinion' 'integer matrix' \
	    'integer demo' 'integer files' 'integer swap' 'integer link' \
	    'integer secure' 'integer store' 'integer reload'; do
		grep -qxF "finds $pair" "$tap_tmp/found" || echo "$pair"
	done
}

faults=$srcdir/tests/memory/faults.sh
echo 'plant "nothing" lib/base/array.c "s/no such line//"' >"$tap_tmp/stale.sh"
sed '/^finds tsan secure/d' "$faults" >"$tap_tmp/unproved.sh"

plan 4
expect "every planted fault applies" nothing stale "$faults"
expect "every tool finds one in every program" nothing unproved "$faults"
expect "finds a fault that no longer applies" \
    finds 'stale nothing' stale "$tap_tmp/stale.sh"
expect "finds a program for which none is planted" \
    finds 'tsan secure' unproved "$tap_tmp/unproved.sh"

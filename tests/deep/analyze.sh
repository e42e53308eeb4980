#!/bin/sh
# What gcc -fanalyzer, clang-tidy and cppcheck find in lib, compat, tools and
# tests: nothing but what analyze.list accepts, each with its reason.
#
# usage: analyze.sh FOLDER FLAGS...
#
# FOLDER/source holds the sources, FOLDER/.. config.h; FLAGS are what the
# headers of other libraries need. clang-tidy's checks stand in .clang-tidy and
# tests/.clang-tidy; tests are left out without the headers of Criterion and
# OpenSSL. Each tool is also shown a fault that it has to report; one that is
# not installed is left out. Other versions may find other things than gcc 12,
# clang-tidy 14 and cppcheck 2.10. Ends with the line "N passed, N failed".
set -u
work=$1
shift
cd "$work/source" || exit 1
list=tests/deep/analyze.list
shipped=$(ls lib/*/*.c compat/*.c tools/*.c)
tests=
where="lib, compat and tools"
jobs=$(nproc 2>/dev/null || echo 2)
passed=0
failed=0

count() {
	if [ "$2" -eq 0 ]; then
		passed=$((passed + 1))
		printf 'passed: %s\n' "$1"
	else
		failed=$((failed + 1))
		printf 'FAILED: %s\n' "$1"
	fi
}

# each FILES COMMAND...: runs COMMAND on each of the files, some at a time, and
# prints what it says; fails if one of them does.
each() {
	each_files=$1
	shift
	rm -rf "$work/said"
	mkdir "$work/said"
	# shellcheck disable=SC2016,SC2086 # for the inner shell; a list
	printf '%s\n' $each_files | xargs -P "$jobs" -n 1 \
	    sh -c 'out=$1/$$; shift; "$@" >"$out" 2>&1' sh "$work/said" "$@"
	each_status=$?
	cat "$work/said"/*
	return "$each_status"
}

# Of findings FILE:LINE:COLUMN: KIND: TEXT [CHECK,...] those that the list
# does not accept.
not_listed() {
	awk -F: -v root="$PWD/" '
	function is_accepted(file, check) {
		for (i = 1; i <= count; i++)
			if (checks[i] == check &&
			    substr(file, 1, length(starts[i])) == starts[i])
				return 1
		return 0
	}
	NR == FNR {
		if (!/^#/ && NF == 2) {
			checks[++count] = $1
			starts[count] = $2
			sub(/\*$/, "", starts[count])
		}
		next
	}
	/: ([a-z]+ )?(warning|error): / {
		if (index($0, root) == 1)
			$0 = substr($0, length(root) + 1)
		names = $0
		sub(/.*\[(-W)?/, "", names)
		sub(/\].*/, "", names)
		total = split(names, name, ",")
		for (n = 1; n <= total; n++)
			if (is_accepted($1, name[n]))
				next
		if (!seen[$0]++)
			print
	}' "$list" - || echo "awk failed"
}

# Each of these prints what it finds in the files, or that it could not look.
gcc_finds() {
	each "$1" gcc @compile_flags.txt -fanalyzer -O1 -S -o /dev/null \
	    >"$work/raw" || echo "gcc failed"
	not_listed <"$work/raw"
}

clang_tidy_finds() {
	each "$1" clang-tidy --quiet >"$work/raw" || echo "clang-tidy failed"
	not_listed <"$work/raw"
}

# Not of style in tests. Criterion's macros are no C to cppcheck.
cppcheck_finds() {
	case $1 in
	tests/*) severities=warning,performance,portability ;;
	*) severities=warning,performance,portability,style ;;
	esac
	# shellcheck disable=SC2046,SC2086 # lists
	cppcheck -q --enable=$severities --std=c11 -j "$jobs" \
	    --suppressions-list="$list" --error-exitcode=1 \
	    $(grep '^-I' compile_flags.txt) -D_GNU_SOURCE '-DTestSuite(...)=' \
	    '-DTest(suite, name, ...)=void suite##_##name(void)' $1 2>&1
}

# judge TOOL RULE FAULT CHECK LINES: RULE finds nothing in the sources, and by
# CHECK the FAULT in a function of these lines.
judge() {
	found=$(
		$2 "$shipped"
		[ -z "$tests" ] || $2 "$tests"
	)
	[ -z "$found" ] || printf '%s\n' "$found"
	[ -z "$found" ]
	count "$1 finds nothing in $where" $?
	for folder in lib/base tests; do
		printf '#include <stdlib.h>\n\nint\nplanted(void)\n{\n%s\n}\n' \
		    "$5" >$folder/planted.c
		$2 $folder/planted.c | grep -qF "[$4]"
		count "$1 finds $3 in $folder" $?
		rm -f $folder/planted.c
	done
}

printf '%s\n' -D_GNU_SOURCE -Iinclude -Ilib -I. -I../.. -Itests \
    -Itests/backend -Itests/conformance -Itests/contract "$@" \
    >compile_flags.txt

if printf '#include <%s>\n' criterion/criterion.h openssl/ssl.h |
    gcc @compile_flags.txt -x c -E -o /dev/null - 2>/dev/null; then
	tests=$(find tests -name '*.c' | sort)
	where="lib, compat, tools and tests"
else
	echo "left out: tests, for want of Criterion or OpenSSL"
fi

if echo 'int i;' | gcc -fanalyzer -x c -S -o /dev/null - 2>/dev/null; then
	judge "gcc -fanalyzer" gcc_finds "a leak" -Wanalyzer-malloc-leak '
	int *p = malloc(sizeof(*p));

	if (p != NULL)
		*p = 1;
	return 0;'
else
	echo "left out: no gcc with -fanalyzer"
fi
if command -v clang-tidy >/dev/null; then
	judge clang-tidy clang_tidy_finds "a use of freed memory" \
	    clang-analyzer-unix.Malloc '
	int *p = calloc(1, sizeof(*p));

	free(p);
	return p == NULL ? 0 : *p;'
else
	echo "left out: clang-tidy is not installed"
fi
if command -v cppcheck >/dev/null; then
	judge cppcheck cppcheck_finds "a value that was never set" uninitvar '
	int value;

	return value;'
else
	echo "left out: cppcheck is not installed"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]

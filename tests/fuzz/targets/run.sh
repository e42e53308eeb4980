#!/bin/sh
# Fuzzes each target for some time, from what is kept, what was learnt and from
# seeds, as many at once as there are processors. Tells of each how many
# executions there were, the edges they reached and, replayed in a build that
# counts lines, how much that is of the files that the target is about. Before
# that, faults of all kinds are planted, and have to be found.
#
# usage: run.sh FOLDER SECONDS [TARGET...]
#        run.sh --plant FOLDER         the planted faults only
#        run.sh --one FOLDER SECONDS TARGET
#
# FOLDER/source holds the sources. What is found lies in FOLDER/found, what
# was learnt in FOLDER/learnt, for the next run to start from. Ends with the
# line "N passed, N failed".
set -u
mode=all
case $1 in
--*)
	mode=${1#--}
	shift
	;;
esac
work=$1
source=$work/source
build=$work/fuzzing
programs=$build/tests/fuzz/targets
counting=$work/counting/tests/fuzz/targets
jobs=$(nproc 2>/dev/null || echo 2)
GNUTLS_SYSTEM_PRIORITY_FILE=/dev/null
ASAN_OPTIONS=detect_leaks=1
UBSAN_OPTIONS=print_stacktrace=1
export GNUTLS_SYSTEM_PRIORITY_FILE ASAN_OPTIONS UBSAN_OPTIONS
unset MAKEFLAGS MAKELEVEL LSAN_OPTIONS || :

# What a certificate is read by.
certificate='authority_key_id|cert|curve.*|distribution_point|extension|field'
certificate="$certificate|general_name|key|level|name|policy|pss|resources"
certificate="$certificate|shape|signature|strength|subtree|text|time"

# The command without what it does on a network.
command='advice|codes|crl_print|echo|endpoint|input|json|judging|listen|main'
command="$command|options|outbox|report|scu_options|send|show"
command="$command|store_contexts|store_report|verify"

# The files that a target is about, as a regular expression.
about() {
	case $1 in
	arguments) echo "tools/($command)\\.c" ;;
	association) echo 'lib/dicom/' ;;
	case_file) echo 'tests/conformance/case\.c|lib/verify/' ;;
	certificate) echo "lib/x509/($certificate)\\.c|compat/c" ;;
	command_set) echo 'lib/dicom/dimse' ;;
	crl) echo 'lib/x509/crl|lib/verify/(crl_select|check_revocation)' ;;
	part10) echo 'lib/dicom/part10' ;;
	pdu) echo 'lib/dicom/(pdu|user_information|presentation)' ;;
	pem) echo 'lib/x509/pem|lib/base/base64' ;;
	print) echo 'compat/.*_print|lib/x509/(name|time|text)\.c' ;;
	tls) echo 'lib/tls/' ;;
	esac
}

# lines TARGET: percent of lines that what was learnt reaches; nothing where
# the tools for that are absent.
lines() {
	profile=$work/profile-$1
	LLVM_PROFILE_FILE=$profile.raw "$counting/$1" -runs=0 \
	    -max_len=16384 -close_fd_mask=3 -rss_limit_mb=2500 \
	    -artifact_prefix="$work/tmp/" \
	    "$work/learnt/$1" "$source/tests/fuzz/corpus/$1" \
	    "$work/seeds/$1" >"$profile.log" 2>&1 || return 0
	$(clang -print-prog-name=llvm-profdata) merge -sparse \
	    -o "$profile.data" "$profile.raw" >"$profile.log" 2>&1 || return 0
	$(clang -print-prog-name=llvm-cov) report "$counting/$1" \
	    -instr-profile="$profile.data" >"$profile.txt" 2>/dev/null ||
	    return 0
	awk -v about="$(about "$1")" '
	    $1 ~ /\.c$/ && $1 ~ about { all += $8; missed += $9 }
	    END { if (all > 0)
		printf ", %5.1f %% of lines", 100 * (all - missed) / all }' \
	    "$profile.txt"
}

# say TARGET: executions and edges reached.
say() {
	awk -v name="$1" '
	    /^stat::number_of_executed_units/ { runs = $2 }
	    / cov: / { for (i = 1; i < NF; i++)
		if ($i == "cov:") edges = $(i + 1) }
	    END { printf "%-12s %10d executions, %5d edges", name, runs, edges }' \
	    "$work/fuzz-$1.log"
}

# one TARGET: its line, and what was found.
one() {
	log=$work/fuzz-$1.log
	closed=1
	# The command says a lot on standard error too; sanitizers are heard.
	[ "$1" != arguments ] || closed=3
	TMPDIR=$work/tmp/$1
	export TMPDIR
	mkdir -p "$work/learnt/$1" "$work/seeds/$1" "$work/found" "$TMPDIR"
	set -- "$1" "$work/learnt/$1" "$source/tests/fuzz/corpus/$1" \
	    "$work/seeds/$1"
	words=$source/tests/fuzz/targets/$1.dict
	[ ! -f "$words" ] || set -- "$@" "-dict=$words"
	target=$1
	shift
	"$programs/$target" -max_total_time="$seconds" -print_final_stats=1 \
	    -timeout=25 -rss_limit_mb=2500 -max_len=16384 \
	    -close_fd_mask="$closed" \
	    -artifact_prefix="$work/found/$target-" "$@" >"$log" 2>&1
	status=$?
	echo "$status" >"$work/fuzz-$target.status"
	if [ "$status" -eq 0 ]; then
		echo "$(say "$target")$(lines "$target"), nothing found"
		rm -rf "$TMPDIR"
		return
	fi
	rm -rf "$TMPDIR"
	echo "$(say "$target"), FOUND:"
	grep -aE 'ERROR|SUMMARY|does not hold|runtime error|Test unit' "$log" |
	    head -n 8 | sed 's/^/    /'
}

# planted: each kind of fault is found, and reported as what it is.
planted() {
	mkdir -p "$work/tmp"
	for plant in address:AddressSanitizer:.*overflow \
	    leak:LeakSanitizer undefined:'signed integer overflow' \
	    hang:'libFuzzer: timeout' require:'does not hold'; do
		log=$work/planted-${plant%%:*}.log
		printf fuzy >"$work/tmp/start"
		PLANT=${plant%%:*} "$programs/planted" -runs=3000000 -timeout=2 \
		    -artifact_prefix="$work/tmp/" -seed=1 -max_len=16 \
		    -seed_inputs="$work/tmp/start" >"$log" 2>&1
		if [ $? -ne 0 ] && grep -q "${plant#*:}" "$log"; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
			echo "planted and NOT found: ${plant%%:*}"
			tail -n 10 "$log" | sed 's/^/    /'
		fi
	done
	rm -rf "$work/tmp"
	echo "planted faults found: $passed of $((passed + failed))"
}

# Two trees of one configuration: sanitizers and libFuzzer in one, counted
# lines in the other.
build() {
	mkdir -p "$build" && cd "$build" &&
	    { [ -f config.status ] ||
		../source/configure CC=clang CFLAGS='-O1 -g' \
		    --disable-shared --enable-fuzzing; } &&
	    { [ -d ../counting ] ||
		{ cp -a . ../counting && make -C ../counting clean; }; } &&
	    make -j "$jobs" fuzz-programs &&
	    cd ../counting &&
	    make -j "$jobs" SANITIZE= fuzz-programs \
		CFLAGS='-O1 -fprofile-instr-generate -fcoverage-mapping'
}

# watch: where somebody looks, how far it is.
watch() {
	[ -t 2 ] || return 0
	while sleep 5; do
		done=$(ls "$work"/fuzz-*.status 2>/dev/null | wc -l)
		printf '\r%d of %d targets done, %d s ' "$done" "$1" \
		    $(($(date +%s) - begun)) >&2
	done
}

if [ "$mode" = one ]; then
	seconds=$2
	one "$3"
	exit 0
fi

passed=0
failed=0
begun=$(date +%s)
(build) >"$work/fuzzing.log" 2>&1 || {
	tail -n 30 "$work/fuzzing.log"
	echo "0 passed, 1 failed"
	exit 1
}
planted
if [ "$mode" = all ]; then
	seconds=$2
	shift 2
	"$programs/seeds" "$work/seeds" \
	    "$source"/tests/conformance/cases/*.cases || exit 1
	# shellcheck disable=SC2046 # a list of names
	[ $# -gt 0 ] || set -- $(cd "$source/tests/fuzz/corpus" && ls)
	rm -f "$work"/fuzz-*.status
	watch $# &
	watcher=$!
	printf '%s\n' "$@" |
	    xargs -P "$jobs" -n 1 sh "$0" --one "$work" "$seconds"
	kill "$watcher" 2>/dev/null
	for name; do
		if [ "$(cat "$work/fuzz-$name.status")" = 0 ]; then
			passed=$((passed + 1))
		else
			failed=$((failed + 1))
		fi
	done
	printf '%d s\n' $(($(date +%s) - begun))
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

# Rules that a script can check: each prints TAP and finds a planted violation.
SCRIPT_TESTS = \
	tests/scripts/codes.sh \
	tests/scripts/failure_table.sh \
	tests/scripts/faults.sh \
	tests/scripts/hardening.sh \
	tests/scripts/contract.sh \
	tests/scripts/layering.sh \
	tests/scripts/lengths.sh \
	tests/scripts/linkage.sh \
	tests/scripts/manual.sh \
	tests/scripts/readme.sh \
	tests/scripts/security.sh \
	tests/scripts/symbols.sh
TESTS += $(SCRIPT_TESTS)
EXTRA_DIST += $(SCRIPT_TESTS) tests/scripts/tap.sh

# The form of every C file, as .clang-format (version 14) says.
C_FILES = cd $(srcdir) && find include lib compat tools tests doc \
	-name '*.[ch]' -type f -print0
lint:
	$(C_FILES) | xargs -0 clang-format --dry-run -Werror
format:
	$(C_FILES) | xargs -0 clang-format -i
.PHONY: lint format

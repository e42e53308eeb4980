# Tests of the command.
TOOL_TESTS = \
	tests/tools/crl.sh \
	tests/tools/demo.sh \
	tests/tools/echo.sh \
	tests/tools/failures.sh \
	tests/tools/judging.sh \
	tests/tools/profile.sh \
	tests/tools/reload.sh \
	tests/tools/resume.sh \
	tests/tools/secrets.sh \
	tests/tools/show.sh \
	tests/tools/store.sh \
	tests/tools/verify.sh
TESTS += $(TOOL_TESTS)
EXTRA_DIST += $(TOOL_TESTS) tests/tools/common.sh

check_PROGRAMS += tests/tools/mint_files
tests_tools_mint_files_SOURCES = tests/tools/mint_files.c
tests_tools_mint_files_LDADD = libmint.la libinternal.la

check_PROGRAMS += tests/tools/left_behind
tests_tools_left_behind_SOURCES = tests/tools/left_behind.c
tests_tools_left_behind_LDADD = libinternal.la

check_PROGRAMS += tests/tools/peer
tests_tools_peer_SOURCES = tests/tools/peer.c
tests_tools_peer_LDADD = libinternal.la

check_PROGRAMS += tests/tools/answering_scp tests/tools/make_dicom \
	tests/tools/on_terminal
tests_tools_answering_scp_SOURCES = tests/tools/answering_scp.c
tests_tools_answering_scp_LDADD = libdicomtls.la
tests_tools_make_dicom_SOURCES = tests/tools/make_dicom.c
tests_tools_make_dicom_LDADD = libinternal.la
tests_tools_on_terminal_SOURCES = tests/tools/on_terminal.c
tests_tools_on_terminal_LDADD =

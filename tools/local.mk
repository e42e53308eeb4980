# Certificates made to order: the demo and the tests link it, the library does
# not contain it.
noinst_LTLIBRARIES += libmint.la
libmint_la_SOURCES = \
	tools/der_writer.c tools/der_writer.h \
	tools/mint.c tools/mint.h \
	tools/mint_crl.c \
	tools/mint_dir.c \
	tools/mint_extensions.c tools/mint_extensions.h \
	tools/mint_fields.c tools/mint_fields.h \
	tools/mint_key.c tools/mint_key.h
libmint_la_LIBADD = libinternal.la

UNIT_TESTS += tests/unit/test_mint
tests_unit_test_mint_SOURCES = tests/unit/test_mint.c
tests_unit_test_mint_LDADD = libmint.la $(LDADD)

UNIT_TESTS += tests/unit/test_advice
tests_unit_test_advice_SOURCES = tests/unit/test_advice.c tools/advice.c

UNIT_TESTS += tests/unit/test_failure
tests_unit_test_failure_SOURCES = tests/unit/test_failure.c tools/failure.c
UNIT_TESTS += tests/unit/test_json
tests_unit_test_json_SOURCES = tests/unit/test_json.c tools/json.c \
	tools/output.c

UNIT_TESTS += tests/unit/test_options
tests_unit_test_options_SOURCES = tests/unit/test_options.c tools/options.c

UNIT_TESTS += tests/unit/test_inbox
tests_unit_test_inbox_SOURCES = tests/unit/test_inbox.c tools/inbox.c \
	tools/storage_class.c

UNIT_TESTS += tests/unit/test_output
tests_unit_test_output_SOURCES = tests/unit/test_output.c tools/output.c

UNIT_TESTS += tests/unit/test_outbox
tests_unit_test_outbox_SOURCES = tests/unit/test_outbox.c tools/outbox.c \
	tools/store_contexts.c

UNIT_TESTS += tests/unit/test_progress
tests_unit_test_progress_SOURCES = tests/unit/test_progress.c tools/progress.c

UNIT_TESTS += tests/unit/test_storage_class
tests_unit_test_storage_class_SOURCES = tests/unit/test_storage_class.c \
	tools/storage_class.c

UNIT_TESTS += tests/unit/test_store_status
tests_unit_test_store_status_SOURCES = tests/unit/test_store_status.c \
	tools/store_status.c

bin_PROGRAMS += dicomtls
# All but main, which tests have of their own.
command_sources = \
	tools/advice.c tools/advice.h \
	tools/codes.c \
	tools/command.h \
	tools/crl_print.c tools/crl_print.h \
	tools/demo.c \
	tools/echo.c \
	tools/endpoint.c tools/endpoint.h \
	tools/inbox.c tools/inbox.h \
	tools/failure.c tools/failure.h \
	tools/input.c tools/input.h \
	tools/json.c tools/json.h \
	tools/judging.c tools/judging.h \
	tools/listen.c \
	tools/options.c tools/options.h \
	tools/outbox.c tools/outbox.h \
	tools/output.c tools/output.h \
	tools/progress.c tools/progress.h \
	tools/report.c tools/report.h \
	tools/scp.c tools/scp.h \
	tools/scp_answer.c tools/scp_answer.h \
	tools/scp_store.c tools/scp_store.h \
	tools/scu.c tools/scu.h \
	tools/scu_echo.c tools/scu_echo.h \
	tools/scu_options.c tools/scu_options.h \
	tools/scu_store.c tools/scu_store.h \
	tools/send.c \
	tools/show.c \
	tools/storage_class.c tools/storage_class.h \
	tools/store_contexts.c tools/store_contexts.h \
	tools/store_report.c tools/store_report.h \
	tools/store_status.c tools/store_status.h \
	tools/verify.c
dicomtls_SOURCES = tools/main.c $(command_sources)
dicomtls_LDFLAGS = $(AM_LDFLAGS) $(PIE_LDFLAGS)
dicomtls_LDADD = libmint.la libinternal.la

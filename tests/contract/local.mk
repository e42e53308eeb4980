# What the headers promise, the library has.
TESTS += tests/contract/declared-is-exported.sh
dist_check_SCRIPTS += tests/contract/declared-is-exported.sh

# Programs that see the library as its users do: they include only ltdic.h.
UNIT_TESTS += \
	tests/contract/test_associate \
	tests/contract/test_data_set \
	tests/contract/test_handle_settings \
	tests/contract/test_layout \
	tests/contract/test_layout_userdata \
	tests/contract/test_negotiation \
	tests/contract/test_no_handle
tests_contract_test_associate_SOURCES = tests/contract/test_associate.c
tests_contract_test_data_set_SOURCES = tests/contract/test_data_set.c
tests_contract_test_handle_settings_SOURCES = \
	tests/contract/test_handle_settings.c
tests_contract_test_layout_SOURCES = tests/contract/test_layout.c
tests_contract_test_layout_userdata_SOURCES = \
	tests/contract/test_layout_userdata.c
tests_contract_test_negotiation_SOURCES = tests/contract/test_negotiation.c
tests_contract_test_no_handle_SOURCES = tests/contract/test_no_handle.c

TESTS += tests/contract/compiles-as-cxx.sh
dist_check_SCRIPTS += tests/contract/compiles-as-cxx.sh

# Plain programs, for sanitizers and valgrind (Criterion hides both from them).
check_PROGRAMS += tests/contract/link
TESTS += tests/contract/link
tests_contract_link_SOURCES = tests/contract/link.c
check_PROGRAMS += tests/contract/addresses
TESTS += tests/contract/addresses
tests_contract_addresses_SOURCES = tests/contract/addresses.c \
	tests/contract/scene.c tests/contract/scene.h
tests_contract_addresses_LDADD = libmint.la $(LDADD)
check_PROGRAMS += tests/contract/secure
TESTS += tests/contract/secure
tests_contract_secure_SOURCES = tests/contract/secure.c \
	tests/contract/scene.c tests/contract/scene.h
tests_contract_secure_LDADD = libmint.la $(LDADD)
SERVICE = tests/contract/scene.c tests/contract/scene.h \
	tests/contract/service.c tests/contract/service.h
check_PROGRAMS += tests/contract/reload
TESTS += tests/contract/reload
tests_contract_reload_SOURCES = tests/contract/reload.c $(SERVICE)
tests_contract_reload_LDADD = libmint.la $(LDADD)
check_PROGRAMS += tests/contract/breathe
TESTS += tests/contract/breathe
tests_contract_breathe_SOURCES = tests/contract/breathe.c $(SERVICE)
tests_contract_breathe_LDADD = libmint.la $(LDADD)
check_PROGRAMS += tests/contract/resume
TESTS += tests/contract/resume
tests_contract_resume_SOURCES = tests/contract/resume.c $(SERVICE)
tests_contract_resume_LDADD = libmint.la $(LDADD)
check_PROGRAMS += tests/contract/command_set
TESTS += tests/contract/command_set
tests_contract_command_set_SOURCES = tests/contract/command_set.c \
	tests/contract/scene.c tests/contract/scene.h
tests_contract_command_set_LDADD = libmint.la $(LDADD)
check_PROGRAMS += tests/contract/sending
TESTS += tests/contract/sending
tests_contract_sending_SOURCES = tests/contract/sending.c \
	tests/contract/scene.c tests/contract/scene.h
tests_contract_sending_LDADD = libmint.la $(LDADD)
check_PROGRAMS += tests/contract/store
TESTS += tests/contract/store
tests_contract_store_SOURCES = tests/contract/store.c \
	tests/contract/scene.c tests/contract/scene.h
tests_contract_store_LDADD = libmint.la $(LDADD)
check_PROGRAMS += tests/contract/verify_forms
TESTS += tests/contract/verify_forms
tests_contract_verify_forms_SOURCES = \
	tests/contract/verify_forms.c tests/contract/verify_forms.h \
	tests/contract/verify_five.c tests/contract/verify_six.c \
	tests/contract/scene.c tests/contract/scene.h
tests_contract_verify_forms_LDADD = libmint.la $(LDADD)

# They mint their certificates.
UNIT_TESTS += \
	tests/contract/test_certificate_string \
	tests/contract/test_tls
tests_contract_test_tls_SOURCES = tests/contract/test_tls.c
tests_contract_test_tls_LDADD = libmint.la $(LDADD)
tests_contract_test_certificate_string_SOURCES = \
	tests/contract/test_certificate_string.c
tests_contract_test_certificate_string_LDADD = libmint.la $(LDADD)

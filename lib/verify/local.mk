libinternal_la_SOURCES += \
	lib/verify/check_extensions.c \
	lib/verify/check_identity.c \
	lib/verify/check_level.c \
	lib/verify/check_names.c \
	lib/verify/check_opinion.c \
	lib/verify/check_policy.c \
	lib/verify/check_resources.c \
	lib/verify/check_revocation.c \
	lib/verify/check_signatures.c \
	lib/verify/check_suiteb.c lib/verify/check_suiteb.h \
	lib/verify/constraint_match.c lib/verify/constraint_match.h \
	lib/verify/crl_select.c lib/verify/crl_select.h \
	lib/verify/event.c lib/verify/event.h \
	lib/verify/host_match.c lib/verify/host_match.h \
	lib/verify/issuer.c lib/verify/issuer.h \
	lib/verify/name_constraints.c lib/verify/name_constraints.h \
	lib/verify/params.c lib/verify/params.h \
	lib/verify/path.c lib/verify/path.h \
	lib/verify/policy_graph.c lib/verify/policy_graph.h \
	lib/verify/questions.c lib/verify/questions.h \
	lib/verify/report.c lib/verify/report.h \
	lib/verify/stages.c lib/verify/stages.h \
	lib/verify/store.c lib/verify/store.h \
	lib/verify/store_system.c \
	lib/verify/validity.c lib/verify/validity.h \
	lib/verify/verify.c lib/verify/verify.h

UNIT_TESTS += tests/unit/test_check_opinion
tests_unit_test_check_opinion_SOURCES = tests/unit/test_check_opinion.c
tests_unit_test_check_opinion_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_check_suiteb
tests_unit_test_check_suiteb_SOURCES = tests/unit/test_check_suiteb.c
UNIT_TESTS += tests/unit/test_constraint_match
tests_unit_test_constraint_match_SOURCES = tests/unit/test_constraint_match.c
UNIT_TESTS += tests/unit/test_host_match
tests_unit_test_host_match_SOURCES = tests/unit/test_host_match.c
UNIT_TESTS += tests/unit/test_name_constraints
tests_unit_test_name_constraints_SOURCES = tests/unit/test_name_constraints.c
tests_unit_test_name_constraints_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_params
tests_unit_test_params_SOURCES = tests/unit/test_params.c
UNIT_TESTS += tests/unit/test_policy_graph
tests_unit_test_policy_graph_SOURCES = tests/unit/test_policy_graph.c
UNIT_TESTS += tests/unit/test_questions
tests_unit_test_questions_SOURCES = tests/unit/test_questions.c
tests_unit_test_questions_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_crl_select
tests_unit_test_crl_select_SOURCES = tests/unit/test_crl_select.c \
	tests/unit/der_text.h
tests_unit_test_crl_select_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_store
tests_unit_test_store_SOURCES = tests/unit/test_store.c
tests_unit_test_store_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_verify
tests_unit_test_verify_SOURCES = tests/unit/test_verify.c
tests_unit_test_verify_LDADD = libmint.la $(LDADD)

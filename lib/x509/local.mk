# Sources of lib/x509.
libinternal_la_SOURCES += \
	lib/x509/any.c lib/x509/any.h \
	lib/x509/authority_key_id.c lib/x509/authority_key_id.h \
	lib/x509/cert.c lib/x509/cert.h \
	lib/x509/crl.c lib/x509/crl.h \
	lib/x509/crl_entries.c lib/x509/crl_entries.h \
	lib/x509/crl_extension.c lib/x509/crl_extension.h \
	lib/x509/crl_file.c \
	lib/x509/crl_proof.c \
	lib/x509/curve.c lib/x509/curve.h lib/x509/curve_equation.c \
	lib/x509/curve_table.c \
	lib/x509/digest.c lib/x509/digest.h \
	lib/x509/distribution_point.c lib/x509/distribution_point.h \
	lib/x509/extension.c lib/x509/extension.h \
	lib/x509/field.c lib/x509/field.h \
	lib/x509/general_name.c lib/x509/general_name.h \
	lib/x509/gnutls_opinion.c lib/x509/gnutls_opinion.h \
	lib/x509/key.c lib/x509/key.h \
	lib/x509/level.c lib/x509/level.h \
	lib/x509/name.c lib/x509/name.h \
	lib/x509/name_list.c lib/x509/name_list.h \
	lib/x509/pem.c lib/x509/pem.h \
	lib/x509/policy.c lib/x509/policy.h \
	lib/x509/punycode.c lib/x509/punycode.h \
	lib/x509/pss.c lib/x509/pss.h \
	lib/x509/resources.c lib/x509/resources.h \
	lib/x509/shape.c lib/x509/shape.h \
	lib/x509/signature.c lib/x509/signature.h \
	lib/x509/signature_algorithm.h \
	lib/x509/signature_cache.c lib/x509/signature_cache.h \
	lib/x509/signature_verify.c \
	lib/x509/strength.c lib/x509/strength.h \
	lib/x509/subtree.c lib/x509/subtree.h \
	lib/x509/system_trust.c lib/x509/system_trust.h \
	lib/x509/text.c lib/x509/text.h \
	lib/x509/time.c lib/x509/time.h

UNIT_TESTS += tests/unit/test_any
tests_unit_test_any_SOURCES = tests/unit/test_any.c tests/unit/der_text.h
UNIT_TESTS += tests/unit/test_name_list
tests_unit_test_name_list_SOURCES = tests/unit/test_name_list.c \
	tests/unit/der_text.h
UNIT_TESTS += tests/unit/test_name
tests_unit_test_name_SOURCES = tests/unit/test_name.c
UNIT_TESTS += tests/unit/test_subtree
tests_unit_test_subtree_SOURCES = tests/unit/test_subtree.c
UNIT_TESTS += tests/unit/test_strength
tests_unit_test_strength_SOURCES = tests/unit/test_strength.c
tests_unit_test_strength_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_system_trust
tests_unit_test_system_trust_SOURCES = tests/unit/test_system_trust.c
tests_unit_test_system_trust_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_text
tests_unit_test_text_SOURCES = tests/unit/test_text.c
UNIT_TESTS += tests/unit/test_time
tests_unit_test_time_SOURCES = tests/unit/test_time.c
UNIT_TESTS += tests/unit/test_pem
tests_unit_test_pem_SOURCES = tests/unit/test_pem.c
UNIT_TESTS += tests/unit/test_cert
tests_unit_test_cert_SOURCES = tests/unit/test_cert.c
tests_unit_test_cert_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_curve
tests_unit_test_curve_SOURCES = tests/unit/test_curve.c
UNIT_TESTS += tests/unit/test_key
tests_unit_test_key_SOURCES = tests/unit/test_key.c tests/unit/key_samples.h
UNIT_TESTS += tests/unit/test_punycode
tests_unit_test_punycode_SOURCES = tests/unit/test_punycode.c
UNIT_TESTS += tests/unit/test_policy
tests_unit_test_policy_SOURCES = tests/unit/test_policy.c
tests_unit_test_policy_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_signature
tests_unit_test_signature_SOURCES = tests/unit/test_signature.c \
	tests/unit/key_samples.h
UNIT_TESTS += tests/unit/test_signature_cache
tests_unit_test_signature_cache_SOURCES = \
	tests/unit/test_signature_cache.c tests/unit/key_samples.h
UNIT_TESTS += tests/unit/test_resources
tests_unit_test_resources_SOURCES = tests/unit/test_resources.c
UNIT_TESTS += tests/unit/test_shape
tests_unit_test_shape_SOURCES = tests/unit/test_shape.c
UNIT_TESTS += tests/unit/test_crl
tests_unit_test_crl_SOURCES = tests/unit/test_crl.c tests/unit/der_text.h
tests_unit_test_crl_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_crl_entries
tests_unit_test_crl_entries_SOURCES = tests/unit/test_crl_entries.c \
	tests/unit/der_text.h
UNIT_TESTS += tests/unit/test_crl_proof
tests_unit_test_crl_proof_SOURCES = tests/unit/test_crl_proof.c
tests_unit_test_crl_proof_LDADD = libmint.la $(LDADD)
UNIT_TESTS += tests/unit/test_distribution_point
tests_unit_test_distribution_point_SOURCES = \
	tests/unit/test_distribution_point.c tests/unit/der_text.h

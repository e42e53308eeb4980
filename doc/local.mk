# Documentation: manual pages, pages for readers, examples built by the tests.
dist_man_MANS += doc/man/dicomtls.1 doc/man/dicomtls.3 \
	doc/man/libdicomtls.3
dist_doc_DATA = README.md doc/design.md doc/verification-order.md \
	doc/compatibility.md doc/contract.md doc/failures.md doc/hacking.md \
	doc/bounds.md doc/load.md doc/SECURITY.md \
	doc/performance.md doc/examples/dicomtls-listen.service

# The README's program: public header and shared library, nothing else.
check_PROGRAMS += doc/examples/verify
doc_examples_verify_SOURCES = doc/examples/verify.c
doc_examples_verify_CPPFLAGS = -I$(srcdir)/include
doc_examples_verify_LDADD = libdicomtls.la $(GNUTLS_LIBS)

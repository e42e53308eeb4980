# Documentation: manual pages, pages for readers, examples built by the tests.
dist_man_MANS += doc/man/dicomtls.1 doc/man/dicomtls.3 \
	doc/man/libdicomtls.3
dist_doc_DATA = README.md doc/design.md doc/verification-order.md \
	doc/compatibility.md doc/hacking.md
EXTRA_DIST += doc/examples/verify.c

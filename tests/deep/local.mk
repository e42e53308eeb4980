# What takes too long for make check, or tools that not everybody has. Each
# part works in a folder of its own, on the release archive's files.
EXTRA_DIST += .clang-tidy tests/deep/analyze.sh tests/deep/analyze.list \
	tests/deep/deep.list tests/deep/deep.sh tests/deep/reproducible.sh
DEEP = $(abs_builddir)/deep

deep-source:
	mkdir -p "$(DEEP)"
	rm -rf "$(DEEP)/source"
	$(MAKE) distdir distdir="$(DEEP)/source" >/dev/null
check-reproducible: deep-source
	$(SHELL) "$(DEEP)/source/tests/deep/reproducible.sh" "$(DEEP)"
check-analyzers: deep-source
	$(SHELL) "$(DEEP)/source/tests/deep/analyze.sh" "$(DEEP)" \
	    $(GNUTLS_CFLAGS) $(TASN1_CFLAGS) $(NETTLE_CFLAGS) $(LIBUV_CFLAGS)
# All of them and what other folders have, with one report at the end.
FORM = whole
PARTS =
check-deep: all
	CC='$(CC)' MAKE='$(MAKE)' $(SHELL) "$(srcdir)/tests/deep/deep.sh" \
	    "$(DEEP)" "$(FORM)" $(PARTS)
clean-deep:
	rm -rf "$(DEEP)"
.PHONY: check-deep deep-source check-reproducible check-analyzers clean-deep

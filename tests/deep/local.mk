# What takes too long for make check, or tools that not everybody has. Each
# part works in a folder of its own, on the release archive's files.
EXTRA_DIST += tests/deep/reproducible.sh
DEEP = $(abs_builddir)/deep

deep-source:
	mkdir -p "$(DEEP)"
	rm -rf "$(DEEP)/source"
	$(MAKE) distdir distdir="$(DEEP)/source" >/dev/null
check-reproducible: deep-source
	$(SHELL) "$(DEEP)/source/tests/deep/reproducible.sh" "$(DEEP)"
clean-deep:
	rm -rf "$(DEEP)"
.PHONY: deep-source check-reproducible clean-deep

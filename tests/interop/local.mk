# Tests with other implementations as peers.
INTEROP_TESTS = tests/interop/dcmtk.sh tests/interop/orthanc.sh \
	tests/interop/profiles.sh tests/interop/storage.sh
TESTS += $(INTEROP_TESTS)
EXTRA_DIST += $(INTEROP_TESTS)

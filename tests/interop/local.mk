# Tests with other implementations as peers.
TESTS += tests/interop/dcmtk.sh
EXTRA_DIST += tests/interop/dcmtk.sh

# Tests in tests/conformance.

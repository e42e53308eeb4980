# Tests in tests/support.

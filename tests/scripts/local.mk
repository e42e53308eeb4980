# Tests in tests/scripts.

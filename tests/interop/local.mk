# Tests in tests/interop.

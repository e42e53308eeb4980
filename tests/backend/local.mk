# Tests in tests/backend.

# Tests in tests/contract.

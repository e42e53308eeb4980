# Sources of lib/verify.

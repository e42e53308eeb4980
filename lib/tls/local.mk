# Sources of lib/tls.

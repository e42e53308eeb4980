# Sources of lib/x509.

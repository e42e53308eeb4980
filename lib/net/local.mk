# Sources of lib/net.

# Sources of lib/ltdic.

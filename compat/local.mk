# Sources of compat.

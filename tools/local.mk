# Sources of tools.

"""The Library place: grid, search, inspector, full-screen view, compare."""

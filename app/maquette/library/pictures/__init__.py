"""The parts of the library: what is kept of its pictures, searched, changed and related."""

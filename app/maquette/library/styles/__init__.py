"""Styles as files: the shipped ones, the user's own, and those of strangers."""

"""Maquette: a native desktop studio for people who make pictures."""

__version__ = "0.1.0"

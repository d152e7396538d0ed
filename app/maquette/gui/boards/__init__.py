"""Boards of variants: asked for in a dialog, looked at as a labelled grid."""

"""Sixty art styles as operators over a rendered picture, its line drawing and its depth."""

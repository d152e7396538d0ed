"""Choosing among all sketches, those in the trash included."""

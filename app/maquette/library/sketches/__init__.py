"""Sketches on the disk: drawings as they are saved, and the files they are exchanged in."""

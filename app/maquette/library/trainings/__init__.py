"""Trainings of styles on the disk, and their trash."""

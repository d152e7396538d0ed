"""Trainings of styles: making one ready, and watching it."""

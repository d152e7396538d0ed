"""Batch export in the window: presets, their editor, and the runs on their way."""

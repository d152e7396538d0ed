"""Batch export: what goes out, under which names, and how far it got."""

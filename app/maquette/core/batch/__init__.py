"""Batches: files of prompts (table, JSON lines, text) read, checked as a whole, made recipes."""

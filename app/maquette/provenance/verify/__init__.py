"""Checking a picture file: what it carries, what the ledger knows, and what that comes to."""

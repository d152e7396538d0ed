"""Signed manifests after C2PA 2: what they claim, signing them into a file, reading them."""

"""Rendered pictures and cached latents on disk."""

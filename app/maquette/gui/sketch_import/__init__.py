"""An image becomes a sketch: before, after, and what can be set."""

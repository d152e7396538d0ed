"""Values and rules of the studio: standard library, msgspec and numpy only."""

"""Clean line drawings made into what people really draw and photograph."""

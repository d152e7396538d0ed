"""The commands; each one's work is imported when it is called, so that help comes at once."""

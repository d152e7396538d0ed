"""The invisible watermark: puts a record id into pixels and finds it again."""

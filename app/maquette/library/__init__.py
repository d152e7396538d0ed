"""The studio's memory: files on disk and the SQLite index over them."""

"""The tables of the library's index and of the ledger."""

from maquette.library.migrations import Schema

LIBRARY = Schema(
    "library",
    (
        # 1: pictures, by folder so that a moved folder is one changed row. A record id may stand
        # in several rows: the same recipe made twice is the same picture twice.
        (
            """
            CREATE TABLE folders (
                id INTEGER PRIMARY KEY,
                path TEXT NOT NULL UNIQUE
            ) STRICT
            """,
            """
            CREATE TABLE pictures (
                id INTEGER PRIMARY KEY,
                record_id TEXT NOT NULL,
                folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE RESTRICT,
                path TEXT NOT NULL,
                record TEXT NOT NULL,
                created TEXT NOT NULL,
                width INTEGER NOT NULL,
                height INTEGER NOT NULL,
                file_bytes INTEGER NOT NULL,
                file_sha256 TEXT NOT NULL,
                pixel_sha256 TEXT NOT NULL,
                thumbnail TEXT NOT NULL,
                UNIQUE (folder_id, path)
            ) STRICT
            """,
            "CREATE INDEX pictures_by_record ON pictures (record_id)",
            "CREATE INDEX pictures_by_time ON pictures (created)",
        ),
    ),
)

LEDGER = Schema(
    "ledger",
    (
        # 1: the rows, each as the text that is hashed (see docs/ledger.md). What is searched for
        # is read out of that text, so that it cannot differ from it. The triggers keep programs
        # from changing rows by accident; the chain shows it if somebody does so on purpose.
        (
            """
            CREATE TABLE entries (
                number INTEGER PRIMARY KEY,
                row TEXT NOT NULL,
                chained TEXT NOT NULL,
                record_id TEXT AS (json_extract(row, '$.record_id')) VIRTUAL,
                file_sha256 TEXT AS (json_extract(row, '$.file_sha256')) VIRTUAL,
                pixel_sha256 TEXT AS (json_extract(row, '$.pixel_sha256')) VIRTUAL,
                perceptual_hash TEXT AS (json_extract(row, '$.perceptual_hash')) VIRTUAL
            ) STRICT
            """,
            "CREATE INDEX entries_by_record ON entries (record_id)",
            "CREATE INDEX entries_by_file ON entries (file_sha256)",
            "CREATE INDEX entries_by_pixels ON entries (pixel_sha256)",
            "CREATE INDEX entries_by_hash ON entries (perceptual_hash)",
            """
            CREATE TABLE contents (
                number INTEGER NOT NULL REFERENCES entries (number),
                kind TEXT NOT NULL,
                bytes BLOB,
                PRIMARY KEY (number, kind)
            ) STRICT
            """,
            """
            CREATE TRIGGER entries_grow BEFORE INSERT ON entries
            WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM entries)
            BEGIN SELECT RAISE(ABORT, 'the ledger grows at its end only'); END
            """,
            """
            CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'rows of the ledger do not change'); END
            """,
            """
            CREATE TRIGGER entries_remain BEFORE DELETE ON entries
            BEGIN SELECT RAISE(ABORT, 'rows of the ledger are not removed'); END
            """,
            """
            CREATE TRIGGER contents_once BEFORE INSERT ON contents
            WHEN EXISTS (SELECT 1 FROM contents WHERE number = NEW.number AND kind = NEW.kind)
            BEGIN SELECT RAISE(ABORT, 'contents of the ledger do not change'); END
            """,
            """
            CREATE TRIGGER contents_are_only_erased BEFORE UPDATE ON contents
            WHEN NEW.bytes IS NOT NULL OR NEW.number IS NOT OLD.number OR NEW.kind IS NOT OLD.kind
            BEGIN SELECT RAISE(ABORT, 'contents of the ledger are only erased'); END
            """,
            """
            CREATE TRIGGER contents_remain BEFORE DELETE ON contents
            BEGIN SELECT RAISE(ABORT, 'contents of the ledger are only erased'); END
            """,
        ),
    ),
)

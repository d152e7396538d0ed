"""The tables of the library's index and of the ledger."""

from maquette.library.migrations import Schema

_LISTED = (
    "folder_id, path, record, created, width, height, file_bytes, file_sha256,"
    " pixel_sha256, presence, trashed, foreign_recipe, source"
)

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
        # 2: what is known and said of a picture beyond its record. `record` is '' for pictures of
        # other programs. A trashed picture's `path` is where it is in the trash, and `origin`
        # where it was, '' for all others; `derived` tells which version of the program took
        # attributes and searched texts out of the row (see library/pictures/derived.py).
        (
            "ALTER TABLE pictures ADD COLUMN source TEXT NOT NULL DEFAULT 'prompt'",
            """
            UPDATE pictures SET source = 'image'
            WHERE json_valid(record) AND json_extract(record, '$.recipe.start') IS NOT NULL
            """,
            "ALTER TABLE pictures ADD COLUMN presence TEXT NOT NULL DEFAULT 'present'",
            "ALTER TABLE pictures ADD COLUMN mtime_ns INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE pictures ADD COLUMN foreign_recipe TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN rating INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE pictures ADD COLUMN note TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN trashed TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN origin TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN job TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN seed INTEGER",
            "ALTER TABLE pictures ADD COLUMN recipe_key TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN start_record TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN start_digest TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE pictures ADD COLUMN derived INTEGER NOT NULL DEFAULT 0",
            "CREATE INDEX pictures_by_file ON pictures (file_sha256)",
            "CREATE INDEX pictures_by_pixels ON pictures (pixel_sha256, trashed)",
            "CREATE INDEX pictures_by_seed ON pictures (seed)",
            "CREATE INDEX pictures_by_recipe ON pictures (recipe_key) WHERE recipe_key != ''",
            "CREATE INDEX pictures_by_derivation ON pictures (derived)",
            "CREATE INDEX pictures_by_rating ON pictures (rating) WHERE rating > 0",
            "CREATE INDEX pictures_by_presence ON pictures (presence) WHERE presence != 'present'",
            "CREATE INDEX pictures_in_trash ON pictures (trashed) WHERE trashed != ''",
            "CREATE INDEX pictures_on_the_move ON pictures (origin) WHERE origin != ''",
            "CREATE INDEX pictures_by_job ON pictures (job) WHERE job != ''",
            """
            CREATE INDEX pictures_by_start_record ON pictures (start_record)
            WHERE start_record != ''
            """,
            """
            CREATE INDEX pictures_by_start_digest ON pictures (start_digest)
            WHERE start_digest != ''
            """,
            """
            CREATE TABLE attributes (
                field TEXT NOT NULL,
                word TEXT NOT NULL,
                picture INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
                PRIMARY KEY (field, word, picture)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX attributes_by_picture ON attributes (picture)",
            """
            CREATE TABLE tags (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE
            ) STRICT
            """,
            """
            CREATE TABLE picture_tags (
                tag INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
                picture INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
                PRIMARY KEY (tag, picture)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX picture_tags_by_picture ON picture_tags (picture)",
            """
            CREATE TABLE boards (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE
            ) STRICT
            """,
            """
            CREATE TABLE picture_boards (
                board INTEGER NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
                picture INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
                PRIMARY KEY (board, picture)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX picture_boards_by_picture ON picture_boards (picture)",
            """
            CREATE TABLE exports (
                id INTEGER PRIMARY KEY,
                record_id TEXT NOT NULL,
                path TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                preset TEXT NOT NULL,
                created TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX exports_by_record ON exports (record_id)",
            """
            CREATE VIRTUAL TABLE texts USING fts5 (
                prompt, tags, note, name,
                tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
            )
            """,
            # A counter for everything that lists and searches are made of, so that whoever keeps
            # something of it in memory learns that another program changed it.
            """
            CREATE TABLE changes (
                part TEXT PRIMARY KEY,
                number INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            """
            INSERT INTO changes VALUES
            ('pictures', 0), ('attributes', 0), ('said', 0), ('exports', 0)
            """,
            *(
                f"""
                CREATE TRIGGER {name} AFTER {event}
                BEGIN UPDATE changes SET number = number + 1 WHERE part IN ({parts}); END
                """
                for name, event, parts in (
                    ("picture_filed", "INSERT ON pictures", "'pictures', 'attributes'"),
                    ("picture_changed", f"UPDATE OF {_LISTED} ON pictures", "'pictures'"),
                    ("picture_derived", "UPDATE OF derived ON pictures", "'attributes'"),
                    ("picture_rated", "UPDATE OF rating, note ON pictures", "'said'"),
                    ("tag_added", "INSERT ON picture_tags", "'said'"),
                    ("tag_removed", "DELETE ON picture_tags", "'said'"),
                    ("board_added", "INSERT ON boards", "'said'"),
                    ("board_renamed", "UPDATE ON boards", "'said'"),
                    ("board_removed", "DELETE ON boards", "'said'"),
                    ("put_on_board", "INSERT ON picture_boards", "'said'"),
                    ("taken_off_board", "DELETE ON picture_boards", "'said'"),
                    ("export_noted", "INSERT ON exports", "'exports'"),
                )
            ),
            """
            CREATE TRIGGER picture_removed AFTER DELETE ON pictures
            BEGIN
                UPDATE changes SET number = number + 1 WHERE part IN ('pictures', 'attributes');
                DELETE FROM texts WHERE rowid = OLD.id;
            END
            """,
        ),
        # 3: how well a picture follows its sketch, read out of its record, so that it cannot differ
        # from that. NULL where nobody drew.
        (
            """
            ALTER TABLE pictures ADD COLUMN fidelity REAL
            AS (iif(json_valid(record), json_extract(record, '$.fidelity.score'), NULL)) VIRTUAL
            """,
            "CREATE INDEX pictures_by_fidelity ON pictures (fidelity) WHERE fidelity IS NOT NULL",
        ),
    ),
    can_be_rebuilt=True,
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

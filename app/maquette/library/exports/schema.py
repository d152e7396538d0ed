"""The tables of the file that keeps batch exports."""

from maquette.library.migrations import Schema

EXPORTS = Schema(
    "list of exports",
    (
        # 1: runs and their files. A row of `items` names the file's path and digest before the
        # file gets its name, so that after a crash one can tell whether it did. `owner` is the
        # process that is at a run, `beats` how often it gave a sign of life.
        (
            """
            CREATE TABLE runs (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                created TEXT NOT NULL,
                preset TEXT NOT NULL,
                marking TEXT NOT NULL,
                folder TEXT NOT NULL,
                state TEXT NOT NULL,
                owner TEXT NOT NULL DEFAULT '',
                beats INTEGER NOT NULL DEFAULT 0,
                papers TEXT NOT NULL DEFAULT '[]'
            ) STRICT
            """,
            """
            CREATE TABLE items (
                run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                picture_id INTEGER NOT NULL,
                source TEXT NOT NULL,
                source_sha256 TEXT NOT NULL,
                record TEXT,
                size TEXT NOT NULL,
                name TEXT NOT NULL,
                first INTEGER NOT NULL,
                state TEXT NOT NULL,
                path TEXT,
                sha256 TEXT NOT NULL DEFAULT '',
                file_bytes INTEGER NOT NULL DEFAULT 0,
                width INTEGER NOT NULL DEFAULT 0,
                height INTEGER NOT NULL DEFAULT 0,
                message TEXT NOT NULL DEFAULT '',
                notices TEXT NOT NULL DEFAULT '[]',
                PRIMARY KEY (run_id, number)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX items_by_state ON items (run_id, state)",
        ),
    ),
)

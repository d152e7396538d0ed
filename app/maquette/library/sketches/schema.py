"""The tables of a drawing's own file."""

from maquette.library.migrations import Schema

SKETCH = Schema(
    "sketch",
    (
        # 1: `tiles` are squares of pixels, packed (core.tiles), which never change; `placed` says
        # which of them the layers show now. `value` is the drawing (its JSON), and `position` how
        # many of its `steps` are done; the others were undone. `changes` are msgpack: by the
        # layer, (column, row, number of the tile before, after), 0 for none.
        (
            """
            CREATE TABLE drawing (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                value BLOB NOT NULL,
                position INTEGER NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE tiles (
                number INTEGER PRIMARY KEY,
                size INTEGER NOT NULL,
                packed BLOB NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE placed (
                layer TEXT NOT NULL,
                x INTEGER NOT NULL,
                y INTEGER NOT NULL,
                tile INTEGER NOT NULL,
                PRIMARY KEY (layer, x, y)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE steps (
                number INTEGER PRIMARY KEY,
                label TEXT NOT NULL,
                before BLOB NOT NULL,
                after BLOB NOT NULL,
                changes BLOB NOT NULL
            ) STRICT
            """,
        ),
    ),
)

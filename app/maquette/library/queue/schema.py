"""The tables of the queue."""

from maquette.library.migrations import Schema

QUEUE = Schema(
    "queue",
    (
        # 1: `changed` is the number of the change that touched a row last, so that others read only
        # what is new to them. A claimed job is in its owner's hands: were the owner to die, that
        # counts as a death of the job. `saving` is the file that is being saved, as JSON, and
        # `wish` that another program wants the job cancelled. Cleared jobs stay for a while
        # (`cleared` is when, Unix time), so that clearing can be undone. Start images are kept
        # compressed, and as long as a job names them.
        (
            """
            CREATE TABLE groups (
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                job_order TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE starts (
                id TEXT PRIMARY KEY,
                width INTEGER NOT NULL,
                height INTEGER NOT NULL,
                pixels BLOB NOT NULL,
                file BLOB NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE jobs (
                id TEXT PRIMARY KEY,
                record_id TEXT NOT NULL,
                group_id TEXT NOT NULL REFERENCES groups (id),
                recipe TEXT NOT NULL,
                state TEXT NOT NULL,
                position REAL NOT NULL,
                owner TEXT NOT NULL DEFAULT '',
                claimed INTEGER NOT NULL DEFAULT 0,
                wish INTEGER NOT NULL DEFAULT 0,
                start TEXT REFERENCES starts (id),
                saving TEXT NOT NULL DEFAULT '',
                message TEXT NOT NULL DEFAULT '',
                detail TEXT NOT NULL DEFAULT '',
                path TEXT NOT NULL DEFAULT '',
                notices TEXT NOT NULL DEFAULT '[]',
                created REAL NOT NULL,
                seconds REAL NOT NULL DEFAULT 0,
                deaths INTEGER NOT NULL DEFAULT 0,
                cleared REAL NOT NULL DEFAULT 0,
                changed INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE INDEX jobs_by_state ON jobs (state, position)",
            "CREATE INDEX jobs_by_position ON jobs (position)",
            "CREATE INDEX jobs_by_change ON jobs (changed)",
            "CREATE INDEX jobs_by_record ON jobs (record_id)",
            "CREATE INDEX jobs_by_group ON jobs (group_id)",
            "CREATE INDEX jobs_by_start ON jobs (start) WHERE start IS NOT NULL",
            """
            CREATE TABLE owners (
                id TEXT PRIMARY KEY,
                role TEXT NOT NULL,
                host TEXT NOT NULL,
                boot TEXT NOT NULL,
                pid INTEGER NOT NULL,
                began REAL NOT NULL,
                beats INTEGER NOT NULL DEFAULT 0
            ) STRICT
            """,
            """
            CREATE TABLE switches (
                name TEXT PRIMARY KEY,
                value INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID
            """,
            "INSERT INTO switches (name, value) VALUES ('paused', 0), ('changes', 0)",
        ),
        # 2: when a job ended (Unix time), and the role of the program that ran it.
        (
            "ALTER TABLE jobs ADD COLUMN ended REAL NOT NULL DEFAULT 0",
            "ALTER TABLE jobs ADD COLUMN ended_by TEXT NOT NULL DEFAULT ''",
        ),
        # 3: sketches, weight maps and locked regions by the digest of their RGB bytes, kept as
        # start images are, and which job needs which.
        (
            """
            CREATE TABLE images (
                digest TEXT PRIMARY KEY,
                width INTEGER NOT NULL,
                height INTEGER NOT NULL,
                pixels BLOB NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE job_images (
                job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
                image TEXT NOT NULL REFERENCES images (digest),
                PRIMARY KEY (job, image)
            ) STRICT, WITHOUT ROWID
            """,
            "CREATE INDEX job_images_by_image ON job_images (image)",
        ),
        # 4: how well the picture follows its sketch (JSON), and jobs that are tried again: which
        # try it is, of which job, the best score before, and that the next is to be queued.
        (
            "ALTER TABLE jobs ADD COLUMN fidelity TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE jobs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1",
            "ALTER TABLE jobs ADD COLUMN first TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE jobs ADD COLUMN best REAL",
            "ALTER TABLE jobs ADD COLUMN wanting INTEGER NOT NULL DEFAULT 0",
        ),
    ),
)

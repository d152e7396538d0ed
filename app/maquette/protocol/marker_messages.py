"""What crosses the process boundary between the studio and its marker: two closed unions.

The marker checks picture files and exports them. It is framed and greeted like the worker (see
`messages`), and answers every Check and Export, in order, with one conclusion. One request is on
its way at a time; who waits, waits on the studio's side.
"""

# pyright does not know that a msgspec struct inherits `frozen`.
# pyright: reportGeneralTypeIssues=false

from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import FileFormat, Marking
from maquette.core.record import Record
from maquette.core.report import Report
from maquette.protocol.messages import Blob, Failed, Message, Ready, Shutdown

MARKER_PROTOCOL = 1


class Check(Message, tag="check"):
    """Check one file: the one at `path` (as the system's bytes), or `file` if that is given.

    `name` is what the report calls it. `thorough` searches for cropped and turned pictures too.
    """

    job: str
    name: str
    path: bytes = b""
    file: Blob | None = None
    thorough: bool = True


class Export(Message, tag="export"):
    """Write the picture at `path`, or in `file`, as another file of ours, with all its marks.

    `quality` is 1 to 100, None for the format's own. `longest_side` in pixels scales the picture
    down or up; None keeps its size.
    """

    job: str
    record: Record
    marking: Marking
    format: FileFormat
    path: bytes = b""
    file: Blob | None = None
    quality: int | None = None
    longest_side: int | None = None


MarkerRequest = Check | Export | Shutdown


class Checked(Message, tag="checked"):
    """What the file carries."""

    job: str
    report: Report


class Exported(Message, tag="exported"):
    """The complete file, ready to be saved, and what the ledger keeps of it."""

    job: str
    file: Blob
    record: Record
    mark: MarkResult
    manifest: Blob | None = None
    notices: tuple[str, ...] = ()


MarkerEvent = Ready | Checked | Exported | Failed

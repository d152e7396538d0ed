"""What crosses the process boundary between the studio and its marker: two closed unions.

The marker checks picture files, exports them, and knows who signs. It is framed and greeted like
the worker (see `messages`), and answers every request, in order, with one conclusion. One request
is on its way at a time; who waits, waits on the studio's side.
"""

# pyright does not know that a msgspec struct inherits `frozen`.
# pyright: reportGeneralTypeIssues=false

from maquette.core.cleanup import Cleanup, CleanupFound
from maquette.core.contact_sheet import SheetPage
from maquette.core.export_preset import Rendition, SheetKind
from maquette.core.fidelity import Fidelity
from maquette.core.ledger_entry import MarkResult
from maquette.core.marking import Marking
from maquette.core.record import Record
from maquette.core.report import Report
from maquette.core.signer_info import SignerInfo
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

    `source_sha256` is what the picture's file must have, "" for whatever it has.
    """

    job: str
    record: Record
    marking: Marking
    rendition: Rendition
    path: bytes = b""
    file: Blob | None = None
    source_sha256: str = ""


class MakePage(Message, tag="make-page"):
    """Draw, label and sign one page of a contact sheet; see `provenance.sheets.sealing`."""

    job: str
    page: SheetPage
    kind: SheetKind
    marking: Marking


class AskSigner(Message, tag="ask-signer"):
    """Who signs on this machine; the installation's certificate is made if there is none yet."""

    job: str


class UseCertificate(Message, tag="use-certificate"):
    """Sign with the user's own certificate from now on: paths of PEM files, as system bytes."""

    job: str
    chain: bytes
    key: bytes
    password: str


class ForgetCertificate(Message, tag="forget-certificate"):
    """Sign with the installation's certificate again."""

    job: str


class CleanSketch(Message, tag="clean-sketch"):
    """Make a sketch of `width` × `height` pixels of an image; see `sketch.cleaning`.

    The image is the file at `path` (as the system's bytes), or `file`: an encoded one, or pixels
    where the blob has a shape. The last image is kept as it was read, so that asking again with
    other settings is quick. `before` asks for the image as it was read.
    """

    job: str
    cleanup: Cleanup
    width: int
    height: int
    path: bytes = b""
    file: Blob | None = None
    before: bool = True


IdentityRequest = AskSigner | UseCertificate | ForgetCertificate


class CompareSketch(Message, tag="compare-sketch"):
    """How well the picture at `path`, or RGB pixels in `picture`, follows `sketch`, of its size.

    `weights` is a grey map as RGB, white where lines must be kept.
    """

    job: str
    sketch: Blob
    path: bytes = b""
    picture: Blob | None = None
    weights: Blob | None = None


MarkerWork = Check | Export | MakePage | IdentityRequest | CleanSketch | CompareSketch
MarkerRequest = MarkerWork | Shutdown


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


class PageMade(Message, tag="page-made"):
    """The complete page, `width` × `height` pixels, ready to be saved."""

    job: str
    file: Blob
    width: int
    height: int
    notices: tuple[str, ...] = ()


class Signing(Message, tag="signing"):
    """Who signs from now on."""

    job: str
    signer: SignerInfo


class SketchCleaned(Message, tag="sketch-cleaned"):
    """The sketch as RGB pixels, dark lines on white, and what was decided on the way to it."""

    job: str
    sketch: Blob
    found: CleanupFound
    before: Blob | None = None


class SketchCompared(Message, tag="sketch-compared"):
    """How well the sketch is followed, and a map of the picture's size: (H, W, 1), see
    `core.fidelity.LineClass`. Both are None for a sketch without lines."""

    job: str
    fidelity: Fidelity | None = None
    overlay: Blob | None = None


MarkerAnswer = Checked | Exported | PageMade | Signing | SketchCleaned | SketchCompared | Failed
MarkerEvent = Ready | MarkerAnswer

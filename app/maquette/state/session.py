"""What the artist is editing now: the panel's content and the window's layout, autosaved."""

from pathlib import Path

import msgspec

from maquette.core.files import write_atomically
from maquette.core.ip_adapter import IPAdapterUse
from maquette.core.recipe import DEFAULT_STRENGTH, MAX_PROMPT, Sampler
from maquette.core.style_image import DEFAULT_LIKE
from maquette.state.exports import ExportChoice
from maquette.state.lora_choice import LoraChoice
from maquette.state.sketch_choice import SketchChoice
from maquette.state.sketch_layout import SketchLayout
from maquette.state.style_choice import StyleChoice

KEPT_PROMPT = (
    2 * MAX_PROMPT
)  # longer text is cut when it is pasted; more would only slow the editor


class StartChoice(msgspec.Struct, frozen=True):
    """The picture to start from: its file, how much to change, and its record id if it is ours."""

    path: str
    strength: float = DEFAULT_STRENGTH
    record: str = ""


class LikeChoice(msgspec.Struct, frozen=True):
    """The style image: its file, how much of it is taken over (0 to 100), its record if ours.

    `adapter` is the IP-Adapter that does it; None does it without, or, while it is `automatic`,
    with the first that fits the model.
    """

    path: str
    strength: int = round(100 * DEFAULT_LIKE)
    record: str = ""
    adapter: IPAdapterUse | None = None
    automatic: bool = True


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the Create room, as typed; nothing here has been checked yet."""

    prompt: str = ""
    negative_prompt: str = ""
    width: int = 256
    height: int = 256
    steps: int = 20
    guidance_scale: float = 5.0
    sampler: Sampler = Sampler.UNIPC
    seed: int = 0
    seed_locked: bool = False
    count: int = 1
    start: StartChoice | None = None
    sketch: SketchChoice = SketchChoice()
    style: StyleChoice | None = None
    loras: tuple[LoraChoice, ...] = ()
    like: LikeChoice | None = None
    negative_open: bool = False
    advanced_open: bool = False


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How the window was left. `geometry` is Qt's own saved geometry, base64."""

    geometry: str = ""
    columns: tuple[int, ...] = ()
    right: tuple[int, ...] = ()
    background: str = "plain"
    shown: str = ""  # path of the picture on the stage
    export: ExportChoice = ExportChoice()  # how a copy was saved last
    export_preset: str = ""  # name of the preset that a batch went out with last
    export_folder: str = ""  # where it went
    library_columns: tuple[int, ...] = ()
    library_size: int = 160  # least side of a picture in the grid, in pixels
    library_searches: tuple[str, ...] = ()  # newest first
    sketch: SketchLayout = SketchLayout()


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is put away on closing and laid out again on opening."""

    session: Session
    layout: Layout = Layout()


def load_desk(path: Path) -> Desk | None:
    """Read what `save_desk` wrote; None if there is nothing or it cannot be read.

    An unreadable file is kept beside as `.bad`.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Desk)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError):
        try:
            path.replace(path.with_suffix(".bad"))
        except OSError:
            return None
        return None


def save_desk(path: Path, desk: Desk) -> None:
    """Write `desk` atomically. Raises OSError."""
    write_atomically(path, msgspec.json.encode(desk))


def storable_text(text: str) -> str:
    """`text` without lone surrogates (which no encoding takes), at most KEPT_PROMPT characters."""
    return text[:KEPT_PROMPT].encode("utf-8", "ignore").decode("utf-8")

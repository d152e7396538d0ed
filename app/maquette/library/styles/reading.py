"""Files of styles of any kind, told apart by their endings."""

from pathlib import Path

from maquette.core.plain_text import visible_text
from maquette.library.styles.foreign import read_a1111, read_fooocus
from maquette.library.styles.found import Found
from maquette.library.styles.style_files import ENDING, not_styles, read_style_file

_READERS = {ENDING: read_style_file, ".json": read_fooocus, ".csv": read_a1111}


def read_styles(path: Path) -> Found:
    """The styles in a file of ours, of Fooocus or of stable-diffusion-webui. Raises StyleError."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise not_styles(visible_text(path.name))
    return reader(path)

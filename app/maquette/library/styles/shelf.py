"""The shelf: the user's own styles, a .maquette-style file for each, and their trash."""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from maquette.core.errors import StyleError
from maquette.core.style import Style, check_style, is_style_id
from maquette.library.styles.carried_loras import LoraPlaces, loras_to_carry
from maquette.library.styles.copies import fresh_id
from maquette.library.styles.found import FoundStyle
from maquette.library.styles.shipped import shipped_sample, shipped_styles
from maquette.library.styles.style_files import (
    ENDING,
    check_sample,
    read_style_file,
    sample_of,
    write_style_file,
)

_TRASH = "trash"


class StyleShelf:
    """The folder of the user's styles. Everything blocks and belongs in a thread."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made at first need."""
        self._folder = folder

    def styles(self) -> tuple[list[Style], list[str]]:
        """(styles by name, sentences about files that cannot be used and stay where they are)."""
        styles: list[Style] = []
        problems: list[str] = []
        for path in _files(self._folder):
            try:
                (found,) = read_style_file(path, decode=False).styles
            except StyleError as error:
                problems.append(error.message)
            except ValueError:
                problems.append(
                    f"{path.name} in the folder of styles holds several; take it in with Import."
                )
            else:
                styles.append(msgspec.structs.replace(found.style, id=path.stem))
        return sorted(styles, key=lambda style: style.name.of("en").casefold()), problems

    def sample(self, style_id: str) -> bytes:
        """The sample picture of any style, an image file's content; b"" if there is none.

        Raises:
            StyleError: it cannot be read.
        """
        path = self._file(style_id)
        return sample_of(path) if path.is_file() else shipped_sample(style_id)

    def keep(self, style: Style, sample: bytes | None = None) -> None:
        """Write `style`, in the place of the one with its id.

        Args:
            sample: its sample picture, b"" for none; None leaves the one that is there.

        Raises:
            StyleError: it cannot be used, or the disk did not take it.
        """
        check_style(style)
        path = self._file(style.id)
        if sample is None:
            sample = self.sample(style.id)
        elif sample:
            check_sample(sample)
        write_style_file(path, [FoundStyle(style, sample)])

    def take_in(self, found: Iterable[FoundStyle]) -> tuple[list[Style], int]:
        """Keep styles out of a file: (those that are new, how many are here already).

        One that has the id of another style gets a new one. Raises StyleError.
        """
        known, _problems = self.styles()
        looks = {_look(style) for style in known} | {_look(style) for style in shipped_styles()}
        taken = {style.id for style in known} | {style.id for style in shipped_styles()}
        kept: list[Style] = []
        already = 0
        for each in found:
            style = each.style
            if _look(style) in looks:
                already += 1
                continue
            if style.id in taken or self._file(style.id).exists():
                style = msgspec.structs.replace(style, id=fresh_id())
            self.keep(style, each.sample)
            looks.add(_look(style))
            taken.add(style.id)
            kept.append(style)
        return kept, already

    def give_away(
        self, styles: Sequence[Style], path: Path, places: LoraPlaces | None = None
    ) -> tuple[str, ...]:
        """Write styles to one file, with their sample pictures and, by `places`, their LoRAs.

        Returns sentences about LoRAs that are not in it. Raises StyleError.
        """
        loras, notices = loras_to_carry(styles, places) if places else ({}, ())
        found = [FoundStyle(each, self.sample(each.id)) for each in styles]
        write_style_file(path, found, loras)
        return notices

    def trash(self, style_id: str) -> None:
        """Put a style into the trash. Raises StyleError."""
        path = self._file(style_id)
        self._move(path, self._folder / _TRASH / f"{time.time_ns()}-{path.name}")

    def restore(self, style_id: str) -> None:
        """Take the style that was put into the trash last out of it. Raises StyleError."""
        name = self._file(style_id).name
        trashed = _files(self._folder / _TRASH)
        found = [path for path in trashed if path.name.partition("-")[2] == name]
        if not found:
            raise StyleError("The style is not in the trash any more.")
        if (self._folder / name).exists():
            raise StyleError("Another style is in its place by now; delete that one first.")
        self._move(found[-1], self._folder / name)

    def purge(self, days: int) -> None:
        """Delete for good what has been in the trash for more than `days` days."""
        for path in _files(self._folder / _TRASH):
            since = path.name.partition("-")[0]
            if since.isdecimal() and int(since) < time.time_ns() - days * 86400 * 10**9:
                with suppress(OSError):
                    path.unlink()

    def _file(self, style_id: str) -> Path:
        if not is_style_id(style_id):
            raise StyleError("There is no such style; choose another one.")
        return self._folder / f"{style_id}{ENDING}"

    def _move(self, source: Path, target: Path) -> None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        except OSError as error:
            raise StyleError(
                f"The style could not be moved ({error.strerror}); check that the folder of "
                "styles can be written to.",
                str(error),
            ) from error


def _look(style: Style) -> Style:
    """`style` as it is compared: without its id, which differs from import to import."""
    return msgspec.structs.replace(style, id="")


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ENDING)
    except OSError:
        return []

"""`maquette styles`: list, import and export."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.cli.terminal import ExitCode, complain, printable, say
from maquette.core.errors import StyleError
from maquette.core.paths import absolute_path, cache_dir, loras_dir, settings_file, styles_dir
from maquette.core.settings import load_settings
from maquette.core.style import Style
from maquette.library.styles.carried_loras import LoraPlaces, take_loras
from maquette.library.styles.finding import find_style
from maquette.library.styles.reading import read_styles
from maquette.library.styles.searching import matches
from maquette.library.styles.shelf import StyleShelf
from maquette.library.styles.shipped import shipped_styles
from maquette.library.styles.style_files import ENDING


def known_styles() -> list[Style]:
    """The shipped styles and the user's own; what cannot be used is told."""
    own, problems = StyleShelf(styles_dir()).styles()
    for problem in problems:
        say(problem)
    return [*shipped_styles(), *own]


def run_list(query: str, *, own: bool, as_json: bool) -> int:
    """Print the styles that have the words of `query`."""
    styles = [style for style in known_styles() if matches(style, query)]
    if own:
        shipped = {style.id for style in shipped_styles()}
        styles = [style for style in styles if style.id not in shipped]
    for style in styles:
        if as_json:
            print(msgspec.json.encode(style).decode())
        else:
            names = " · ".join(name for name in (style.name.en, style.name.zh) if name)
            print(printable(f"{style.id:<17} {style.group:<8} {names}"))
    return ExitCode.DONE


def run_import(files: Sequence[Path]) -> int:
    """Take the styles of `files` in. Raises StyleError: the folder cannot be written to."""
    shelf = StyleShelf(styles_dir())
    code = ExitCode.DONE
    for file in files:
        try:
            found = read_styles(absolute_path(file))
        except StyleError as error:
            complain(error.message)
            code = ExitCode.USAGE
            continue
        for notice in found.notices:
            say(notice)
        kept, already = shelf.take_in(found.styles)
        taken = take_loras(absolute_path(file), [each.style for each in found.styles], _places())
        for notice in taken.notices:
            say(notice)
        for path in taken.paths:
            say(f"The LoRA {path.stem} came with it.")
        for style in kept:
            print(printable(f"{style.id}  {style.name.of('en')}"))
        if already:
            say(f"{already} of {file.name} {'is' if already == 1 else 'are'} here already.")
    return code


def run_export(file: Path, names: Sequence[str]) -> int:
    """Write styles to `file`. Raises StyleError."""
    shelf = StyleShelf(styles_dir())
    shipped = {style.id for style in shipped_styles()}
    known = known_styles()
    styles = [find_style(known, name) for name in names]
    styles = styles or [style for style in known if style.id not in shipped]
    if not styles:
        raise StyleError("There are no styles of your own yet; name some to export.")
    path = absolute_path(file)
    if path.suffix.lower() != ENDING:
        path = path.with_name(path.name + ENDING)
    for notice in shelf.give_away(styles, path, _places()):
        say(notice)
    print(path)
    return ExitCode.DONE


def _places() -> LoraPlaces:
    settings, _notice = load_settings(settings_file())
    return LoraPlaces(settings.loras, loras_dir(), cache_dir() / "digests.json")

"""No picture for the user is encoded anywhere but in the one function that marks it."""

import ast
from pathlib import Path

import pytest

import maquette

PACKAGE = Path(maquette.__file__).parent

# What encodes pictures, and for whom. Everything else must go through `seal`.
ALLOWED = {
    "provenance/encoding.py": "the encoder of `seal`",
    "provenance/watermark/arrays.py": "JPEG copies that the watermark is tried on, in memory",
    "provenance/manifest/adopting.py": "a picture of one pixel on which a certificate is tried",
    "library/thumbnails.py": "small copies for lists, in the cache",
    "library/sketches/layer_images.py": "layers of sketches, which are people's own work",
}
WRITERS = {"imwrite", "imencode", "toqimage", "toqpixmap", "imsave", "write_png"}
SAVERS = ("writer", "exports", "projects")
SKETCHES = ("library/sketches/", "library/ingredients.py")
ENCODER_IMPORTERS = {"provenance/seal.py", "provenance/sheets/sealing.py"}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def encodes(path: Path) -> list[str]:
    """The calls in a file that look like writing an image: `x.save(target, ...)` and the like.

    A painter's or store's `save()` takes no target.
    """
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            takes_target = bool(node.args or node.keywords)
            if name in WRITERS or (name == "save" and takes_target and not is_ours(node)):
                found.append(f"{path.name}:{node.lineno} {ast.unparse(node.func)}")
    return found


def is_ours(call: ast.Call) -> bool:
    """Whether this is the `save` of something that writes no pixels itself.

    A writer and the exports are given sealed files, and projects are sketches.
    """
    return any(name in ast.unparse(call.func).lower() for name in SAVERS)


def sources() -> dict[str, Path]:
    return {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}


def test_only_the_encoder_and_the_thumbnails_write_images() -> None:
    offenders = [
        call for name, path in sources().items() if name not in ALLOWED for call in encodes(path)
    ]
    assert offenders == []


@pytest.mark.parametrize("name", ALLOWED)
def test_what_may_write_images_does(name: str) -> None:
    assert encodes(PACKAGE / name)


def test_only_sealing_uses_the_encoder() -> None:
    users = {
        name
        for name, path in sources().items()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "maquette.provenance.encoding"
        and "encode" in {alias.name for alias in node.names}
    }
    assert users == ENCODER_IMPORTERS


def test_only_what_keeps_sketches_uses_their_encoder() -> None:
    users = {
        name
        for name, path in sources().items()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "maquette.library.sketches.layer_images"
    }
    assert users
    assert all(name.startswith(SKETCHES) for name in users), users


@pytest.mark.parametrize("package", ["gui", "state", "engine", "library", "protocol", "core"])
def test_the_window_neither_seals_nor_exports_itself(package: str) -> None:
    forbidden = {"maquette.provenance.seal", "maquette.provenance.export"}
    for path in sorted((PACKAGE / package).rglob("*.py")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in forbidden, path

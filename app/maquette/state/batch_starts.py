"""The pictures that a batch starts from: read, fitted to its recipes, and named in them."""

import hashlib
from pathlib import Path

import msgspec

from maquette.core.batch.plan import BatchPlan
from maquette.core.batch.problem import BatchProblem
from maquette.core.errors import ImageError
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import Recipe
from maquette.core.start import Start
from maquette.provenance.start_file import StartFile, read_start_file
from maquette.state.pictures import fit_pixels, read_pixels

MAX_BYTES = 512 << 20
"""Of all fitted pixels and signed files of one batch, which are held at once and queued."""


class BatchOrder(msgspec.Struct, frozen=True):
    """What a batch asks for, complete: recipes, their start images by digest, or the problems.

    `name` is that of its file, `lines` are the numbers of the lines that ask for the recipes, one
    for each. `digest` is over everything that these follow from, but for seeds that were drawn.
    """

    name: str
    digest: str
    lines: tuple[int, ...]
    recipes: tuple[Recipe, ...]
    starts: dict[str, Start]
    problems: tuple[BatchProblem, ...]
    remarks: tuple[str, ...]


def complete_order(plan: BatchPlan) -> BatchOrder:
    """Read what the pictures of `plan` start from. Blocking, seconds for many large pictures."""
    return _Starts().complete(plan)


class _Starts:
    """Each file is read once, and fitted once to each size."""

    def __init__(self) -> None:
        self._starts: dict[str, Start] = {}
        self._fitted: dict[tuple[str, int, int], tuple[str, str] | ImageError] = {}
        self._last: tuple[str, Pixels, StartFile] | None = None
        self._bytes = 0
        self._remarks: dict[str, None] = {}

    def complete(self, plan: BatchPlan) -> BatchOrder:
        recipes: list[Recipe] = []
        problems = dict.fromkeys(plan.problems)
        for picture in plan.pictures:
            recipe = picture.recipe
            if recipe.start is not None:
                try:
                    digest, record = self._name(picture.start, recipe)
                except ImageError as error:
                    problems[BatchProblem(picture.line, error.message)] = None
                    continue
                start = msgspec.structs.replace(recipe.start, digest=digest, record=record)
                recipe = msgspec.structs.replace(recipe, start=start)
            if self._bytes > MAX_BYTES:
                break
            recipes.append(recipe)
        if self._bytes > MAX_BYTES:
            sentence = (
                f"The start pictures take more than {MAX_BYTES >> 20} MiB together; "
                "please split the batch."
            )
            problems[BatchProblem(0, sentence)] = None
        parts = "\n".join((plan.digest, *sorted(self._starts)))
        return BatchOrder(
            name=plan.name,
            digest=hashlib.sha256(parts.encode()).hexdigest(),
            lines=tuple(picture.line for picture in plan.pictures),
            recipes=() if problems else tuple(recipes),
            starts={} if problems else self._starts,
            problems=tuple(sorted(problems)),
            remarks=(*plan.remarks, *self._remarks),
        )

    def _name(self, path: str, recipe: Recipe) -> tuple[str, str]:
        """(digest of the fitted pixels, record id if it is a picture of ours)."""
        key = (path, recipe.width, recipe.height)
        if key not in self._fitted:
            try:
                self._fitted[key] = self._fit(*key)
            except ImageError as error:
                self._fitted[key] = error
        found = self._fitted[key]
        if isinstance(found, ImageError):
            raise found
        return found

    def _fit(self, path: str, width: int, height: int) -> tuple[str, str]:
        if self._last is None or self._last[0] != path:
            self._last = (path, read_pixels(path), read_start_file(Path(path)))
        _path, pixels, file = self._last
        if file.notice:
            self._remarks[file.notice] = None
        fitted = fit_pixels(pixels, width, height)
        digest = pixel_digest(fitted)
        if digest not in self._starts:
            self._bytes += fitted.nbytes + len(file.file)
            self._starts[digest] = Start(fitted, file.file)
        return digest, file.record

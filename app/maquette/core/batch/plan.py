"""From a batch file to the recipes it asks for, or to everything that is wrong with it."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec

from maquette.core.batch.problem import BatchError, BatchProblem
from maquette.core.batch.readers import read_rows
from maquette.core.batch.row import MAX_VALUES, BatchRow
from maquette.core.batch.source import Source, read_source
from maquette.core.batch.variants import Template, TemplateParser
from maquette.core.batch.wildcards import Wildcards
from maquette.core.errors import InputError, ModelError
from maquette.core.model_files import find_model
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import (
    DEFAULT_STRENGTH,
    MAX_SEED,
    ModelRef,
    Recipe,
    Sampler,
    StartImage,
    check_recipe,
    draw_seed,
)
from maquette.core.style import Phrasing, Style, put_on, ref_of

MAX_PICTURES = 20_000
"""Of one batch; a queue of them is still listed and stored without a pause."""

FindModel = Callable[[str], tuple[Path, ModelInfo]]
FindStyle = Callable[[str], Style | None]
"""The style of exactly this id or name; None for other words."""


class BatchPicture(msgspec.Struct, frozen=True):
    """A picture to be made: the line that asks for it, its recipe, and what it starts from.

    `start` is the file's path, "" for none; its digest in the recipe is still empty.
    """

    line: int
    recipe: Recipe
    start: str = ""


class BatchPlan(msgspec.Struct, frozen=True):
    """All that a batch file asks for. It can be used if there are no `problems`.

    `digest` (sha256, hex) is over everything the plan follows from, `remarks` are sentences.
    """

    name: str
    digest: str
    pictures: tuple[BatchPicture, ...] = ()
    problems: tuple[BatchProblem, ...] = ()
    remarks: tuple[str, ...] = ()


def plan_batch(
    path: Path,
    *,
    defaults: BatchRow | None = None,
    model: str = BUILT_IN,
    find: FindModel = find_model,
    find_style: FindStyle = lambda _name: None,
) -> BatchPlan:
    """Read the batch file at `path` and check it as a whole. Blocking; nothing is changed.

    Args:
        defaults: what the lines leave open.
        model: the model of those that name none, also by `defaults`.
        find_style: what is no style is words that are joined to the prompt.

    Raises:
        InputError: the file cannot be read, or is of another kind.
    """
    source: Source | None = None
    try:
        source = read_source(path)
        read = read_rows(path.name, source.text)
    except BatchError as error:
        digest = hashlib.sha256(source.data if source else b"").hexdigest()
        return BatchPlan(path.name, digest, problems=error.problems)
    defaults = defaults or BatchRow()
    wildcards = Wildcards(path.parent)
    planner = _Planner(path.parent, wildcards, defaults.model or model, find, find_style)
    pictures = planner.pictures([row.filled(defaults) for row in read.rows])
    problems = (*read.problems, *planner.problems)
    if not pictures and not problems:
        problems = (BatchProblem(0, f"{path.name} has no prompts in it."),)
    parts = [source.data, msgspec.json.encode(defaults), model.encode()]
    for name, data in wildcards.read:
        parts += [name.encode(), data]
    parts += [msgspec.json.encode(style) for style in planner.styles]
    return BatchPlan(
        name=path.name,
        digest=_digest(parts),
        pictures=() if problems else tuple(pictures),
        problems=tuple(sorted(set(problems))),
        remarks=(source.remark,) if source.remark else (),
    )


def _digest(parts: list[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


_Styled = tuple[Template, Style | None]


class _Planner:
    """Draws up rows one by one; what is wrong with them gathers in `problems`."""

    def __init__(
        self,
        folder: Path,
        wildcards: Wildcards,
        model: str,
        find: FindModel,
        find_style: FindStyle,
    ) -> None:
        self.problems: list[BatchProblem] = []
        self._find_style = find_style
        self._named: dict[str, Style | None] = {}
        self._folder = folder
        self._parser = TemplateParser(wildcards.lines)
        self._model = model
        self._find = find
        self._models: dict[str, ModelInfo | InputError] = {}
        self._starts: dict[str, str | InputError] = {}

    @property
    def styles(self) -> list[Style]:
        """The styles that are named."""
        return [style for style in self._named.values() if style]

    def pictures(self, rows: list[BatchRow]) -> list[BatchPicture]:
        """The pictures of all rows that have nothing wrong."""
        drafts = [(row, templates) for row in rows if (templates := self._templates(row))]
        total = sum(_number_of(row, templates) for row, templates in drafts)
        if total > MAX_PICTURES:
            self.problems.append(
                BatchProblem(
                    0,
                    f"The batch asks for {total:,} pictures, and {MAX_PICTURES:,} are the most; "
                    "please split it.",
                )
            )
            # Still each line is checked, by its first picture.
            drafts = [(_first_of(row), templates[:1]) for row, templates in drafts]
        pictures: list[BatchPicture] = []
        for row, templates in drafts:
            try:
                pictures += self._drawn_up(row, templates, only_first=total > MAX_PICTURES)
            except InputError as error:
                self.problems.append(BatchProblem(row.line, error.message))
        return pictures

    def _templates(self, row: BatchRow) -> list[_Styled]:
        """The prompts of `row`, each with each of its styles."""
        templates: list[_Styled] = []
        try:
            for prompt in row.prompts or ():
                for words in row.styles or ("",):
                    style = self._style_of(words.strip())
                    joined = "" if style else words.strip()
                    text = ", ".join(part for part in (prompt.strip(), joined) if part)
                    if not text and style is None:
                        raise InputError("This line has no prompt.")
                    templates.append((self._parser.parse(text), style))
            if row.count is not None and not 1 <= row.count <= MAX_VALUES:
                raise InputError(
                    f"The count must be between 1 and {MAX_VALUES:,}, not {row.count}."
                )
        except InputError as error:
            self.problems.append(BatchProblem(row.line, error.message))
            return []
        return templates

    def _style_of(self, words: str) -> Style | None:
        """Raises InputError: several styles have the name."""
        if words not in self._named:
            self._named[words] = self._find_style(words) if words else None
        return self._named[words]

    def _drawn_up(
        self, row: BatchRow, templates: list[_Styled], *, only_first: bool
    ) -> Iterator[BatchPicture]:
        """Raises InputError for the first thing that is wrong with `row`."""
        info = self._model_of(row)
        start = self._start_of(row)
        width, height = info.default_size
        seeds = row.seeds or (draw_seed(),)
        recipe = Recipe(
            prompt="",
            negative_prompt=row.negative_prompt or "",
            seed=0,
            width=width if row.width is None else row.width,
            height=height if row.height is None else row.height,
            steps=info.default_steps if row.steps is None else row.steps,
            guidance_scale=(
                info.default_guidance if row.guidance_scale is None else row.guidance_scale
            ),
            sampler=row.sampler or Sampler.UNIPC,
            model=ModelRef(id=info.id, digest=info.digest, name=info.name),
            start=(
                StartImage("", DEFAULT_STRENGTH if row.strength is None else row.strength)
                if start
                else None
            ),
        )
        for template, style in templates:
            styled = _styled(recipe, row, style)
            for prompt_for in template.prompts():
                for first in seeds:
                    for number in range(row.count or 1):
                        # Only a count goes round to 0; a seed that is too large is a mistake.
                        seed = first + number
                        seed = seed if number == 0 else seed % (MAX_SEED + 1)
                        made = _worded(styled, clean_prompt(prompt_for(seed)), seed, style)
                        check_recipe(made, info.latent_factor)
                        yield BatchPicture(row.line, made, start)
                        if only_first:
                            return

    def _model_of(self, row: BatchRow) -> ModelInfo:
        name = row.model or self._model
        if name not in self._models:
            try:
                self._models[name] = self._find(_model_path(name, self._folder))[1]
            except InputError as error:
                self._models[name] = error
        found = self._models[name]
        if isinstance(found, InputError):
            raise found
        return found

    def _start_of(self, row: BatchRow) -> str:
        if not row.start:
            if row.strength is not None:
                raise InputError("The strength needs a picture to start from; name one in start.")
            return ""
        if row.start not in self._starts:
            try:
                self._starts[row.start] = _inside(self._folder, row.start)
            except InputError as error:
                self._starts[row.start] = error
        found = self._starts[row.start]
        if isinstance(found, InputError):
            raise found
        return found


def _styled(recipe: Recipe, row: BatchRow, style: Style | None) -> Recipe:
    """`recipe` with what `style` says, but for its words; what the row says itself holds."""
    if style is None:
        return recipe
    said = {
        name: getattr(style, name)
        for name in ("steps", "guidance_scale", "sampler")
        if getattr(row, name) is None and getattr(style, name) is not None
    }
    return msgspec.structs.replace(recipe, style=ref_of(style), loras=style.loras, **said)


def _worded(recipe: Recipe, prompt: str, seed: int, style: Style | None) -> Recipe:
    worn = Phrasing(prompt, recipe.negative_prompt)
    if style is not None:
        worn = put_on(style, worn)
    return msgspec.structs.replace(
        recipe, prompt=worn.prompt, negative_prompt=worn.negative, blend=worn.blend, seed=seed
    )


def _number_of(row: BatchRow, templates: list[_Styled]) -> int:
    prompts = sum(template.combinations for template, _style in templates)
    return prompts * len(row.seeds or ("drawn",)) * (row.count or 1)


def _first_of(row: BatchRow) -> BatchRow:
    return msgspec.structs.replace(row, seeds=row.seeds[:1] if row.seeds else None, count=1)


def _model_path(name: str, folder: Path) -> str:
    """Absolute, seen from the batch file. Raises ModelError for one on another machine."""
    if name == BUILT_IN:
        return name
    if name.startswith(("\\\\", "//")):
        raise ModelError("A batch may name models on this machine only; please copy the model.")
    try:
        return os.path.abspath(folder / Path(name).expanduser())
    except RuntimeError as error:  # the home folder of somebody whom the system does not know
        raise ModelError(f"There is no model at {name}; please check the path.") from error


def _inside(folder: Path, name: str) -> str:
    """The file `name` in `folder` or below it, and nowhere else. Raises InputError."""
    relative = name.replace("\\", "/")
    windows = PureWindowsPath(relative)
    outside = InputError(
        f"The start picture {name} must lie in the folder of the batch file; copy it there."
    )
    # Before the path is touched: on Windows, one of another machine would be asked for.
    if windows.drive or windows.root or PurePosixPath(relative).is_absolute():
        raise outside
    try:
        path = (folder / relative).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise outside
        if not path.is_file():
            raise InputError(f"There is no start picture {name} beside the batch file.")
    except (OSError, ValueError) as error:
        raise InputError(f"The start picture {name} cannot be read.", str(error)) from error
    return str(path)

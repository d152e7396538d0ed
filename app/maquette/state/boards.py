"""Boards of variants: drawn up from the panel, queued as one group, kept with their labels."""

import asyncio
import datetime
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

import maquette
from maquette.core.contact_sheet import SheetPicture
from maquette.core.errors import RecipeError, SaveError
from maquette.core.export_preset import ContactSheet, SheetKind
from maquette.core.follow import DEFAULT_FOLLOW
from maquette.core.gallery import GalleryPicture
from maquette.core.job import Job
from maquette.core.model_info import ModelInfo
from maquette.core.prompt import clean_prompt
from maquette.core.recipe import MAX_SEED, Recipe
from maquette.core.variants_board import MAX_CELLS, Axis, AxisValues, Board, BoardPlan, columns_for
from maquette.library.exports.sheets import PageMaker, write_sheets
from maquette.library.variants_boards import keep_board, read_boards
from maquette.state.copying import copy_picture_file
from maquette.state.drafting import Draft, Drafting
from maquette.state.jobs import Jobs
from maquette.state.notices import Notices
from maquette.state.prompt_words import Chip, ChipKind, put
from maquette.state.results import Picture, Results
from maquette.state.session import Session
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.style_cells import Cell

Submit = Callable[[Draft, str, str], Awaitable[tuple[Job, ...]]]
LookUp = Callable[[Sequence[str]], Awaitable[Sequence[GalleryPicture]]]
"""The library's pictures that some records are of, the newest first. Raises LibraryError."""

_KINDS = {
    Axis.LOOK: ChipKind.LOOK,
    Axis.MATERIAL: ChipKind.MATERIAL,
    Axis.COLOUR: ChipKind.COLOUR,
    Axis.BACKGROUND: ChipKind.BACKGROUND,
    Axis.LIGHT: ChipKind.LIGHT,
}


MAX_SHEET_COLUMNS = 12


class BoardList(msgspec.Struct, frozen=True):
    """The boards that are kept, the newest first."""

    boards: tuple[Board, ...] = ()


class Boards(QObject):
    """What the board dialog and the board view ask for.

    Signals:
        found(): the library told where pictures of a board are.
        wanted(Board): somebody wants to see this board.
    """

    found = Signal()
    wanted = Signal(object)

    def __init__(
        self,
        *,
        folder: Path,
        drafting: Drafting,
        jobs: Jobs,
        results: Results,
        settings: SettingsStore,
        notices: Notices,
        maker: PageMaker,
        submit: Submit,
        look_up: LookUp,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.list = Store(BoardList(), self)
        self._folder = folder
        self._drafting = drafting
        self._jobs = jobs
        self._results = results
        self._settings = settings
        self._notices = notices
        self._maker = maker
        self._submit = submit
        self._look_up = look_up
        self._older: dict[str, Picture] = {}  # by record, of the board that was looked up last

    async def restore(self) -> None:
        """Read the boards of earlier sessions."""
        self.list.replace(BoardList(await asyncio.to_thread(read_boards, self._folder)))

    def seconds_for(self, plan: BoardPlan) -> float | None:
        """How long `plan` takes at the pace of the last pictures; None while there is none."""
        pace = self._jobs.activity.value.seconds_per_image
        return None if pace is None else pace * plan.cells

    async def queue_up(
        self, plan: BoardPlan, session: Session, model: ModelInfo, name: str
    ) -> Board:
        """Queue `plan` as one group, called `name`, and keep its labels.

        Raises:
            RecipeError: it has no cell or too many, or the panel's content makes no recipe.
            LibraryError: the queue cannot be written; nothing is queued then.
        """
        draft = await self._draw_up(plan, session, model)
        rows, columns = (labels(axis) for axis in (plan.rows, plan.columns))
        jobs = await self._submit(draft, name, secrets.token_hex(8))
        board = Board(
            id=jobs[0].group,
            name=name,
            created=time.time(),
            rows=rows,
            columns=columns,
            seeds=plan.seeds,
            records=tuple(job.record_id for job in jobs),
        )
        await self._add(board)
        return board

    async def queue_cells(self, cells: Sequence[Cell], model: ModelInfo, name: str) -> Board:
        """Queue a picture for each of `cells` as one group, called `name`, and keep the labels.

        When all are made, their sheet is written by itself.

        Raises:
            RecipeError: it has no cell or too many, or a cell makes no recipe.
            ImageError: something that they are made from cannot be read.
            LibraryError: the queue cannot be written; nothing is queued then.
        """
        _check_number(len(cells))
        drafts = [
            await self._drafting.draft(msgspec.structs.replace(cell.session, count=1), model)
            for cell in cells
        ]
        images = {digest: px for each in drafts for digest, px in each.images.items()}
        recipes = tuple(each.recipes[0] for each in drafts)
        draft = Draft(recipes, drafts[0].start, images)
        jobs = await self._submit(draft, name, secrets.token_hex(8))
        board = Board(
            id=jobs[0].group,
            name=name,
            created=time.time(),
            rows=tuple(cell.label for cell in cells),
            columns=("",),
            seeds=1,
            records=tuple(job.record_id for job in jobs),
            across=columns_for(len(cells)),
            sheet="",
        )
        await self._add(board)
        return board

    async def change(self, board: Board) -> None:
        """Keep `board` in the place of the one with its id."""
        others = self.list.value.boards
        self.list.update(boards=tuple(board if b.id == board.id else b for b in others))
        await self._keep(board)

    async def _add(self, board: Board) -> None:
        self.list.update(boards=(board, *self.list.value.boards))
        await self._keep(board)

    async def _keep(self, board: Board) -> None:
        try:
            await asyncio.to_thread(keep_board, self._folder, board)
        except OSError as error:
            self._notices.fail(
                "The labels of the board could not be saved; the pictures are made all the same.",
                str(error),
            )

    def want(self, board_id: str) -> None:
        """Somebody wants to see the board of this id."""
        board = next((each for each in self.list.value.boards if each.id == board_id), None)
        if board is not None:
            self.wanted.emit(board)

    async def look_up(self, board: Board) -> None:
        """Ask the library where older pictures of `board` are. Raises LibraryError."""
        self._older = {}
        wanted = [r for r, path in zip(board.records, self.paths(board), strict=True) if not path]
        pictures = await self._look_up(wanted) if wanted else ()
        older = {
            picture.record.id: Picture(str(picture.path), picture.record)
            for picture in reversed(pictures)
            if picture.record is not None
        }
        self._older = older
        if older:
            self.found.emit()

    def show(self, board: Board, place: int) -> None:
        """Show the picture at `place` on the stage."""
        path = self.paths(board)[place]
        older = self._older.get(board.records[place])
        if older is not None and older.path == path:
            self._results.lay_out(older)
        else:
            self._results.show(path)

    def paths(self, board: Board) -> tuple[str, ...]:
        """The file of each picture of `board`, "" for those that are not there (yet)."""
        made = {record: picture.path for record, picture in self._older.items()}
        made |= {picture.record.id: picture.path for picture in self._results.recent.value.pictures}
        made |= {
            job.record_id: job.path
            for job in self._jobs.list.value.jobs
            if job.group == board.id and job.path
        }
        return tuple(made.get(record, "") for record in board.records)

    async def export_sheet(self, board: Board, target: Path) -> Path:
        """Write the board as one labelled sheet (PNG) beside the name of `target`; its path.

        What is not finished leaves its place empty. A board wider than a sheet may be has the
        names below its pictures.

        Raises:
            SaveError: nothing is finished yet, or the disk did not take it.
            MaquetteError: the sheet could not be drawn or signed.
        """
        paths = self._finished(board)
        width = board.across or len(board.columns) * board.seeds
        is_grid = width <= MAX_SHEET_COLUMNS and not board.across
        pictures = [
            SheetPicture(
                path=str(path).encode("utf-8", "surrogateescape") if path else b"",
                name="" if is_grid else board.words(place),
                record_id=board.records[place] if path else "",
            )
            for place, path in enumerate(paths)
            if path or is_grid or board.across
        ]
        sheet = ContactSheet(
            kinds=(SheetKind.PNG,),
            columns=min(MAX_SHEET_COLUMNS, width),
            title=board.name,
        )
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        written = await write_sheets(
            target.parent,
            sheet,
            pictures,
            self._maker,
            self._settings.value.marking,
            created=now,
            tool=f"Maquette {maquette.__version__}",
            name=target.stem,
            heads=board.heads if is_grid else (),
            sides=board.rows if is_grid else (),
        )
        return written[0]

    async def export_pictures(self, board: Board, folder: Path) -> tuple[Path, ...]:
        """Copy the finished pictures with all their marks, named by row and column; their paths.

        Files of the same name are replaced.

        Raises:
            SaveError: nothing is finished yet, or the disk did not take a file.
        """
        copies = {
            Path(path): folder / f"{board.file_name(place)}{Path(path).suffix}"
            for place, path in enumerate(self._finished(board))
            if path
        }
        for path, copy in copies.items():
            await asyncio.to_thread(copy_picture_file, path, copy)
        return tuple(copies.values())

    def _finished(self, board: Board) -> tuple[str, ...]:
        """As `paths`; raises SaveError if there is none."""
        paths = self.paths(board)
        if not any(paths):
            raise SaveError("None of the board's pictures is finished yet; please wait for one.")
        return paths

    # --- drawing up -----------------------------------------------------------------------------

    async def _draw_up(self, plan: BoardPlan, session: Session, model: ModelInfo) -> Draft:
        _check_number(plan.cells)
        session = msgspec.structs.replace(session, count=1)
        drafts: dict[int, Draft] = {}
        recipes: list[Recipe] = []
        for row in plan.rows.values:
            for column in plan.columns.values:
                cell = varied(session, plan.rows.axis, row)
                cell = varied(cell, plan.columns.axis, column)
                follow = cell.sketch.follow
                if follow not in drafts:
                    drafts[follow] = await self._drafting.draft(cell, model)
                recipes += _with_seeds(drafts[follow].recipes[0], cell, plan.seeds)
        images = {digest: px for each in drafts.values() for digest, px in each.images.items()}
        start = next(iter(drafts.values())).start
        return Draft(tuple(recipes), start, images)


def _check_number(cells: int) -> None:
    if not cells:
        raise RecipeError("A board needs at least one word in its rows and columns.", "board")
    if cells > MAX_CELLS:
        raise RecipeError(
            f"A board may have {MAX_CELLS} pictures at most, and this one asks for "
            f"{cells}; take some words or seeds away.",
            "board",
        )


def _with_seeds(recipe: Recipe, cell: Session, seeds: int) -> list[Recipe]:
    prompt = clean_prompt(cell.prompt)
    return [
        msgspec.structs.replace(recipe, prompt=prompt, seed=(cell.seed + number) % (MAX_SEED + 1))
        for number in range(seeds)
    ]


def varied(session: Session, axis: Axis, value: str) -> Session:
    """`session` as a cell with `value` on `axis` has it."""
    match axis:
        case Axis.SEED:
            seed = (session.seed + _number(value, 1) - 1) % (MAX_SEED + 1)
            return msgspec.structs.replace(session, seed=seed)
        case Axis.FOLLOW:
            follow = min(100, max(0, _number(value, DEFAULT_FOLLOW)))
            sketch = msgspec.structs.replace(session.sketch, follow=follow, parts=None)
            return msgspec.structs.replace(session, sketch=sketch)
        case Axis.STYLE:
            prompt = f"{session.prompt.rstrip().rstrip(',，')}, {value}".lstrip(", ")
            return msgspec.structs.replace(session, prompt=prompt)
        case _:
            chip = Chip(_KINDS[axis], value, (value,), (value,))
            return msgspec.structs.replace(session, prompt=put(session.prompt, chip))


def labels(values: AxisValues) -> tuple[str, ...]:
    """What stands beside the rows or above the columns."""
    if values.axis is Axis.SEED:
        return tuple(f"#{value}" for value in values.values)
    return values.values


def parse_values(text: str) -> tuple[str, ...]:
    """The values that a person typed, one a line or with commas between; each once, in order."""
    parts = (part.strip() for part in text.replace("，", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _number(text: str, otherwise: int) -> int:
    digits = text.strip().lstrip("#")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else otherwise

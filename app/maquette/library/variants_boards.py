"""Boards of variants on disk: one small JSON file each, so that labels outlive the queue."""

import re
from pathlib import Path

import msgspec

from maquette.core.files import write_atomically
from maquette.core.variants_board import Board

KEPT = 200  # boards that are listed, the newest
MAX_BYTES = 256 << 10
_NAME = re.compile(r"[0-9a-f]{8,32}\.json")


def keep_board(folder: Path, board: Board) -> None:
    """Write `board` into `folder`. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / f"{board.id}.json", msgspec.json.encode(board))


def read_boards(folder: Path) -> tuple[Board, ...]:
    """The newest boards in `folder`, the newest first; files that cannot be read are passed by."""
    boards = [board for path in _files(folder) if (board := _read(path)) is not None]
    return tuple(sorted(boards, key=lambda board: board.created, reverse=True)[:KEPT])


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:
        return []


def _read(path: Path) -> Board | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        board = msgspec.json.decode(path.read_bytes(), type=Board)
    except (OSError, msgspec.DecodeError):
        return None
    expected = len(board.rows) * len(board.columns) * board.seeds
    is_sound = board.id == path.stem and 0 < len(board.records) == expected
    return board if is_sound else None

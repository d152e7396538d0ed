"""`maquette verify`: what picture files carry, and what that means."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from maquette.cli.terminal import ExitCode, complain, printable
from maquette.core.errors import ImageError, InputError
from maquette.core.marking import Profile
from maquette.core.record import spoken_id
from maquette.core.report import Outcome, Report, Verdict
from maquette.marker.checker import check, read_file
from maquette.provenance.compliance import RowResult, check_profile

TAMPERED = 3
"""The exit code that says that a file is not what it claims to be."""

_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".jfif", ".webp", ".avif", ".tif", ".tiff"))
_SIGNS = {Outcome.GOOD: "+", Outcome.BAD: "x", Outcome.WARNING: "!", Outcome.ABSENT: "-"}
_HEADINGS = {
    Verdict.SIGNED_INTACT: "Signed and intact",
    Verdict.SIGNED_UNKNOWN_SIGNER: "Signed, signer unknown",
    Verdict.TAMPERED: "Tampered",
    Verdict.RECOVERED_BY_WATERMARK: "Recovered by watermark",
    Verdict.MARK_UNKNOWN_ID: "Mark of an unknown library",
    Verdict.METADATA_ONLY: "Metadata only",
    Verdict.SIMILAR: "Similar to one of yours",
    Verdict.NOTHING_FOUND: "Nothing found",
}


class _Checked(msgspec.Struct):
    """One file: its report or why there is none, and the rows of a profile if one was asked for."""

    path: Path
    report: Report | None = None
    error: str = ""
    rows: tuple[RowResult, ...] = ()


def run_verify(
    paths: Iterable[Path], *, as_json: bool, strict: bool, quick: bool, profile: str
) -> int:
    """Check every file of `paths`, folders with all that is in them.

    Returns:
        The gravest exit code of all files.

    Raises:
        InputError: there is no such profile, or no picture in the folders.
    """
    chosen = _profile(profile)
    worst = None
    for path in _files(paths):
        checked = _check(path, thorough=not quick, profile=chosen)
        if as_json:
            print(msgspec.json.encode(_as_json(checked)).decode(), flush=True)
        elif checked.report is None:
            complain(f"{path}: {checked.error}")
        else:
            print("\n".join(printable(line).replace("\n", " ") for line in _lines(checked)))
            print(flush=True)
        worst = max(worst or 0, _code(checked, strict=strict))
    if worst is None:
        raise InputError("There are no pictures in these folders; name files or other folders.")
    return worst


def _profile(name: str) -> Profile | None:
    if not name:
        return None
    try:
        return Profile(name)
    except ValueError as error:
        names = ", ".join(Profile)
        raise InputError(f"There is no profile '{name}'; use one of {names}.") from error


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among `paths`, and the pictures in the folders among them, by name."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):  # links to folders are not followed
            folders.sort()
            yield from (
                Path(folder, name)
                for name in sorted(names)
                if Path(name).suffix.lower() in _SUFFIXES
            )


def _check(path: Path, *, thorough: bool, profile: Profile | None) -> _Checked:
    try:
        file = read_file(path)
        report = check(file, path.name, thorough=thorough)
        known = report.record_id if report.in_ledger else None
        rows = check_profile(file, profile, known) if profile else ()
    except ImageError as error:
        return _Checked(path, error=error.message)
    return _Checked(path, report, rows=tuple(rows))


def _code(checked: _Checked, *, strict: bool) -> int:
    if checked.report is None:
        return ExitCode.USAGE
    verdict = checked.report.verdict
    if verdict is Verdict.TAMPERED:
        return TAMPERED
    fine = verdict is Verdict.SIGNED_INTACT or (
        verdict is Verdict.RECOVERED_BY_WATERMARK and not strict
    )
    return ExitCode.DONE if fine and all(row.passed for row in checked.rows) else ExitCode.FAILED


def _as_json(checked: _Checked) -> dict[str, object]:
    # A path need not be valid text, and JSON is.
    told: dict[str, object] = {"path": str(checked.path).encode(errors="replace").decode()}
    if checked.report is None:
        return told | {"error": checked.error}
    told |= msgspec.to_builtins(checked.report)
    return told | {"profile": msgspec.to_builtins(checked.rows)} if checked.rows else told


def _lines(checked: _Checked) -> Iterator[str]:
    report = checked.report
    assert report is not None
    size = f"{report.width} x {report.height}, {report.format}, {report.file_bytes / 1024:,.0f} KiB"
    yield f"{checked.path}: {size}"
    yield f"  {_HEADINGS[report.verdict]}"
    yield f"  {report.sentence}"
    for evidence in report.evidence:
        detail = f"  [{evidence.detail}]" if evidence.detail else ""
        yield f"    {_SIGNS[evidence.outcome]} {evidence.sentence}{detail}"
    for sentence in report.history:
        yield f"    ~ {sentence}"
    if report.record_id:
        made = f", made {report.created} with {report.tool}" if report.created else ""
        yield f"  Record: {spoken_id(report.record_id)}{made}"
    if report.known_path:
        yield f"  Original: {report.known_path}"
    if report.recipe is not None:
        yield f"  Prompt: {report.recipe.prompt or '(empty)'}"
        yield f"  Seed: {report.recipe.seed}, {report.recipe.steps} steps"
    for row in checked.rows:
        yield f"    {'+' if row.passed else 'x'} {row.sentence}"

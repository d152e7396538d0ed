"""Reports of checks in the forms they leave the window in: text to paste, JSON and CSV files."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication

from maquette.core.errors import SaveError
from maquette.core.files import write_atomically
from maquette.core.plain_text import spreadsheet_cell, visible_text
from maquette.core.record import spoken_id
from maquette.core.report import Report
from maquette.state.messages import translate_sentence
from maquette.state.verdicts import OUTCOMES, said, verdict_words

COLUMNS = (
    "name",
    "verdict",
    "sentence",
    "record_id",
    "created",
    "tool",
    "format",
    "width",
    "height",
    "file_bytes",
    "history",
)


def report_text(report: Report) -> str:
    """The report as a person reads it, in the language of the window, without technical detail."""
    lines = [
        " · ".join(facts(report)),
        verdict_words(report.verdict),
        translate_sentence(report.sentence),
    ]
    if report.record_id:
        lines.append(
            QCoreApplication.translate("Reports", "Mark: {id}").format(
                id=spoken_id(report.record_id)
            )
        )
    lines += ["", QCoreApplication.translate("Reports", "Evidence")]
    for evidence in report.evidence:
        look = OUTCOMES[evidence.outcome]
        lines.append(f"{look.sign} {translate_sentence(evidence.sentence)} ({said(look.word)})")
    if report.history:
        lines += ["", QCoreApplication.translate("Reports", "What happened to it")]
        lines += [translate_sentence(sentence) for sentence in report.history]
    return "\n".join(lines) + "\n"


def facts(report: Report) -> list[str]:
    """Name, size in pixels, format, size of the file."""
    return [
        visible_text(report.name),
        f"{report.width} × {report.height}",
        report.format.upper(),
        file_size(report.file_bytes),
    ]


def file_size(count: int) -> str:
    """`count` bytes as people say them: 812 B, 41 KB, 3.2 MB."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB"


def reports_json(reports: Sequence[Report]) -> bytes:
    """A JSON array, each report as `maquette verify --json` gives it."""
    # One by one: encoding holds Python's lock, and the window waits for it.
    parts = [msgspec.json.format(msgspec.json.encode(report), indent=2) for report in reports]
    return b"[\n" + b",\n".join(parts) + b"\n]\n"


def reports_csv(reports: Sequence[Report]) -> bytes:
    """One row per report, for spreadsheets: UTF-8 with a mark, so that they read it as such."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for report in reports:
        values = [getattr(report, column) for column in COLUMNS]
        writer.writerow([_cell(value) for value in values])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula, whatever a stranger called their file."""
    if isinstance(value, tuple):
        value = " ".join(value)
    return spreadsheet_cell(value) if isinstance(value, str) else value


def write_reports(path: Path, reports: Sequence[Report]) -> None:
    """Write the reports to `path`, as CSV if it is called so, else as JSON.

    Raises:
        SaveError: the file is as it was.
    """
    is_csv = path.suffix.lower() == ".csv"
    try:
        write_atomically(path, reports_csv(reports) if is_csv else reports_json(reports))
    except OSError as error:
        raise SaveError(
            f"The reports could not be saved as {path.name} ({error.strerror}); "
            "choose another folder or free some space.",
            str(error),
        ) from error

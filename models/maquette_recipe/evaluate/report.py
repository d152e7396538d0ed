"""The evaluation's figures as a Markdown page, and the quick ones beside the published ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from maquette_recipe.evaluate.accuracy import SHOWN
from maquette_recipe.evaluate.agreement import TOLERANCE

_NAMES: Final = {"all": "both languages", "en": "English", "zh": "Chinese"}
_LEVELS: Final = (
    ("clean", "clean sketches"),
    ("augmented", "augmented sketches"),
    ("renders", "the renders themselves (upper bound)"),
    ("chance", "renders and other drawings (chance)"),
)
_BLANK: Final = "–"

Row = tuple[str, Callable[[Mapping[str, Any]], str]]


def _share(entry: Mapping[str, Any]) -> str:
    return f"{entry['share']:.1%} ({entry['low']:.1%} – {entry['high']:.1%})"


def _read(entry: Mapping[str, Any], *keys: str) -> Any:
    """The value under nested keys, or None where the evaluation did not measure it."""
    value: Any = entry
    for key in keys:
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    return value


def _cell(entry: Mapping[str, Any], shown: Callable[[Any], str], *keys: str) -> str:
    value = _read(entry, *keys)
    return _BLANK if value is None else shown(value)


def _rows(part: Mapping[str, Any]) -> list[Row]:
    """What the table shows; `part` says what the distances are called."""
    rows: list[Row] = []
    for language, spoken in _NAMES.items():
        for name in SHOWN:
            rows.append((
                f"{name} right, {spoken}",
                lambda e, a=language, b=name: _cell(e, _share, "accuracy", a, b),
            ))  # fmt: skip
    for name in SHOWN:
        rows.append((
            f"{name}: English minus Chinese, points",
            lambda e, b=name: _cell(
                e, lambda v: f"{100 * v['value']:+.1f} ({100 * v['low']:+.1f} to "
                f"{100 * v['high']:+.1f})", "english_minus_chinese", b,
            ),
        ))  # fmt: skip
    for kind in ("frechet", "kernel"):
        name = str(_read(part, "distance", kind, "name"))
        rows.append((name, lambda e, k=kind: _cell(e, _number, "distance", k, "value")))
        rows.append((
            f"{name}, between two halves of the renders",
            lambda e, k=kind: _cell(e, _number, "distance", "between_renders", k, "value"),
        ))  # fmt: skip
    for level, title in _LEVELS:
        rows.append((
            f"edge F1 within {TOLERANCE:g} pixels, best strength per picture, {title}",
            lambda e, a=level: _cell(e, _agreement, "sketches", a),
        ))  # fmt: skip
        rows.append((
            f"edge F1 at one strength for all, {title}",
            lambda e, a=level: _cell(e, lambda v: f"{v:.3f}", "sketches", a, "f1_fixed"),
        ))  # fmt: skip
        rows.append((
            f"chamfer distance in pixels, {title}",
            lambda e, a=level: _cell(e, lambda v: f"{v:.2f}", "sketches", a, "chamfer"),
        ))  # fmt: skip
    return rows


def _number(value: float) -> str:
    return f"{value:.4g}"


def _agreement(entry: Mapping[str, Any]) -> str:
    return (
        f"{entry['f1']:.3f} ({entry['f1_low']:.3f} – {entry['f1_high']:.3f}); precision "
        f"{entry['precision']:.3f}, recall {entry['recall']:.3f}"
    )


def table(columns: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Markdown lines of one table with a column per measured part, e.g. full and quick.

    Rows that no part has are left out.
    """
    titles = list(columns)
    lines = ["| figure | " + " | ".join(titles) + " |", "|---|" + "---|" * len(titles)]
    for name, shown in _rows(next(iter(columns.values()))):
        cells = [shown(part) for part in columns.values()]
        if any(cell != _BLANK for cell in cells):
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _counts(part: Mapping[str, Any]) -> str:
    sketches = _read(part, "sketches", "clean", "count")
    drawn = f"{sketches} held-out sketches at each level" if sketches else "no sketches"
    return (
        f"{part['captions']} captions, {_read(part, 'distance', 'real')} held-out renders, {drawn}"
    )


def _neighbours(entry: Mapping[str, Any]) -> list[str]:
    lines = [
        "", "## Does it copy?", "",
        f"Nearest of {entry['training']:,} training renders (and their mirror images) to each of "
        f"{entry['generated']} generated pictures without a style, against the same for held-out "
        "renders. Copies would give a ratio near 0.", "",
        "| space | mean distance, generated / held-out | closer than 99 % of held-out renders |",
        "|---|---|---|",
    ]  # fmt: skip
    for space in ("features", "pixels"):
        found = entry[space]
        lines.append(f"| {space} | {found['ratio']:.2f} | {found['suspicious_share']:.1%} |")
    return [*lines, "", "![The closest pairs](nearest-training.jpg)"]


def _diversity(entry: Mapping[str, Any]) -> list[str]:
    ratio = entry["ratio"]
    return [
        "", "## Does it vary?", "",
        f"Mean feature distance between {entry['seeds']} pictures of one caption, over "
        f"{entry['captions']} captions: {entry['generated']['value']:.3g}; between as many renders "
        f"of the same words: {entry['rendered']['value']:.3g}. Ratio {ratio['value']:.2f} "
        f"({ratio['low']:.2f} – {ratio['high']:.2f}).",
    ]  # fmt: skip


def _judge(entry: Mapping[str, Any]) -> list[str]:
    names = list(next(iter(entry.values())))
    lines = ["", "## How far the judge can be trusted", "",
             "Its own share of right answers on pictures that it was not trained on:", "",
             "| pictures | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]  # fmt: skip
    titles = {"kept_aside": "kept-aside renders, half of them styled",
              "held_out": "renders of held-out combinations, two fifths styled"}  # fmt: skip
    for key, title in titles.items():
        if key in entry:
            cells = [f"{entry[key][n]:.1%}" if n in entry[key] else _BLANK for n in names]
            lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return lines


def markdown(report: Mapping[str, Any]) -> str:
    """The page. `report` is what :func:`maquette_recipe.evaluate.run.evaluate` writes as JSON."""
    full, sampler = report["full"], report["sampler"]
    columns = {"full": full} | ({"quick": report["quick"]} if "quick" in report else {})
    lines = [
        f"# Evaluation of Maquette Mini {report['version']}", "",
        "Captions of form, colour and material combinations that were never trained, half English "
        "and half Chinese, two fifths with an art style, judged by a classifier that has seen "
        "renders and styled renders only. Colour and material count where the caption states them "
        f"and the style keeps them. Sampler: UniPC, {sampler['steps']} steps, guidance "
        f"{sampler['guidance']:g}. UNet samples trained: {report['samples_trained']:,}. Intervals "
        "are at 95 %.", "",
        f"Full: {_counts(full)}.",
    ]  # fmt: skip
    if "quick" in report:
        lines.append(
            f"Quick (`maquette-recipe evaluate --quick`): {_counts(report['quick'])}. "
            "Distances of so few pictures are larger for that alone."
        )
    lines += ["", *table(columns), "", f"Distances are between {full['distance']['features']}."]
    if "neighbours" in report:
        lines += _neighbours(report["neighbours"])
    if "diversity" in report:
        lines += _diversity(report["diversity"])
    if "judge" in report:
        lines += _judge(report["judge"])
    lines += ["", "## By class"]
    for name in ("form", "colour", "material", "style"):
        classes = sorted(full[f"by_{name}"].items(), key=lambda item: -item[1]["share"])
        cells = [f"{label.replace('_', ' ')} {share['share']:.0%}" for label, share in classes]
        lines += ["", f"By {name}: " + ", ".join(cells) + "."]
    return "\n".join(lines) + "\n"

"""Make the sample pictures of shipped styles: `python resources/make_style_samples.py [ID ...]`.

One subject in every style, with the built-in model and a fixed seed: 256 x 256 JPEG files of at
most 12 KiB in `maquette_resources/styles/samples`. They go the way of every picture, so they carry
the watermark and the AI labels; they are not signed, since a signature alone would be larger than
that. Without ids all styles are made; nothing of the user's library is touched.
"""

import argparse
import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from maquette.cli.export import ExportWishes, run_exports
from maquette.cli.making import MakingOptions, Outcome, make_pictures, set_up
from maquette.cli.marking_options import EncodingOptions, MarkingOptions
from maquette.cli.wishes import Wishes, draw_up
from maquette.core.export_preset import ExportPreset
from maquette.core.job import Job
from maquette.core.marking import FileFormat
from maquette.core.model_info import BUILT_IN
from maquette.core.paths import settings_file
from maquette.core.settings import load_settings, save_settings
from maquette.core.style import Style
from maquette.engine.queue import JobQueue
from maquette.library.exports.presets import write_preset_file
from maquette.library.styles.finding import find_style
from maquette.library.styles.shipped import shipped_styles

SAMPLES = Path(__file__).resolve().parent / "maquette_resources" / "styles" / "samples"
SUBJECT = "a blue ceramic teapot"
SEED = 7
MOST_KIB = 12


def main(arguments: Sequence[str]) -> int:
    """Make the samples; returns 1 if some picture could not be made."""
    parser = argparse.ArgumentParser(description="Make sample pictures of the shipped styles.")
    parser.add_argument("ids", nargs="*", help="ids or names of styles, else all")
    parser.add_argument("--out", type=Path, default=SAMPLES)
    parser.add_argument("--subject", default=SUBJECT)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(arguments)
    known = shipped_styles()
    styles = [find_style(known, name) for name in asked.ids] or list(known)
    with tempfile.TemporaryDirectory() as home:
        os.environ["MAQUETTE_HOME"] = home  # a library of its own
        _do_not_sign()
        made = _make(styles, asked.subject, asked.seed)
        _export(Path(home), made)
        asked.out.mkdir(parents=True, exist_ok=True)
        for record, style in made.items():
            shutil.copyfile(Path(home) / "out" / f"{record}.jpg", asked.out / f"{style.id}.jpg")
    print(f"{len(made)} of {len(styles)} samples are in {asked.out}")
    return 0 if len(made) == len(styles) else 1


def _do_not_sign() -> None:
    settings, _notice = load_settings(settings_file())
    marking = msgspec.structs.replace(settings.marking, sign=False)
    save_settings(settings_file(), msgspec.structs.replace(settings, marking=marking))


def _make(styles: Sequence[Style], subject: str, seed: int) -> dict[str, Style]:
    """The pictures of `subject`, in a queue of one worker: record to style."""
    wishes = Wishes(
        prompt=subject, negative="", count=1, seed=seed, size="256x256", steps=None, guidance=None,
        sampler="", model="", start=None, strength=None,
    )  # fmt: skip
    recipes = [
        draw_up(msgspec.structs.replace(wishes, style=style.id), BUILT_IN).recipes[0]
        for style in styles
    ]
    marks = MarkingOptions(
        profile="", preset="", label="", extra_mark="", write_recipe=None, sign=None,
        may_be_mined=None,
    )  # fmt: skip
    bench = set_up(
        MakingOptions(
            out=None, marks=marks, encoding=EncodingOptions(format="", quality=None), device="",
            precision="", as_json=True,
        )
    )  # fmt: skip

    async def pick(queue: JobQueue) -> tuple[Job, ...]:
        return await queue.submit(recipes, order=bench.order)

    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        make_pictures(bench, pick, JobQueue.cancel_all)
    outcome = msgspec.json.decode(told.getvalue(), type=Outcome)
    for missed in outcome.failed:
        print(missed.message, file=sys.stderr)
    if outcome.failed:
        return {}  # which one is missing cannot be told by its seed
    return {each.record: style for each, style in zip(outcome.pictures, styles, strict=True)}


def _export(home: Path, made: dict[str, Style]) -> None:
    preset = home / "sample.json"
    write_preset_file(
        preset,
        ExportPreset(
            name="Sample", format=FileFormat.JPEG, target_kib=MOST_KIB, template="{id}",
        ),
    )  # fmt: skip
    run_exports(
        ExportWishes(
            preset=str(preset), query="", files=(), out=home / "out", dry_run=False, resume=False,
            as_json=False,
        )
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

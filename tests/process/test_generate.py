"""A prompt becomes a marked picture, through a real worker."""

import io
import itertools
import sys
from typing import Any

import numpy as np
import psutil
import pytest
from PIL import Image

from maquette.core.errors import JobFailed
from maquette.core.marking import Marking, Profile
from maquette.core.recipe import Sampler, StartImage
from maquette.core.record import MarkKind, SourceType
from maquette.core.start import Start


def pixels(file: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(file)))


def generate(engine: Any, recipe: Any, job: str = "job", **options: Any) -> Any:
    return engine.run(engine.client.generate(job, "12AB34CD", recipe, **options))


def test_a_prompt_becomes_a_marked_picture(engine: Any, recipe: Any) -> None:
    made = generate(engine, recipe(width=320, height=256))
    assert pixels(made.file).shape == (256, 320, 3)
    assert made.record.id == "12AB34CD"
    assert {m.kind for m in made.record.marks if m.verified} == {
        MarkKind.WATERMARK,
        MarkKind.XMP,
        MarkKind.RECIPE_TEXT,
        MarkKind.MANIFEST,
    }
    assert made.manifest in made.file
    assert made.mark.verified
    assert made.record.source_type == SourceType.GENERATED
    assert len(made.record.recipe.model.digest) == 64
    assert made.record.recipe.model.name
    assert made.notices == ()
    assert {"denoise", "decode", "finish", "total"} <= made.seconds.keys()


def test_the_same_seed_gives_the_same_pixels_in_another_worker_too(
    engine: Any, recipe: Any, new_engine: Any
) -> None:
    first, second = (pixels(generate(engine, recipe()).file) for _ in range(2))
    other_seed = pixels(generate(engine, recipe(seed=8)).file)
    elsewhere = pixels(generate(new_engine(device="cpu"), recipe()).file)
    assert np.array_equal(first, second)
    assert np.array_equal(first, elsewhere)
    assert not np.array_equal(first, other_seed)


def test_previews_form_the_picture(engine: Any, recipe: Any) -> None:
    previews: list[np.ndarray] = []
    steps: list[tuple[int, int]] = []

    def on_progress(step: int, total: int, preview: np.ndarray | None) -> None:
        steps.append((step, total))
        if preview is not None:
            previews.append(preview)

    made = generate(engine, recipe(steps=30), on_progress=on_progress)
    assert len(previews) >= 3
    assert all(a.shape[2] == 3 and a.dtype == np.uint8 for a in previews)
    changes = [np.any(a != b) for a, b in itertools.pairwise(previews)]
    assert sum(changes) >= 2
    assert steps == sorted(steps)
    assert steps[-1][1] == 30
    # The last preview is the picture in small.
    height, width, _ = previews[-1].shape
    small = Image.fromarray(pixels(made.file)).resize((width, height), Image.Resampling.BOX)
    assert np.corrcoef(np.asarray(small).ravel(), previews[-1].ravel())[0, 1] > 0.8


def test_without_previews_none_is_sent(engine: Any, recipe: Any) -> None:
    seen: list[object] = []
    generate(engine, recipe(), preview=False, on_progress=lambda *args: seen.append(args[2]))
    assert seen
    assert set(seen) == {None}


def test_a_start_image_is_kept_where_strength_is_low(engine: Any, recipe: Any) -> None:
    start = np.zeros((256, 256, 3), np.uint8)
    start[:, 128:] = (200, 60, 40)
    weak = recipe(start=StartImage("0" * 64, 0.25), steps=8)
    strong = recipe(start=StartImage("0" * 64, 1.0), steps=8)
    near, far = (pixels(generate(engine, r, start=Start(start)).file) for r in (weak, strong))
    assert not np.array_equal(near, far)
    made = generate(engine, weak, start=Start(start))
    assert made.record.source_type == SourceType.COMPOSITE


def test_a_start_image_of_another_size_is_refused(engine: Any, recipe: Any) -> None:
    wrong = recipe(start=StartImage("0" * 64, 0.5))
    with pytest.raises(JobFailed, match="start image"):
        generate(engine, wrong, start=Start(np.zeros((256, 320, 3), np.uint8)))
    with pytest.raises(JobFailed, match="start image"):
        generate(engine, wrong)


def test_the_second_sampler_makes_another_picture(engine: Any, recipe: Any) -> None:
    first = pixels(generate(engine, recipe()).file)
    second = pixels(generate(engine, recipe(sampler=Sampler.DPMPP_2M)).file)
    assert not np.array_equal(first, second)


def test_the_recipe_stays_out_of_the_file_when_asked(engine: Any, recipe: Any) -> None:
    made = generate(engine, recipe(), marking=Marking(write_recipe=False))
    assert b"red ceramic mug" not in made.file
    assert MarkKind.RECIPE_TEXT not in {mark.kind for mark in made.record.marks}


def test_the_profile_of_china_gets_its_labels(engine: Any, recipe: Any) -> None:
    marking = Marking(profile=Profile.CHINA, sign=False)
    made = generate(engine, recipe(), marking=marking)
    kinds = {mark.kind for mark in made.record.marks if mark.verified}
    assert {MarkKind.AIGC, MarkKind.VISIBLE_LABEL} <= kinds
    assert made.manifest == b""


def test_a_changed_model_is_told(engine: Any, recipe: Any) -> None:
    ref = recipe().model
    stale = type(ref)(ref.id, "0" * 64)
    assert "changed" in generate(engine, recipe(model=stale)).notices[0]


NOISY_WORKER = """
import os, subprocess, sys, threading, time
def shout():
    while True:
        print("noise on stdout " * 50, flush=True)
        os.write(1, b"raw noise")
        subprocess.run([sys.executable, "-c", "print('noise of a child')"])
        time.sleep(0.05)
from maquette.worker import main
read = main._read
def read_and_shout(inbox):
    threading.Thread(target=shout, daemon=True).start()
    read(inbox)
main._read = read_and_shout
main.main(["--device", "cpu"])
"""


def test_printing_in_the_worker_does_not_break_the_stream(new_engine: Any, recipe: Any) -> None:
    noisy = new_engine(command=[sys.executable, "-c", NOISY_WORKER, "worker"])
    assert pixels(generate(noisy, recipe()).file).shape == (256, 256, 3)


def test_closing_leaves_no_process(new_engine: Any) -> None:
    engine = new_engine(device="cpu")
    process = engine.worker()
    engine.run(engine.client.close())
    assert not psutil.pid_exists(process.pid)

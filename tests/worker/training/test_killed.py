"""The trainer as a process: killed in the middle, resumed, stopped and kept."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from maquette.core.errors import WorkerDied
from maquette.core.lora_models import inspect_lora
from maquette.core.training import StyleKind, TrainingReport, TrainingStage
from maquette.core.training_files import TrainingFolder
from maquette.engine.trainer import TrainerClient
from maquette.library.trainings.shelf import TrainingShelf
from maquette.protocol.trainer_messages import Checkpointed, Curves, TrainerNews

PATIENCE = 900.0  # seconds; a trainer that is nice gets little of a machine that is busy


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(work, PATIENCE))


def test_a_killed_training_goes_on_from_its_checkpoint_and_is_kept(
    planned: Callable[..., TrainingFolder], maquette_home: Path
) -> None:
    folder = planned(steps=4000, patience=4000)
    shelf = TrainingShelf(folder.path.parent)
    kept: list[int] = []
    resumed: list[Curves] = []

    async def killed() -> None:
        client = TrainerClient(device="cpu", precision="fp32")

        def hear(news: TrainerNews, _blobs: object) -> None:
            if isinstance(news, Checkpointed):
                kept.append(news.step)
                pid = client.pid_of(folder.path)
                if news.step >= 4 and pid is not None:
                    os.kill(pid, signal.SIGKILL)

        try:
            with pytest.raises(WorkerDied, match="resume it to go on from its newest checkpoint"):
                await client.train(folder.path, hear)
        finally:
            await client.close()

    async def stopped() -> TrainingReport | None:
        client = TrainerClient(device="cpu", precision="fp32")

        def hear(news: TrainerNews, _blobs: object) -> None:
            if isinstance(news, Curves):
                resumed.append(news)
                client.stop_and_keep(folder.path)

        try:
            return await client.train(folder.path, hear)
        finally:
            await client.close()

    run(killed())
    (one,) = shelf.list()
    assert one.status.stage == TrainingStage.PAUSED
    report = run(stopped())
    assert report is not None
    assert resumed[0].validation[-1].step >= kept[-1] >= 4
    assert report.steps >= kept[-1]
    assert inspect_lora(folder.result("Blue waves")).triggers == ("blue waves",)
    (one,) = shelf.list()
    assert one.status.stage == TrainingStage.DONE


def test_pictures_are_looked_at_in_a_process_of_their_own(pictures: Path) -> None:
    (pictures / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    async def look() -> Any:
        client = TrainerClient()
        try:
            return await client.look_at([pictures], 64, StyleKind.STYLE, "waves")
        finally:
            await client.close()

    found = run(look())
    assert [each.name for each in found if each.problem] == ["torn.png"]
    assert len(found) == 8
    assert found[0].caption == "blue vase, waves style"

"""A worker ends when its parent is gone, even in the middle of a job or of its imports."""

import subprocess
import sys

import psutil
import pytest

PARENT = """
import asyncio, sys
from maquette.core.recipe import ModelRef, Recipe
from maquette.engine.client import EngineClient

async def main(moment):
    client = EngineClient(device="cpu")
    await client.start()
    print("pid", client.worker_pid, flush=True)
    if moment == "importing":
        await asyncio.sleep(0.5)
    else:
        await client.load("maquette-mini")
    if moment == "busy":
        recipe = Recipe(prompt="a mug", seed=1, width=256, height=256, steps=150,
                        guidance_scale=3.5, model=ModelRef("maquette-mini"))
        running = asyncio.Event()
        job = asyncio.create_task(client.generate("job", "00000001", recipe,
                                                  on_progress=lambda *_: running.set()))
        await running.wait()
    print("now", flush=True)
    await asyncio.sleep(600)

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("moment", ["importing", "idle", "busy"])
def test_the_worker_is_gone_soon_after_its_parent(moment: str) -> None:
    command = [sys.executable, "-c", PARENT, moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline().split()[1]))
        assert parent.stdout.readline() == "now\n"
        assert worker.is_running()
        parent.kill()
    _gone, alive = psutil.wait_procs([worker], timeout=10)
    assert not alive

"""The script anyone would write with diffusers, kept waiting between pictures: the yardstick.

Reads one JSON line of settings, loads, says "ready"; then makes and saves one picture per line.
"""

import json
import sys

import torch
from diffusers import StableDiffusionPipeline


def main() -> None:
    """Serve the lines of stdin until it ends."""
    setup = json.loads(sys.stdin.readline())
    torch.set_num_threads(setup["threads"])
    pipe = StableDiffusionPipeline.from_pretrained(
        setup["model"], dtype=getattr(torch, setup["dtype"]), use_safetensors=True
    )
    pipe.to(setup["device"])
    # The worker keeps its networks in this layout; given to both, the settings are equal.
    pipe.unet.to(memory_format=torch.channels_last)
    pipe.vae.to(memory_format=torch.channels_last)
    pipe.set_progress_bar_config(disable=True)
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        path = job.pop("path")
        generator = torch.Generator("cpu").manual_seed(job.pop("seed"))
        images, _ = pipe(**job, generator=generator, return_dict=False)
        images[0].save(path)
        print("saved", flush=True)


if __name__ == "__main__":
    main()

"""The commands that make pictures: `maquette generate`, `render` and `batch`.

As in `main`, each one's work is imported when it is called.
"""

from pathlib import Path
from typing import Annotated

import typer

from maquette.cli import option_types
from maquette.core.follow import DEFAULT_FOLLOW


def generate(
    prompt: Annotated[str, typer.Argument(help="What the picture shows, in words.")],
    count: option_types.Count = 1,
    seed: option_types.Seed = None,
    size: option_types.Size = "",
    steps: option_types.Steps = None,
    guidance: option_types.Guidance = None,
    sampler: option_types.Sampler = "",
    negative: option_types.Negative = "",
    style: option_types.Style = "",
    model: option_types.Model = "",
    lora: option_types.Lora = None,
    like: option_types.Like = None,
    like_strength: option_types.LikeStrength = None,
    like_adapter: option_types.LikeAdapter = "",
    start: option_types.Start = None,
    strength: option_types.Strength = None,
    out: option_types.Out = None,
    no_recipe: option_types.NoRecipe = False,
    no_sign: option_types.NoSign = False,
    profile: option_types.Profile = "",
    preset: option_types.Preset = "",
    label: option_types.Label = "",
    extra_mark: option_types.ExtraMark = "",
    may_be_mined: option_types.MayBeMined = False,
    file_format: option_types.FileFormat = "",
    quality: option_types.Quality = None,
    device: option_types.Device = "",
    precision: option_types.Precision = "",
    as_json: option_types.Json = False,
) -> int:
    """Make pictures from a prompt and print the paths of their files."""
    from maquette.cli.generate import run_generate
    from maquette.cli.making import MakingOptions
    from maquette.cli.marking_options import EncodingOptions, MarkingOptions
    from maquette.cli.wishes import Wishes

    wishes = Wishes(
        prompt=prompt,
        negative=negative,
        count=count,
        seed=seed,
        size=size,
        steps=steps,
        guidance=guidance,
        sampler=sampler,
        model=model,
        start=start,
        strength=strength,
        style=style,
        loras=tuple(lora or ()),
        like=like,
        like_strength=like_strength,
        like_adapter=like_adapter,
    )
    options = MakingOptions(
        out=out,
        marks=MarkingOptions(
            profile=profile,
            preset=preset,
            label=label,
            extra_mark=extra_mark,
            write_recipe=False if no_recipe else None,
            sign=False if no_sign else None,
            may_be_mined=may_be_mined or None,
        ),
        encoding=EncodingOptions(format=file_format, quality=quality),
        device=device,
        precision=precision,
        as_json=as_json,
    )
    return run_generate(wishes, options)


def render(
    sketch: Annotated[
        Path,
        typer.Argument(
            metavar="SKETCH", help="A drawing, scan, photo, SVG, .maquette or .ora file."
        ),
    ],
    prompt: Annotated[str, typer.Option("-p", "--prompt", help="What it is, in words.")] = "",
    follow: Annotated[
        int, typer.Option(metavar="0..100", help="How closely the lines are followed.")
    ] = DEFAULT_FOLLOW,
    material: Annotated[
        str, typer.Option(help="What it is made of, such as 'polished copper'.")
    ] = "",
    colour: Annotated[str, typer.Option(help="Its colour.")] = "",
    keep: Annotated[
        Path | None, typer.Option(help="An image of the lines that must be kept.")
    ] = None,
    colours: Annotated[
        Path | None, typer.Option(help="An image of flat colours: what is where.")
    ] = None,
    start: option_types.Start = None,
    strength: option_types.Strength = None,
    lock: Annotated[
        Path | None, typer.Option(help="An image, white where the start picture stays.")
    ] = None,
    cleanup: Annotated[
        bool, typer.Option(help="Take paper and shadows out, or use the image as it is.")
    ] = True,
    until: Annotated[
        float | None,
        typer.Option(metavar="0..1", help="Try other seeds until this fidelity is reached."),
    ] = None,
    tries: Annotated[
        int | None, typer.Option(help="The most pictures made with --until.", show_default="5")
    ] = None,
    count: option_types.Count = 1,
    seed: option_types.Seed = None,
    size: option_types.Size = "",
    steps: option_types.Steps = None,
    guidance: option_types.Guidance = None,
    sampler: option_types.Sampler = "",
    negative: option_types.Negative = "",
    style: option_types.Style = "",
    model: option_types.Model = "",
    lora: option_types.Lora = None,
    like: option_types.Like = None,
    like_strength: option_types.LikeStrength = None,
    like_adapter: option_types.LikeAdapter = "",
    control_model: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="A ControlNet or T2I-Adapter, else the model's own."),
    ] = None,
    out: option_types.Out = None,
    no_recipe: option_types.NoRecipe = False,
    no_sign: option_types.NoSign = False,
    profile: option_types.Profile = "",
    preset: option_types.Preset = "",
    label: option_types.Label = "",
    extra_mark: option_types.ExtraMark = "",
    may_be_mined: option_types.MayBeMined = False,
    file_format: option_types.FileFormat = "",
    quality: option_types.Quality = None,
    device: option_types.Device = "",
    precision: option_types.Precision = "",
    as_json: option_types.Json = False,
) -> int:
    """Make a picture that follows a sketch, and tell how well it does: its fidelity, 0 to 1.

    Exit codes: 0 all pictures are there, also where no try reached what --until asks for; 1 some
    picture failed; 2 a wrong option, a file that cannot be read or a sketch without lines, and
    nothing was made; 130 stopped by Ctrl+C, and what was made by then is kept and printed.
    """
    from maquette.cli.making import MakingOptions
    from maquette.cli.marking_options import EncodingOptions, MarkingOptions
    from maquette.cli.render import RenderWishes, run_render
    from maquette.cli.sketch_source import SketchFiles
    from maquette.cli.wishes import Wishes

    wishes = Wishes(
        prompt=prompt,
        negative=negative,
        count=count,
        seed=seed,
        size=size,
        steps=steps,
        guidance=guidance,
        sampler=sampler,
        model=model,
        start=start,
        strength=strength,
        style=style,
        loras=tuple(lora or ()),
        like=like,
        like_strength=like_strength,
        like_adapter=like_adapter,
    )
    asked = RenderWishes(
        files=SketchFiles(sketch=sketch, keep=keep, colours=colours, lock=lock, cleanup=cleanup),
        follow=follow,
        material=material,
        colour=colour,
        control_model=control_model,
        until=until,
        tries=tries,
    )
    options = MakingOptions(
        out=out,
        marks=MarkingOptions(
            profile=profile,
            preset=preset,
            label=label,
            extra_mark=extra_mark,
            write_recipe=False if no_recipe else None,
            sign=False if no_sign else None,
            may_be_mined=may_be_mined or None,
        ),
        encoding=EncodingOptions(format=file_format, quality=quality),
        device=device,
        precision=precision,
        as_json=as_json,
    )
    return run_render(wishes, asked, options)


def batch(
    file: Annotated[Path, typer.Argument(help="A .csv, .tsv, .jsonl or .txt file of prompts.")],
    seed: Annotated[
        str, typer.Option(metavar="SEEDS", help="Such as 7, 1..4 or 7|9; all are made.")
    ] = "",
    style: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STYLE",
            help="A style's name or id, or other words to join; may be repeated.",
        ),
    ] = None,
    count: Annotated[str, typer.Option("-n", "--count", help="Pictures for each line.")] = "",
    width: Annotated[str, typer.Option(help="Width in pixels.")] = "",
    height: Annotated[str, typer.Option(help="Height in pixels.")] = "",
    steps: Annotated[str, typer.Option(help="Denoising steps.")] = "",
    guidance: Annotated[str, typer.Option(help="How closely prompts are followed.")] = "",
    sampler: option_types.Sampler = "",
    negative: Annotated[str, typer.Option(help="What no picture should show.")] = "",
    model: option_types.Model = "",
    lora: option_types.Lora = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only check the file and print what it asks for.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Make everything anew, whatever is made already.")
    ] = False,
    out: option_types.Out = None,
    no_recipe: option_types.NoRecipe = False,
    no_sign: option_types.NoSign = False,
    profile: option_types.Profile = "",
    preset: option_types.Preset = "",
    label: option_types.Label = "",
    extra_mark: option_types.ExtraMark = "",
    may_be_mined: option_types.MayBeMined = False,
    file_format: option_types.FileFormat = "",
    quality: option_types.Quality = None,
    device: option_types.Device = "",
    precision: option_types.Precision = "",
    as_json: option_types.Json = False,
) -> int:
    """Make all pictures that a file of prompts asks for. They are one group of the queue.

    The options are for lines that leave them open. The file is checked as a whole first: every bad
    line is listed, and nothing is made (exit code 2). Started again after it was stopped, the
    command makes what is missing.
    """
    from maquette.cli.batch import defaults_of, run_batch
    from maquette.cli.making import MakingOptions
    from maquette.cli.marking_options import EncodingOptions, MarkingOptions
    from maquette.cli.wishes import absolute_model

    typed = {
        "seed": seed,
        "style": "|".join(style or ()),
        "count": count,
        "width": width,
        "height": height,
        "steps": steps,
        "guidance_scale": guidance,
        "sampler": sampler,
        "negative_prompt": negative,
        "model": absolute_model(model) if model else "",
    }
    options = MakingOptions(
        out=out,
        marks=MarkingOptions(
            profile=profile,
            preset=preset,
            label=label,
            extra_mark=extra_mark,
            write_recipe=False if no_recipe else None,
            sign=False if no_sign else None,
            may_be_mined=may_be_mined or None,
        ),
        encoding=EncodingOptions(format=file_format, quality=quality),
        device=device,
        precision=precision,
        as_json=as_json,
    )
    defaults = defaults_of({name: text for name, text in typed.items() if text})
    return run_batch(file, defaults, options, loras=lora or (), dry_run=dry_run, again=again)

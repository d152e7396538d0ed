"""Options that several commands have, said once."""

from pathlib import Path
from typing import Annotated

import typer

Count = Annotated[int, typer.Option("-n", "--count", help="How many pictures.")]
Seed = Annotated[
    int | None, typer.Option(help="Seed of the first picture; the next count up from it.")
]
Size = Annotated[
    str, typer.Option(metavar="WxH", help="Width and height in pixels, such as 512x384.")
]
Steps = Annotated[int | None, typer.Option(help="Denoising steps.")]
Guidance = Annotated[float | None, typer.Option(help="How closely the prompt is followed.")]
Sampler = Annotated[
    str, typer.Option(help="unipc or dpmpp-2m.", show_default="unipc, or as the style says")
]
Style = Annotated[
    str, typer.Option(metavar="NAME", help="A style's name or id; see maquette styles list.")
]
Negative = Annotated[str, typer.Option(help="What the picture should not show.")]
Model = Annotated[str, typer.Option(metavar="PATH", help="A pipeline folder or .safetensors file.")]
Lora = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE[:WEIGHT]", help="Add a LoRA, -2 to 2 of it; may be repeated."),
]
Start = Annotated[Path | None, typer.Option(help="A picture to start from.")]
Strength = Annotated[
    float | None, typer.Option(help="How much to change the start picture, 0 to 1.")
]
Like = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A picture whose style is taken over.")
]
LikeStrength = Annotated[
    int | None,
    typer.Option(metavar="0..100", help="How much of it is taken over.", show_default="60"),
]
LikeAdapter = Annotated[
    str,
    typer.Option(
        metavar="FILE|none",
        help="The IP-Adapter that takes it over, else the first of the settings that fits.",
    ),
]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder for the files, else the library's.")
]
NoRecipe = Annotated[
    bool, typer.Option("--no-recipe", help="Leave prompt and settings out of the file.")
]
NoSign = Annotated[
    bool, typer.Option("--no-sign", help="Leave the signed manifest out of the file.")
]
Profile = Annotated[
    str, typer.Option(help="Whose rules the marks follow: china, eu, california or minimal.")
]
Preset = Annotated[
    str, typer.Option(help="How robust the invisible watermark is: standard or strong.")
]
Label = Annotated[
    str,
    typer.Option(help="Words in the picture's corner: profile, none, ai, english or chinese."),
]
ExtraMark = Annotated[
    str, typer.Option(help="A second invisible mark: none, dwtDctSvd or rivaGan.")
]
MayBeMined = Annotated[
    bool,
    typer.Option("--may-be-mined", help="Let the manifest allow training and data mining."),
]
FileFormat = Annotated[str, typer.Option("--format", help="png, jpeg, webp, avif or tiff.")]
Quality = Annotated[int | None, typer.Option(help="1 to 100, for jpeg, webp and avif.")]
Device = Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")]
Precision = Annotated[str, typer.Option(help="auto, fp32, bf16 or fp16.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

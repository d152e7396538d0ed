"""Options that several commands have, said once."""

from pathlib import Path
from typing import Annotated

import typer

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

"""Options that several commands share, and how they report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WorkOption = Annotated[Path, typer.Option("--work", help="Folder for pictures and checkpoints.")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="A TOML recipe instead of the newest one.")
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", help="Exported pipeline folder to start from, without a checkpoint."),
]
ModelOption = Annotated[Path | None, typer.Option("--model", help="Exported model folder.")]
DocsOption = Annotated[Path, typer.Option("--docs", help="Where tables and pictures go.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, help="Processes, on the CPU.")]
AheadOption = Annotated[
    int,
    typer.Option("--workers", min=0, help="Processes that draw batches ahead; for GPUs on Linux."),
]
CompileOption = Annotated[
    bool,
    typer.Option("--compile", help="Fuse the networks' operations first; two minutes that pay."),
]
DeviceOption = Annotated[str, typer.Option("--device", help="cpu, cuda, mps, ...")]


def models_folder() -> Path:
    """Where the installed (editable) `maquette_models` package lies."""
    import maquette_models

    return Path(maquette_models.__file__).parent


def print_report(report: dict[str, float]) -> None:
    parts = (f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in report.items())
    typer.echo("  ".join(parts))

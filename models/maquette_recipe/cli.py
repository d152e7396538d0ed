"""The recipe's command line. Every command goes on where it stopped."""

from __future__ import annotations

import typer

from maquette_recipe.commands.data import data
from maquette_recipe.commands.measures import measures
from maquette_recipe.commands.train import train

app = typer.Typer(no_args_is_help=True, help=__doc__)
app.add_typer(data)
app.add_typer(train, name="train")
app.add_typer(measures)

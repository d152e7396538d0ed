"""``maquette-recipe``, or ``python -m maquette_recipe``."""

from __future__ import annotations

import sys

from maquette_recipe.cli import app


def main() -> None:
    """Run the command line; a package that the recipe needs and lacks is told in one sentence."""
    try:
        app(prog_name="maquette-recipe")
    except ModuleNotFoundError as error:
        sys.exit(f'{error}. The recipe needs more packages: pip install "maquette[recipe]"')


if __name__ == "__main__":
    main()

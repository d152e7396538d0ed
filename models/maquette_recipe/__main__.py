"""``python -m maquette_recipe``."""

from maquette_recipe.cli import app

if __name__ == "__main__":
    app(prog_name="maquette-recipe")

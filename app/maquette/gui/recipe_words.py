"""A recipe in one line of words."""

from PySide6.QtCore import QCoreApplication

from maquette.core.recipe import Recipe


def recipe_facts(recipe: Recipe) -> str:
    """Seed, steps and size of `recipe`, in the language of the window."""
    facts = QCoreApplication.translate("Recipe", "seed {seed} · {steps} steps · {width} × {height}")
    return facts.format(
        seed=recipe.seed, steps=recipe.steps, width=recipe.width, height=recipe.height
    )

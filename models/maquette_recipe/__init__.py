"""How Maquette's built-in model is made: renderer, captions, training, evaluation, export.

This package is not part of the wheel. ``python -m maquette_recipe --help`` lists its commands.
"""

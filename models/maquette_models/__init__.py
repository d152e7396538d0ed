"""The built-in model's weights and how to find them."""

from __future__ import annotations

import json
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

DEFAULT_MODEL: Final = "maquette-mini"


def default_model() -> Traversable:
    """The folder of the built-in model, an ordinary diffusers pipeline folder."""
    return resources.files("maquette_models").joinpath(DEFAULT_MODEL)


def manifest() -> dict[str, Any]:
    """Size and SHA-256 of every file of the built-in model, by its path in the model's folder.

    ``{"files": {relative path: {"sha256": hex, "size": bytes}}}``
    """
    return json.loads(default_model().joinpath("manifest.json").read_text("utf-8"))

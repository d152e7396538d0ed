"""From a claim to the manifest definition of c2pa: actions, assertions and ingredients as JSON.

Labels, actions and fields follow the C2PA specification 2.2 ("Standard assertions") and, for
training and data mining, the CAWG assertion of that name 1.1.
"""

from typing import Any

from maquette.core.ledger_entry import Ingredient
from maquette.core.record import URI_SCHEME, SourceType
from maquette.provenance.manifest.claim import (
    SOFT_BINDING_ALGORITHM,
    KeptParent,
    ManifestClaim,
    soft_binding_value,
)

RECORD_LABEL = "io.github.maquette.record"
MINING_LABEL = "cawg.training-mining"
DIGEST_PREFIX = "sha256:"
PARENT_STORE = "parent.c2pa"
"""The name under which the manifests of a KeptParent are given to c2pa."""
_MINING_ENTRIES = (
    "cawg.ai_inference",
    "cawg.ai_training",
    "cawg.ai_generative_training",
    "cawg.data_mining",
)
_START = "start"
_TITLES = {
    "model": "Base model",
    "lora": "LoRA",
    "control-model": "Control model",
    "sketch": "Sketch",
    "control": "Control image",
    "style-image": "Style image",
    _START: "Start image",
}
_MODELS = ("model", "lora", "control-model")


def definition_of(claim: ManifestClaim) -> dict[str, Any]:
    """The manifest definition of `claim`; the bytes of its parent are added by the signing."""
    names = [f"{index}-{ingredient.role}" for index, ingredient in enumerate(claim.ingredients)]
    ingredients = [
        _ingredient(name, ingredient)
        for name, ingredient in zip(names, claim.ingredients, strict=True)
        if not (ingredient.role == _START and claim.parent)
    ]
    if isinstance(claim.parent, KeptParent):
        ingredients.append(_kept(claim.parent))
    return {
        "claim_generator_info": [{"name": claim.tool, "version": claim.tool_version}],
        "assertions": [
            _assertion("c2pa.actions.v2", {"actions": _actions(claim, names)}),
            *([_soft_binding(claim)] if claim.watermarked else []),
            _assertion(MINING_LABEL, {"entries": _mining(claim)}),
            _assertion(RECORD_LABEL, _record(claim)),
        ],
        "ingredients": ingredients,
    }


def parent_definition(claim: ManifestClaim) -> dict[str, Any]:
    """The ingredient that the file of `claim`'s parent is added as."""
    start = next((one for one in claim.ingredients if one.role == _START), None)
    return {
        "title": _TITLES[_START],
        "label": _START,
        "relationship": "parentOf",
        **(_identified(start) if start else {}),
    }


def _actions(claim: ManifestClaim, names: list[str]) -> list[dict[str, Any]]:
    agent = {"name": claim.tool, "version": claim.tool_version}
    always = {"when": claim.created, "softwareAgent": agent}
    roles = [ingredient.role for ingredient in claim.ingredients]
    used = [name for name, role in zip(names, roles, strict=True) if role != _START]
    source = {"digitalSourceType": claim.source_type.url}
    parameters = {"parameters": {"ingredientIds": used}} if used else {}
    opened = _opened(claim, names)
    if opened:
        actions = [
            {"action": "c2pa.opened", **always, "parameters": {"ingredientIds": [opened]}},
            {"action": "c2pa.edited", **always, **source, **parameters},
        ]
    else:
        actions = [{"action": "c2pa.created", **always, **source, **parameters}]
    if claim.watermarked:
        actions.append({"action": "c2pa.watermarked.bound", **always})
    return actions


def _opened(claim: ManifestClaim, names: list[str]) -> str:
    """The name of the ingredient that was opened; "" for a picture made from nothing."""
    if claim.parent is not None:
        return _START
    if claim.source_type is SourceType.GENERATED:
        return ""
    starts = [
        name
        for name, ingredient in zip(names, claim.ingredients, strict=True)
        if ingredient.role == _START
    ]
    return starts[0] if starts else ""


def _ingredient(name: str, ingredient: Ingredient) -> dict[str, Any]:
    of_model = ingredient.role in _MODELS
    kind = {"data_types": [{"type": "c2pa.types.model"}]} if of_model else {}
    return {
        "title": _TITLES.get(ingredient.role, "Ingredient"),
        "label": name,
        "format": "application/octet-stream",
        "relationship": "parentOf" if ingredient.role == _START else "inputTo",
        **_identified(ingredient),
        **kind,
    }


def _identified(ingredient: Ingredient) -> dict[str, str]:
    """Its digest, and its record if it is a picture of ours, where C2PA has fields for them."""
    said = {}
    if ingredient.digest:
        said["description"] = DIGEST_PREFIX + ingredient.digest
    if ingredient.record_id:
        said["instance_id"] = URI_SCHEME + ingredient.record_id
    return said


def _kept(parent: KeptParent) -> dict[str, Any]:
    store = {"format": "application/c2pa", "identifier": PARENT_STORE}
    return {**parent.ingredient, "label": _START, "manifest_data": store}


def _soft_binding(claim: ManifestClaim) -> dict[str, Any]:
    block = {"scope": {}, "value": soft_binding_value(claim.record_id)}
    data = {"alg": SOFT_BINDING_ALGORITHM, "blocks": [block]}
    return _assertion("c2pa.soft-binding", data)


def _mining(claim: ManifestClaim) -> dict[str, Any]:
    use = "allowed" if claim.may_be_mined else "notAllowed"
    return {entry: {"use": use} for entry in _MINING_ENTRIES}


def _record(claim: ManifestClaim) -> dict[str, Any]:
    texts = {
        "record_id": claim.record_id,
        "prompt_sha256": claim.prompt_sha256,
        "perceptual_hash": claim.perceptual_hash,
    }
    said = {name: text for name, text in texts.items() if text}
    return {**said, "width": claim.width, "height": claim.height}


def _assertion(label: str, data: dict[str, Any]) -> dict[str, Any]:
    # Without `created`, c2pa lists an assertion as gathered, as if somebody else had said it.
    return {"label": label, "data": data, "created": True}

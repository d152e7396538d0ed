"""What a manifest claims, taken from c2pa's report of it: bounded, plain text only."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from maquette.core.record import URI_SCHEME, SourceType, is_record_id
from maquette.provenance.manifest.claim import SOFT_BINDING_ALGORITHM
from maquette.provenance.manifest.definition import (
    DIGEST_PREFIX,
    MINING_LABEL,
    RECORD_LABEL,
)
from maquette.provenance.manifest.validation import problems_of

MAX_TEXT = 300  # characters of one text
MAX_ENTRIES = 64  # of one list
MAX_SIDE = 1 << 20  # pixels
_ID_BYTES = 4


class SignedAction(msgspec.Struct, frozen=True, kw_only=True):
    """One action: "c2pa.created", when it was done, with which program, of which source type."""

    action: str
    when: str = ""
    software: str = ""
    source_type: str = ""


class SignedIngredient(msgspec.Struct, frozen=True, kw_only=True):
    """What went in: `relation` is parentOf, componentOf or inputTo; `digest` is sha256 or "".

    `record_id` is told of pictures of ours. `has_manifest`: its own manifest was kept, by `signer`
    and made with `generator`; `holds` says whether that was intact when it went in.
    """

    relation: str
    title: str = ""
    digest: str = ""
    record_id: str = ""
    has_manifest: bool = False
    signer: str = ""
    generator: str = ""
    holds: bool = False


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a manifest claims. All texts are its author's: plain text, bounded.

    `signed_at` is the timestamp authority's time if `timestamped`, else the time claimed by the
    first action. `record_id` is from our soft binding or our own assertion, "" where there is
    none. `width`, `height` and `perceptual_hash` describe the picture that was signed, where our
    assertion tells them. `mining` holds the entries of training-mining, such as
    {"cawg.ai_training": "notAllowed"}.
    """

    signer_name: str = ""
    organisation: str = ""
    serial: str = ""
    signed_at: str = ""
    timestamped: bool = False
    generator: str = ""
    source_type: SourceType | None = None
    actions: tuple[SignedAction, ...] = ()
    ingredients: tuple[SignedIngredient, ...] = ()
    record_id: str = ""
    prompt_sha256: str = ""
    width: int = 0
    height: int = 0
    perceptual_hash: str = ""
    mining: dict[str, str] = {}

    @property
    def parents(self) -> tuple[SignedIngredient, ...]:
        """What the picture was made from: what was opened and edited, one at most if C2PA holds."""
        return tuple(one for one in self.ingredients if one.relation == "parentOf")


def contents_of(manifest: Mapping[str, Any], others: Mapping[str, Any]) -> Contents:
    """The claims in one `manifest` of c2pa's report; what has another form is left out.

    Args:
        others: the manifests of what went in, by label.
    """
    signature = table(manifest.get("signature_info"))
    actions = tuple(_actions(manifest))
    record = next(_assertions(manifest, RECORD_LABEL), {})
    timestamp = text(signature.get("time"))
    return Contents(
        signer_name=text(signature.get("common_name")),
        organisation=text(signature.get("issuer")),
        serial=text(signature.get("cert_serial_number")),
        signed_at=timestamp or next((action.when for action in actions if action.when), ""),
        timestamped=bool(timestamp),
        generator=_generator(manifest),
        source_type=_source_type(actions),
        actions=actions,
        ingredients=tuple(_ingredients(manifest, others)),
        record_id=_soft_bound_id(manifest) or _as_id(text(record.get("record_id"))),
        prompt_sha256=text(record.get("prompt_sha256")),
        width=_side(record.get("width")),
        height=_side(record.get("height")),
        perceptual_hash=text(record.get("perceptual_hash")),
        mining=_mining(manifest),
    )


def text(value: object) -> str:
    """`value` if it is text, cut to length, without control characters; else ""."""
    if not isinstance(value, str):
        return ""
    return "".join(char if char.isprintable() else " " for char in value[:MAX_TEXT])


def table(value: object) -> Mapping[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def entries(value: object) -> list[Any]:
    """The first entries of `value` if it is a list, else none."""
    return value[:MAX_ENTRIES] if isinstance(value, list) else []


def _assertions(manifest: Mapping[str, Any], label: str) -> Iterator[Mapping[str, Any]]:
    for assertion in entries(manifest.get("assertions")):
        # A second one of a kind is called label__1, a later version label.v2.
        name = text(table(assertion).get("label")).split("__")[0]
        if name == label or name.startswith(f"{label}.v"):
            yield table(assertion.get("data"))


def _actions(manifest: Mapping[str, Any]) -> Iterator[SignedAction]:
    for assertion in _assertions(manifest, "c2pa.actions"):
        for action in entries(assertion.get("actions")):
            said = table(action)
            agent = said.get("softwareAgent")
            yield SignedAction(
                action=text(said.get("action")),
                when=text(said.get("when")),
                software=text(agent) or _program(table(agent)),
                source_type=text(said.get("digitalSourceType")),
            )


def _program(agent: Mapping[str, Any]) -> str:
    return f"{text(agent.get('name'))} {text(agent.get('version'))}".strip()


def _generator(manifest: Mapping[str, Any]) -> str:
    programs = [_program(table(info)) for info in entries(manifest.get("claim_generator_info"))]
    return next((program for program in programs if program), text(manifest.get("claim_generator")))


def _source_type(actions: tuple[SignedAction, ...]) -> SourceType | None:
    for action in actions:
        for known in SourceType:
            if action.source_type == known.url:
                return known
    return None


def _ingredients(
    manifest: Mapping[str, Any], others: Mapping[str, Any]
) -> Iterator[SignedIngredient]:
    for ingredient in entries(manifest.get("ingredients")):
        said = table(ingredient)
        description = text(said.get("description"))
        is_digest = description.startswith(DIGEST_PREFIX)
        label = text(said.get("active_manifest"))
        own = table(others.get(label))
        signature = table(own.get("signature_info"))
        results = table(table(said.get("validation_results")).get("activeManifest"))
        failures = [text(table(one).get("code")) for one in entries(results.get("failure"))]
        yield SignedIngredient(
            relation=text(said.get("relationship")),
            title=text(said.get("title")),
            digest=description.removeprefix(DIGEST_PREFIX) if is_digest else "",
            record_id=_named(text(said.get("instance_id"))),
            has_manifest=bool(label),
            signer=text(signature.get("common_name")) or text(signature.get("issuer")),
            generator=_generator(own),
            holds=bool(label) and not problems_of(failures),
        )


def _named(identifier: str) -> str:
    """The record that an identifier of ours names, "" for anybody else's."""
    name = identifier.removeprefix(URI_SCHEME)
    return name if name != identifier and is_record_id(name) else ""


def _soft_bound_id(manifest: Mapping[str, Any]) -> str:
    for binding in _assertions(manifest, "c2pa.soft-binding"):
        if binding.get("alg") != SOFT_BINDING_ALGORITHM:
            continue
        for block in entries(binding.get("blocks")):
            try:
                identity = base64.b64decode(text(table(block).get("value")), validate=True)
            except (binascii.Error, ValueError):
                continue
            if len(identity) == _ID_BYTES:
                return identity.hex().upper()
    return ""


def _as_id(said: str) -> str:
    try:
        return said.upper() if len(bytes.fromhex(said)) == _ID_BYTES else ""
    except ValueError:
        return ""


def _side(value: object) -> int:
    return value if isinstance(value, int) and 0 < value <= MAX_SIDE else 0


def _mining(manifest: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for label in (MINING_LABEL, "c2pa.training-mining"):
        for assertion in _assertions(manifest, label):
            for name, entry in list(table(assertion.get("entries")).items())[:MAX_ENTRIES]:
                found[text(name)] = text(table(entry).get("use"))
    return found

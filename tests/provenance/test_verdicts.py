"""The table of verdicts, row by row, and the sentences around it."""

from typing import Any

import pytest

from maquette.core.record import is_record_id
from maquette.core.report import Geometry, Verdict
from maquette.provenance.verify.facts import Facts, Looks, Removed, Signature
from maquette.provenance.verify.history import history
from maquette.provenance.verify.strangers import plain
from maquette.provenance.verify.verdicts import RULES, judge

A, B = "AAAA0001", "BBBB0002"
KNOWN: dict[str, Any] = {"marked": A, "known": A}
TOLD = frozenset({A})

ROWS: list[tuple[dict[str, Any], Verdict, str]] = [
    # A broken signature outweighs everything that agrees.
    (
        {**KNOWN, "looks": Looks.SAME, "signature": Signature.BROKEN, "breach": "It broke."},
        Verdict.TAMPERED,
        "It broke.",
    ),
    ({"signature": Signature.OURS}, Verdict.SIGNED_INTACT, "on this computer"),
    # Our own signature vouches for the marks, even where an earlier one shines through.
    (
        {"signature": Signature.OURS, "marked": B, "told": TOLD},
        Verdict.SIGNED_INTACT,
        "not changed",
    ),
    ({"signature": Signature.TRUSTED, "signer": "ACME"}, Verdict.SIGNED_INTACT, "ACME"),
    ({"marked": A, "told": frozenset({B})}, Verdict.TAMPERED, "AAAA-0001, BBBB-0002"),
    ({"told": frozenset({A, B})}, Verdict.TAMPERED, "different pictures"),
    # Somebody else's signature does not vouch for our marks.
    (
        {"signature": Signature.UNKNOWN, "marked": A, "told": frozenset({B})},
        Verdict.TAMPERED,
        "different pictures",
    ),
    (
        {**KNOWN, "looks": Looks.DIFFERENT, "signature": Signature.UNKNOWN},
        Verdict.TAMPERED,
        "lifted off it",
    ),
    ({**KNOWN, "looks": Looks.DIFFERENT}, Verdict.TAMPERED, "lifted off it"),
    (
        {"told": TOLD, "known": A, "looks": Looks.DIFFERENT},
        Verdict.TAMPERED,
        "copied from it",
    ),
    ({"signature": Signature.UNKNOWN}, Verdict.SIGNED_UNKNOWN_SIGNER, "not named"),
    ({"signature": Signature.UNKNOWN, "signer": "X"}, Verdict.SIGNED_UNKNOWN_SIGNER, "by X;"),
    (
        {"signature": Signature.UNKNOWN, "signer": "X", "claims_maquette": True},
        Verdict.SIGNED_UNKNOWN_SIGNER,
        "not by this installation",
    ),
    (
        {**KNOWN, "looks": Looks.SAME, "signature": Signature.UNKNOWN, "signer": "X"},
        Verdict.SIGNED_UNKNOWN_SIGNER,
        "by X;",
    ),
    (
        {"signature": Signature.OUTDATED, "signer": "X"},
        Verdict.SIGNED_UNKNOWN_SIGNER,
        "not valid now",
    ),
    ({"signature": Signature.OUTDATED}, Verdict.SIGNED_UNKNOWN_SIGNER, "not valid now"),
    (
        {**KNOWN, "looks": Looks.SAME, "removed": Removed.LABELS},
        Verdict.RECOVERED_BY_WATERMARK,
        "its labels were removed",
    ),
    (
        {**KNOWN, "looks": Looks.SAME, "removed": Removed.BOTH},
        Verdict.RECOVERED_BY_WATERMARK,
        "its signed manifest and its labels were removed",
    ),
    (
        {**KNOWN, "looks": Looks.SAME, "removed": Removed.MANIFEST},
        Verdict.RECOVERED_BY_WATERMARK,
        "its signed manifest was removed",
    ),
    ({**KNOWN, "looks": Looks.SAME}, Verdict.RECOVERED_BY_WATERMARK, "agree with the ledger"),
    (
        {**KNOWN, "looks": Looks.SAME, "same_file": A},
        Verdict.RECOVERED_BY_WATERMARK,
        "exactly as it was saved",
    ),
    (
        {**KNOWN, "looks": Looks.FORGOTTEN, "removed": Removed.BOTH},
        Verdict.RECOVERED_BY_WATERMARK,
        "was erased, so nothing is left to compare",
    ),
    ({**KNOWN, "looks": Looks.TOO_LITTLE}, Verdict.RECOVERED_BY_WATERMARK, "too small or"),
    (
        {"told": TOLD, "known": A, "looks": Looks.FORGOTTEN},
        Verdict.METADATA_ONLY,
        "nothing in the picture itself",
    ),
    ({"marked": A}, Verdict.MARK_UNKNOWN_ID, "does not know"),
    ({"marked": A, "told": TOLD}, Verdict.MARK_UNKNOWN_ID, "AAAA-0001"),
    ({"same_pixels": A}, Verdict.SIMILAR, "exactly those of your picture AAAA-0001"),
    (
        {"told": TOLD, "known": A, "looks": Looks.SAME},
        Verdict.METADATA_ONLY,
        "its watermark was not found",
    ),
    ({"told": TOLD}, Verdict.METADATA_ONLY, "nothing in the picture itself"),
    ({"foreign": "FLUX"}, Verdict.METADATA_ONLY, "that FLUX writes"),
    ({"similar": A}, Verdict.SIMILAR, "Looks like your picture AAAA-0001"),
    ({"similar": A, "labelled": True}, Verdict.SIMILAR, "Looks like"),
    ({"labelled": True, "tool": "X"}, Verdict.METADATA_ONLY, "made with AI by X"),
    ({"labelled": True}, Verdict.METADATA_ONLY, "made with AI;"),
    ({"has_recipe": True}, Verdict.METADATA_ONLY, "recipe of an image generator"),
    ({}, Verdict.NOTHING_FOUND, "does not mean that it was not made by AI"),
]


@pytest.mark.parametrize(("facts", "verdict", "words"), ROWS)
def test_the_facts_decide(facts: dict[str, Any], verdict: Verdict, words: str) -> None:
    judged, sentence = judge(Facts(**facts))
    assert judged is verdict
    assert words in sentence
    assert sentence.endswith(".")


def test_every_row_of_the_table_is_tried() -> None:
    used = {
        next(index for index, rule in enumerate(RULES) if rule.applies(Facts(**facts)))
        for facts, *_ in ROWS
    }
    assert used == set(range(len(RULES)))


def test_what_happened_is_told_in_short_sentences() -> None:
    geometry = Geometry(scale_x=3.12, scale_y=3.12, rotation=-2.04, mirrored=True, cropped=True)
    assert history(geometry, (0.0, 0.002, 0.94, 1.0), 75) == [
        "It was scaled to 312 %.",
        "About 6 % is missing on the right.",
        "It was mirrored.",
        "It was rotated by 2.0° to the right.",
        "It was saved as JPEG at a quality of about 75.",
    ]
    assert history(Geometry(quarter_turns=3, cropped=True), None, None) == [
        "It was turned by 90° to the right.",
        "It is a part of the picture.",
    ]
    assert history(Geometry(scale_x=1.08, scale_y=1.0), None, None) == [
        "It was stretched to 108 % in width and 100 % in height."
    ]
    assert history(Geometry(scale_x=1.004, scale_y=0.997, rotation=0.1), None, None) == []
    assert history(None, None, None) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[2J\x07x", "[2Jx"),
        ("\u202eevil\u2066", "evil"),
        ("\ud800x\ue000\U000e0041", "x"),
        ("杯 ☕", "杯 ☕"),
        ("  ", ""),
        ("x" * 500, "x" * 119 + "…"),
    ],
)
def test_a_strangers_text_is_short_and_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_only_ids_are_taken_for_ids() -> None:
    assert is_record_id("0BADF00D")
    for text in ("0badf00d", "0BADF00", "0BADF00D\n", "../../ABC", "", "０BADF00D"):
        assert not is_record_id(text)

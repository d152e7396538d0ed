"""The verdict: a table of rules, read from the top; the first that fits the facts decides."""

from collections.abc import Callable

import msgspec

from maquette.core.record import spoken_id
from maquette.core.report import Verdict
from maquette.provenance.verify.facts import Facts, Looks, Removed, Signature


class Rule(msgspec.Struct, frozen=True):
    """When `applies`, the verdict is `verdict`, told in the words of `sentence`."""

    verdict: Verdict
    applies: Callable[[Facts], bool]
    sentence: Callable[[Facts], str]


def judge(facts: Facts) -> tuple[Verdict, str]:
    """The verdict and its one sentence."""
    rule = next(rule for rule in RULES if rule.applies(facts))
    return rule.verdict, rule.sentence(facts)


def _contradiction(facts: Facts) -> str:
    ids = ", ".join(spoken_id(record_id) for record_id in sorted(facts.ids))
    return f"The marks of this file name different pictures ({ids}), so they are not all its own."


def _of_nobody_here(facts: Facts) -> str:
    if facts.claims_maquette:
        return (
            "Not changed since it was signed, but not by this installation: another Maquette, or "
            "somebody who only says so, signed it."
        )
    if facts.signer:
        return (
            f"Not changed since it was signed by {facts.signer}; "
            "nobody vouches here for who that is."
        )
    return "Not changed since it was signed; the signer is not named."


def _outdated(facts: Facts) -> str:
    if facts.signer:
        return (
            f"Not changed since it was signed by {facts.signer}, but the certificate is not valid "
            "now and no timestamp says when that was."
        )
    return (
        "Not changed since it was signed, but the certificate is not valid now and no timestamp "
        "says when that was."
    )


def _recovered(facts: Facts) -> str:
    record = spoken_id(facts.marked)
    if facts.same_file:
        return f"This is your picture {record}, exactly as it was saved; it was not signed."
    if facts.looks is Looks.TOO_LITTLE:
        return (
            f"The watermark names your picture {record}; this is too small or too plain a part to "
            "tell whether it looks like it."
        )
    if facts.looks is not Looks.SAME:
        return (
            f"The watermark names your picture {record}; what the ledger kept of that picture was "
            "erased, so nothing is left to compare this one with."
        )
    match facts.removed:
        case Removed.BOTH:
            return (
                f"This is your picture {record}: its watermark and its looks agree with the "
                "ledger; its signed manifest and its labels were removed."
            )
        case Removed.MANIFEST:
            return (
                f"This is your picture {record}: its watermark and its looks agree with the "
                "ledger; its signed manifest was removed."
            )
        case Removed.LABELS:
            return (
                f"This is your picture {record}: its watermark and its looks agree with the "
                "ledger; its labels were removed."
            )
        case Removed.NOTHING:
            return (
                f"This is your picture {record}: its watermark and its looks agree with the ledger."
            )


def _told_only(facts: Facts) -> str:
    record = spoken_id(next(iter(facts.told)))
    if facts.known and facts.looks is Looks.SAME:
        return (
            f"The texts name your picture {record}, and it looks like it; its watermark was not "
            "found."
        )
    return (
        f"The texts say that this is Maquette's picture {record}; nothing in the picture itself "
        "confirms it."
    )


RULES: tuple[Rule, ...] = (
    Rule(
        Verdict.TAMPERED,
        lambda facts: facts.signature is Signature.BROKEN,
        lambda facts: facts.breach,
    ),
    # Whoever holds the key of this installation vouches for the whole file, marks included.
    Rule(
        Verdict.SIGNED_INTACT,
        lambda facts: facts.signature is Signature.OURS,
        lambda _facts: "Signed by Maquette on this computer, and not changed since.",
    ),
    Rule(
        Verdict.SIGNED_INTACT,
        lambda facts: facts.signature is Signature.TRUSTED,
        lambda facts: f"Signed by {facts.signer}, whom you trust, and not changed since.",
    ),
    Rule(Verdict.TAMPERED, lambda facts: len(facts.ids) > 1, _contradiction),
    Rule(
        Verdict.TAMPERED,
        lambda facts: bool(facts.marked) and facts.looks is Looks.DIFFERENT,
        lambda facts: (
            f"The watermark names your picture {spoken_id(facts.marked)}, but this is another "
            "picture: the mark was lifted off it and put here."
        ),
    ),
    Rule(
        Verdict.TAMPERED,
        lambda facts: bool(facts.told) and facts.looks is Looks.DIFFERENT,
        lambda facts: (
            f"The texts name your picture {spoken_id(facts.known)}, but this is another picture: "
            "they were copied from it."
        ),
    ),
    Rule(
        Verdict.SIGNED_UNKNOWN_SIGNER,
        lambda facts: facts.signature is Signature.UNKNOWN,
        _of_nobody_here,
    ),
    Rule(
        Verdict.SIGNED_UNKNOWN_SIGNER,
        lambda facts: facts.signature is Signature.OUTDATED,
        _outdated,
    ),
    Rule(
        Verdict.RECOVERED_BY_WATERMARK,
        lambda facts: bool(facts.marked) and facts.known == facts.marked,
        _recovered,
    ),
    Rule(
        Verdict.MARK_UNKNOWN_ID,
        lambda facts: bool(facts.marked),
        lambda facts: (
            f"Made with Maquette: the watermark names picture {spoken_id(facts.marked)}, which "
            "the ledger of this installation does not know."
        ),
    ),
    Rule(
        Verdict.SIMILAR,
        lambda facts: bool(facts.same_pixels),
        lambda facts: (
            f"Its pixels are exactly those of your picture {spoken_id(facts.same_pixels)}, which "
            "was saved without a watermark that can be read."
        ),
    ),
    Rule(Verdict.METADATA_ONLY, lambda facts: bool(facts.told), _told_only),
    Rule(
        Verdict.METADATA_ONLY,
        lambda facts: bool(facts.foreign),
        lambda facts: (
            f"Bears the invisible mark that {facts.foreign} writes, and no mark of Maquette."
        ),
    ),
    Rule(
        Verdict.SIMILAR,
        lambda facts: bool(facts.similar),
        lambda facts: (
            f"Looks like your picture {spoken_id(facts.similar)}, but carries none of its marks."
        ),
    ),
    Rule(
        Verdict.METADATA_ONLY,
        lambda facts: facts.labelled and bool(facts.tool),
        lambda facts: (
            f"Its metadata says that it was made with AI by {facts.tool}; anybody can write or "
            "remove that."
        ),
    ),
    Rule(
        Verdict.METADATA_ONLY,
        lambda facts: facts.labelled,
        lambda _facts: (
            "Its metadata says that it was made with AI; anybody can write or remove that."
        ),
    ),
    Rule(
        Verdict.METADATA_ONLY,
        lambda facts: facts.has_recipe,
        lambda _facts: (
            "Carries the recipe of an image generator; anybody can write or remove that."
        ),
    ),
    Rule(
        Verdict.NOTHING_FOUND,
        lambda _facts: True,
        lambda _facts: "No marks were found; this does not mean that it was not made by AI.",
    ),
)
"""Every verdict with its condition, the strongest statement first."""

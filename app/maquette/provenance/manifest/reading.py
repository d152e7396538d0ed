"""Reading a signed manifest: who signed, what is claimed, and whether it still holds.

Everything in a manifest is a stranger's. Its texts are cut to length and never formatted; servers
that it names are not asked. c2pa parses it in native code, so whoever reads files of strangers
does so in a process that may be lost (the marker's).
"""

import datetime
import io
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from c2pa import C2paError, Reader

from maquette.provenance.identity.signer import KnownSigners, certificates_of
from maquette.provenance.manifest.contents import Contents, contents_of, entries, table, text
from maquette.provenance.manifest.context import make_context
from maquette.provenance.manifest.restoring import reinserted
from maquette.provenance.manifest.validation import SENTENCES, Problem, problems_of

MAX_FILE = 256 << 20  # bytes
MAX_REPORT = 16 << 20  # characters of JSON that c2pa makes of a manifest

_DATA_HASH = "c2pa.hash.data"
# Bytes that every embedded manifest store has: the label of its outermost box.
_STORE_LABEL = b"c2pa"


class ManifestState(StrEnum):
    """What a manifest is worth."""

    OURS = "ours"  # intact, signed by this installation, now or earlier
    TRUSTED = "trusted"  # intact, signed under an anchor that the caller trusts
    UNKNOWN_SIGNER = "unknown_signer"  # intact, but anybody may have signed it
    INVALID = "invalid"  # `problems` says what is wrong
    ELSEWHERE = "elsewhere"  # the file names a manifest on a server, which is not fetched


STATE_SENTENCES = {
    ManifestState.OURS: "Valid, signed by this installation; the signer is not publicly trusted.",
    ManifestState.TRUSTED: "Valid, signed by a trusted signer.",
    ManifestState.UNKNOWN_SIGNER: "Valid, but the signer is not known here, and anybody can sign "
    "under any name.",
    ManifestState.INVALID: "Not valid: the manifest does not hold.",
    ManifestState.ELSEWHERE: "The manifest of this file is on a server, which was not asked.",
}


class ManifestReading(Contents, frozen=True, kw_only=True):
    """What the manifest of a file says, and what that is worth.

    `sentence` says the state in plain words, `problem_sentences` what is wrong, in the order of
    `problems`. `timestamp_trusted` says that the timestamp is by an authority under one of the
    anchors; without, anybody may have made it. `matches_file` says whether the manifest was made
    for exactly this file; a kept manifest may be intact without. `codes` are C2PA's validation
    codes of failures, for experts.
    """

    state: ManifestState
    sentence: str
    problems: tuple[Problem, ...] = ()
    problem_sentences: tuple[str, ...] = ()
    timestamp_trusted: bool = False
    matches_file: bool = True
    codes: tuple[str, ...] = ()


class _Report(msgspec.Struct, frozen=True):
    """What c2pa found: its validation state and codes, the manifest in force, byte places.

    `manifests` are all of them by label, the one in force and those of what went in.
    """

    state: str
    trusted: bool
    timestamp_trusted: bool
    failures: tuple[str, ...]
    ingredient_failures: tuple[str, ...]
    manifest: Mapping[str, Any]
    manifests: Mapping[str, Any]
    not_before: str
    place: tuple[int, int] | None  # start and length of what the data hash leaves out


class _NoReport(Exception):
    """c2pa cannot make a report. `state` is what that means, None for no manifest at all."""

    def __init__(self, state: ManifestState | None, words: str) -> None:
        super().__init__(words)
        self.state = state
        self.words = words


def read(
    file: bytes, *, known: KnownSigners | None = None, trust_anchors: str = ""
) -> ManifestReading | None:
    """What the manifest inside `file` says, None if it has none. Never raises on hostile input.

    Args:
        known: who counts as this installation (`identity.opening.known_signers`).
        trust_anchors: PEM of further roots whose signers are trusted.

    Raises:
        SigningError: `trust_anchors` are no certificates in PEM form.
    """
    return _read(file, None, known or KnownSigners(), trust_anchors)


def read_detached(
    manifest: bytes,
    file: bytes,
    *,
    known: KnownSigners | None = None,
    trust_anchors: str = "",
) -> ManifestReading | None:
    """The same for `manifest`, kept elsewhere, held against `file`.

    `matches_file` is true if `file` is, but for the manifest itself, the one that was signed. That
    it is not leaves the state as it is: what was signed still holds, for another file.
    """
    known = known or KnownSigners()
    whole = restore(file, manifest)
    if whole is not None:
        return _read(whole, None, known, trust_anchors)
    return _read(file, manifest, known, trust_anchors)


def restore(file: bytes, manifest: bytes) -> bytes | None:
    """`file` with its kept `manifest` put back; None unless that gives the very file signed.

    Known for PNG, JPEG and WebP. A file that lost its other texts too cannot be restored, since
    they were signed with it.
    """
    try:
        place = _report(file, manifest, "").place
        if place is None:
            return None
        whole = reinserted(file, manifest, *place)
        if whole is None or problems_of(_report(whole, None, "").failures):
            return None
    except _NoReport:
        return None
    return whole


def _read(
    file: bytes, manifest: bytes | None, known: KnownSigners, trust_anchors: str
) -> ManifestReading | None:
    try:
        report = _report(file, manifest, known.anchors)
        contents = contents_of(report.manifest, report.manifests)
        ours = report.trusted and contents.serial in known.serials
        anchored = False
        if not ours and trust_anchors:
            certificates_of(trust_anchors.encode())
            report = _report(file, manifest, trust_anchors)
            anchored = report.trusted
    except _NoReport as error:
        return _without_report(error)
    problems = _problems(report)
    matches_file = Problem.DATA_CHANGED not in problems
    if manifest is not None:
        problems = tuple(one for one in problems if one is not Problem.DATA_CHANGED)
    if problems:
        state = ManifestState.INVALID
    elif ours:
        state = ManifestState.OURS
    else:
        state = ManifestState.TRUSTED if anchored else ManifestState.UNKNOWN_SIGNER
    return ManifestReading(
        state=state,
        sentence=STATE_SENTENCES[state],
        problems=problems,
        problem_sentences=tuple(SENTENCES[problem] for problem in problems),
        timestamp_trusted=report.timestamp_trusted,
        matches_file=matches_file,
        codes=tuple(dict.fromkeys(report.failures + report.ingredient_failures)),
        **msgspec.structs.asdict(contents),
    )


def _without_report(error: _NoReport) -> ManifestReading | None:
    if error.state is None:
        return None
    problems = (Problem.DAMAGED,) if error.state is ManifestState.INVALID else ()
    return ManifestReading(
        state=error.state,
        sentence=STATE_SENTENCES[error.state],
        problems=problems,
        problem_sentences=tuple(SENTENCES[problem] for problem in problems),
        matches_file=False,
        codes=(text(error.words),),
    )


def _problems(report: _Report) -> tuple[Problem, ...]:
    """What is wrong, if c2pa calls it invalid; an ingredient alone need not make it that.

    c2pa says "expired" of a certificate that has yet to begin, too.
    """
    problems = problems_of(report.failures)
    if not problems and report.state not in ("Valid", "Trusted"):
        return (Problem.INGREDIENT if report.ingredient_failures else Problem.OTHER,)
    try:
        begins = datetime.datetime.fromisoformat(report.not_before)
        early = datetime.datetime.now(datetime.UTC) < begins
    except (ValueError, TypeError):  # no date, or one without a time zone
        early = False
    if not early:
        return problems
    return tuple(Problem.NOT_YET_VALID if one is Problem.EXPIRED else one for one in problems)


def _report(file: bytes, manifest: bytes | None, anchors: str) -> _Report:
    """Have c2pa verify `file`, or `manifest` against it. Raises _NoReport."""
    if len(file) > MAX_FILE:
        raise _NoReport(None, "the file is too large")
    try:
        with (
            make_context(anchors) as context,
            Reader(None, io.BytesIO(file), manifest, context) as reader,
        ):
            described, verified = _decoded(reader.json()), _decoded(reader.crjson())
    except C2paError as error:
        raise _NoReport(_state_of(str(error), manifest or file), str(error)) from error
    except (msgspec.DecodeError, RecursionError, UnicodeError, ValueError) as error:
        raise _NoReport(ManifestState.INVALID, str(error)) from error
    label = str(described.get("active_manifest"))
    manifests = table(described.get("manifests"))
    results = table(table(described.get("validation_results")).get("activeManifest"))
    deltas = entries(table(described.get("validation_results")).get("ingredientDeltas"))
    raw = next(
        (one for one in entries(verified.get("manifests")) if table(one).get("label") == label), {}
    )
    certificate = table(table(raw.get("signature")).get("certificateInfo"))
    return _Report(
        state=text(described.get("validation_state")),
        trusted="signingCredential.trusted" in _codes(results, "success"),
        timestamp_trusted="timeStamp.trusted" in _codes(results, "success"),
        failures=tuple(_codes(results, "failure")),
        ingredient_failures=tuple(
            code
            for delta in deltas
            for code in _codes(table(table(delta).get("validationDeltas")), "failure")
        ),
        manifest=table(manifests.get(label)),
        manifests=manifests,
        not_before=text(table(certificate.get("validity")).get("notBefore")),
        place=_place(table(table(raw.get("assertions")).get(_DATA_HASH))),
    )


def _decoded(report: str) -> Mapping[str, Any]:
    if len(report) > MAX_REPORT:
        raise ValueError("the manifest is too large")
    return table(msgspec.json.decode(report))


def _codes(results: Mapping[str, Any], kind: str) -> list[str]:
    return [text(table(entry).get("code")) for entry in entries(results.get(kind))]


def _place(data_hash: Mapping[str, Any]) -> tuple[int, int] | None:
    match entries(data_hash.get("exclusions")):
        case [{"start": int(start), "length": int(length)}]:
            return start, length
    return None


def _state_of(words: str, file: bytes) -> ManifestState | None:
    """What it means that c2pa refuses `file` with `words`."""
    if words.startswith("ManifestNotFound"):
        return None
    if words.startswith("Remote"):
        return ManifestState.ELSEWHERE
    return ManifestState.INVALID if _STORE_LABEL in file else None

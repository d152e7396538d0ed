"""The colours of tones in the theme of now."""

from maquette.gui.theme import current_tokens
from maquette.state.verdicts import Tone


def tone_colour(tone: Tone) -> str:
    """The colour of `tone` as #rrggbb."""
    tokens = current_tokens()
    return {
        Tone.GOOD: tokens.success,
        Tone.WARNING: tokens.accent_text,
        Tone.BAD: tokens.danger,
        Tone.NEUTRAL: tokens.text,
        Tone.QUIET: tokens.muted,
    }[tone]

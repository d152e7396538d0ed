"""What a project file holds of the panel, and what is taken over from one."""

import msgspec

from maquette.core.recipe import MAX_SIDE, MIN_SIDE
from maquette.state.session import Session, storable_text


def panel_of(session: Session) -> bytes:
    """What a project file holds of the panel: all but pictures and models of this machine."""
    return msgspec.json.encode(_without_files(session))


def session_of(panel: bytes, now: Session) -> Session | None:
    """The panel of a project file, which may be a stranger's; None if it makes no sense.

    Nothing that it names is opened: the start picture, images of controls and control models are
    left out.
    """
    try:
        session = msgspec.json.decode(panel, type=Session)
    except (msgspec.DecodeError, RecursionError):
        return None
    sides = (session.width, session.height)
    if not all(MIN_SIDE <= side <= MAX_SIDE for side in sides):
        sides = now.width, now.height
    return msgspec.structs.replace(
        _without_files(session),
        width=sides[0],
        height=sides[1],
        prompt=storable_text(session.prompt),
        negative_prompt=storable_text(session.negative_prompt),
        advanced_open=now.advanced_open,
    )


def _without_files(session: Session) -> Session:
    extras = tuple(
        msgspec.structs.replace(extra, model="")
        for extra in session.sketch.extras
        if not extra.path
    )
    sketch = msgspec.structs.replace(session.sketch, model="", extras=extras)
    return msgspec.structs.replace(session, start=None, sketch=sketch)

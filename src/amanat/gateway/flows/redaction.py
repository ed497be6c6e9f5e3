"""What may be kept of what a person wrote: identity numbers and answers marked secret leave only their last digits."""

import re
from typing import Final

import msgspec

from amanat.gateway.flows.model import Ask, Flow
from amanat.gateway.flows.session import Input, Said, Session

_SHOWN: Final = 4
_LEAST_HIDDEN: Final = 4
# The Indonesian identity and family card numbers (NIK, KK) have sixteen digits, written in groups by some.
_IDENTITY: Final = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)", re.ASCII)


def masked(value: str) -> str:
    """Return a secret as it may be shown: enough to recognise it by, never short of four characters hidden."""
    shown = value[-_SHOWN:] if len(value) >= _SHOWN + _LEAST_HIDDEN else ""
    return "\u2022" * max(_LEAST_HIDDEN, len(value) - len(shown)) + shown


def without_identity_numbers(text: str) -> str:
    """Mask every identity number in a text that somebody wrote freely."""
    return _IDENTITY.sub(lambda match: masked(re.sub(r"\D", "", match[0])), text)


def for_keeping(flow: Flow, session: Session, *, heard: Input) -> Input:
    """Return an input as an inbox or a record may hold it; `session` is the one it came to."""
    if not isinstance(heard, Said):
        return heard
    step = flow.steps.get(session.step)
    if session.standing in ("asking", "choosing_language") and isinstance(step, Ask) and step.secret:
        return msgspec.structs.replace(heard, text=masked(heard.text))
    return msgspec.structs.replace(heard, text=without_identity_numbers(heard.text))

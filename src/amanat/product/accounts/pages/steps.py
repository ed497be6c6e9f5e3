"""What the steps of signing in and up tell each other, sealed."""

from msgspec import Struct


class CodeSent(Struct, frozen=True):
    """A code is on its way to a number. `wait_s`: how long until the next one may be asked for."""

    challenge: str
    number: str
    wait_s: int
    next: str | None


class Proved(Struct, frozen=True):
    """Somebody holds a number. `owner` is whose it was at that moment."""

    number: str
    number_hash: bytes
    owner: str | None
    next: str | None


class Chosen(Struct, frozen=True):
    """What somebody without a number will be called, once they have a passkey."""

    user_id: str
    handle: str
    name: str
    token: str
    next: str | None

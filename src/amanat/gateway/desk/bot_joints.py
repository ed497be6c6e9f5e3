"""What the desk needs of a bot, which it does not know: the composition fulfils it. Times in ms."""

from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

Scope: TypeAlias = Literal["read", "write", "manage"]


class BotAbout(Struct, frozen=True, kw_only=True):
    """What a bot is. `number` stands in its tokens."""

    name: str
    api: str
    username: str
    number: int


class Hook(Struct, frozen=True, kw_only=True):
    """Where what people say is sent on to, without what is secret in the address; since when, or 0."""

    url: str
    since_ts: int


class Failure(Struct, frozen=True, kw_only=True):
    """The last try that failed: the HTTP status, or 0 and why there was none."""

    ts: int
    status: int
    reason: str


class BotState(Struct, frozen=True, kw_only=True):
    """How a bot is doing. `waiting`: updates that its program does not have yet."""

    about: BotAbout
    webhook: Hook | None
    waiting: int
    last_failure: Failure | None


class Tried(Struct, frozen=True, kw_only=True):
    """One try to deliver an update, without a word of what people said. `reason`: why there was no answer at all."""

    position: int
    update: int
    kind: str
    ts: int
    took_ms: int
    status: int
    reason: str
    state: str


class Opened(Struct, frozen=True, kw_only=True):
    """What a try brought and what it was answered, each as far as it is shown."""

    body: str
    answer: str


class HeldToken(Struct, frozen=True, kw_only=True):
    """A token, without what lets in. `until`: when it ends or has ended; None for never."""

    label: str
    scopes: tuple[Scope, ...]
    since: int
    until: int | None
    used: int | None
    holds: bool


class WantedToken(Struct, frozen=True, kw_only=True):
    """A token to make. `lasts_ms`: None for until it is revoked."""

    label: str
    scopes: tuple[Scope, ...]
    lasts_ms: int | None


class BotProgram(Protocol):
    """A bot's program as its gateway knows it."""

    def about(self) -> BotAbout:
        """Return what the bot is."""
        ...

    async def state(self) -> BotState:
        """Return how it is doing."""
        ...

    async def tries(self) -> list[Tried]:
        """Return the last 100 tries, the newest first."""
        ...

    async def opened(self, position: int) -> Opened | None:
        """Return what a try brought."""
        ...

    async def replay(self, position: int) -> bool:
        """Deliver it again; whether it is still there."""
        ...

    async def test(self) -> None:
        """Deliver a test, once; raises `NotNow` without a webhook, and `LimitExceeded`."""
        ...

    def tokens(self) -> list[HeldToken]:
        """Return the tokens, those that ended too."""
        ...

    async def add_token(self, wanted: WantedToken) -> str:
        """Make a token and return it, this once; raises `Already` for a label that is taken, and `WrongValue`."""
        ...

    async def revoke(self, label: str) -> bool:
        """Let nobody in any more by the tokens of this label; whether there were any."""
        ...

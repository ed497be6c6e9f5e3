"""What a flow asks another system, and what comes of it: plain data that every kind of source shares."""

from collections.abc import Mapping
from typing import Final, Literal, Protocol

from msgspec import Struct

MAX_VALUE: Final = 500
"""Characters of one value: it stands inside a sentence."""

Outcome = Literal["found", "not_found", "error"]


class Call(Struct, frozen=True, kw_only=True):
    """What a flow asks. Whatever a person said stands in `arguments`, and belongs in no log."""

    request: str
    """Its id for ever: what is done again after a crash is done under the same one."""
    source: str
    """The connector's name in flow.yaml."""
    arguments: Mapping[str, str]
    gives: tuple[str, ...]
    """The values that the flow declares: no other is handed on."""
    deadline_ms: int
    """When the flow stops waiting."""

    def __repr__(self) -> str:
        return f"Call({self.source})"


class Reply(Struct, frozen=True, kw_only=True):
    """What came of a call. Values are text that a flow shows as it is and never reads."""

    outcome: Outcome
    values: Mapping[str, str] = {}

    def __repr__(self) -> str:
        return f"Reply({self.outcome})"


NOT_FOUND: Final = Reply(outcome="not_found")
FAILED: Final = Reply(outcome="error")


class SourceFailed(Exception):
    """The other system did not answer, or with what nobody expects: its reason is fit for a log."""


class Source(Protocol):
    """One other system."""

    async def ask(self, call: Call) -> Reply:
        """Return its answer, or raise `SourceFailed`; whoever calls keeps the deadline."""
        ...

    async def close(self) -> None:
        """Let its connections go."""
        ...


def found(values: Mapping[str, str]) -> Reply:
    """Return an answer; one in which nothing is said is none."""
    if not any(values.values()):
        return NOT_FOUND
    return Reply(outcome="found", values={name: value[:MAX_VALUE] for name, value in values.items()})

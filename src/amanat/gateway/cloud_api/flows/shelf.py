"""The flows of a bot: a list of what they are, and the JSON of each in a row of its own."""

from typing import Final, Literal, TypeAlias

from msgspec import Struct, json

from amanat.gateway.bots.api import Line
from amanat.gateway.cloud_api.errors import GraphError

Status: TypeAlias = Literal["DRAFT", "PUBLISHED", "DEPRECATED"]

MOST: Final = 100
"""Of one bot."""
LARGEST: Final = 200_000
"""Of a flow's JSON, in bytes; what its form may have is less."""
_NAME: Final = "cloud_api.flows"


class Flow(Struct, frozen=True, kw_only=True):
    """What is known of a flow beside its JSON. `json_version` is empty until it has one."""

    number: int
    name: str
    categories: tuple[str, ...]
    updated_ts: int
    status: Status = "DRAFT"
    json_version: str = ""


async def all_of(line: Line) -> list[Flow]:
    """Return every flow of a bot, the oldest first."""
    kept = await line.setting(_NAME)
    return [] if kept is None else json.decode(kept, type=list[Flow])


async def find(line: Line, *, number: int | None = None, name: str | None = None) -> Flow | None:
    """Return a flow by its number or its name."""
    flows = await all_of(line)
    return next((flow for flow in flows if flow.number == number or (name and flow.name == name)), None)


async def text_of(line: Line, number: int) -> str | None:
    """Return the JSON of a flow; None where it has none yet."""
    kept = await line.setting(f"{_NAME}.{number}")
    return kept.decode() if kept else None


async def put(line: Line, flow: Flow, *, text: str | None = None) -> None:
    """Keep a flow, and its JSON where one is given; raises where its name is taken."""
    others = [each for each in await all_of(line) if each.number != flow.number]
    if any(each.name == flow.name for each in others):
        raise GraphError(100, f"There is a flow called {flow.name} already.")
    if len(others) >= MOST:
        raise GraphError(100, f"A business may have {MOST} flows.")
    # The JSON first: what is killed in between is a row that no flow names, and the next of its number overwrites it.
    if text is not None:
        await line.keep_setting(f"{_NAME}.{flow.number}", text.encode())
    await line.keep_setting(_NAME, json.encode(sorted([*others, flow], key=lambda each: each.number)))


async def drop(line: Line, number: int) -> None:
    """Forget a flow."""
    rest = [each for each in await all_of(line) if each.number != number]
    await line.keep_setting(_NAME, json.encode(rest))
    await line.keep_setting(f"{_NAME}.{number}", None)


def next_number(flows: list[Flow]) -> int:
    """Return the number of a new flow."""
    return max((each.number for each in flows), default=0) + 1

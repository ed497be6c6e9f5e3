"""Whoever asks what has changed is told once it has, and told of everything where nobody can know."""

import asyncio
from collections.abc import Callable

from amanat.gateway.desk.changes import EVERYTHING, MAX_TOPICS, Changes


def _stays(_gone: Callable[[], object]) -> None:
    """Somebody who does not hang up."""


async def test_a_change_is_told_to_who_waits_and_to_who_asks_later() -> None:
    changes = Changes(start=100)
    begun = changes.since(100).next
    waiting = asyncio.create_task(changes.wait(begun, seconds=20, on_gone=_stays))
    await asyncio.sleep(0)
    changes.tell("inbox", "chat:!a")
    news = await waiting
    assert news.changed == ["inbox", "chat:!a"]
    changes.tell("day")
    assert changes.since(begun).changed == ["inbox", "chat:!a", "day"]
    assert changes.since(news.next).changed == ["day"]


async def test_when_nothing_changes_the_time_passes() -> None:
    changes = Changes(start=100)
    assert (await changes.wait(100, seconds=0, on_gone=_stays)).changed == []


async def test_who_hangs_up_waits_no_more() -> None:
    changes, gone = Changes(start=100), list[Callable[[], object]]()
    waiting = asyncio.create_task(changes.wait(100, seconds=20, on_gone=gone.append))
    await asyncio.sleep(0)
    gone[0]()
    gone[0]()
    assert (await waiting).changed == []


def test_what_nobody_knows_is_everything() -> None:
    changes = Changes(start=100)
    for since in (0, 99, 101):
        assert changes.since(since).changed == list(EVERYTHING)
    asked = changes.since(100).next
    for number in range(MAX_TOPICS + 1):
        changes.tell(f"chat:!{number}")
    assert changes.since(asked).changed == list(EVERYTHING)
    assert changes.since(changes.since(0).next).changed == []


async def test_where_anything_may_have_changed_everybody_looks_at_everything() -> None:
    changes = Changes(start=100)
    changes.tell("day", "chat:!a")
    seen = changes.since(100).next
    waiting = asyncio.create_task(changes.wait(seen, seconds=20, on_gone=_stays))
    await asyncio.sleep(0)
    changes.tell_of_anything()
    news = await waiting
    assert news.changed == changes.since(seen).changed == [*EVERYTHING, "chat:!a"]
    assert changes.since(news.next).changed == []

"""What is said arrives once and in order, over a network that loses requests and answers."""

import pytest

from amanat.gateway.device import outbox
from amanat.gateway.device.happenings import NotSent, Sent
from amanat.gateway.device.tables import OUTBOX
from tests.gateway.device.town import Town
from tests.store.schema import everything_in


async def test_what_is_lost_on_the_way_arrives_once_and_in_order(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    ways = iter(["there", "back", None, "back", "there", None])
    office.road.loses = lambda line: next(ways, None) if "/send" in line else None
    for text in "one", "two", "three":
        await alice.say(room_id, text)
    await alice.echo.hears("You said: three")
    assert alice.echo.texts == ["You said: one", "You said: two", "You said: three"]
    await office.echo.until(
        lambda: sum(isinstance(each, Sent) for each in office.echo.told) == 3 or None, "is told of all"
    )
    assert await everything_in(office.store, OUTBOX) == []


async def test_what_could_not_be_sent_goes_as_soon_as_the_server_answers_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    await alice.echo.hears("You said: hello")
    for pause in "FIRST_RETRY_S", "LAST_RETRY_S":
        monkeypatch.setattr(outbox, pause, 3600.0)
    lost: list[str] = []

    def lose(line: str) -> str | None:
        """Lose one message, and one sync after it."""
        wanted = "/send/" if not lost else "/sync"
        if wanted not in line or len(lost) == 2:
            return None
        lost.append(line)
        return "there" if wanted == "/send/" else "back"

    office.road.loses = lose
    await alice.say(room_id, "again")
    await office.echo.hears("again")
    await alice.say(room_id, "and again")
    await alice.echo.hears("You said: again")
    assert len(lost) == 2


async def test_what_is_put_with_the_same_id_twice_is_said_once(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    await alice.echo.hears("You said: hello")
    for text in "first", "again":
        await office.say(room_id, text, txn_id="the same")
    await office.say(room_id, "last")
    await alice.echo.hears("last")
    assert alice.echo.texts == ["You said: hello", "first", "last"]


async def test_what_the_server_refuses_is_reported_and_the_rest_goes_on(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    await alice.echo.hears("You said: hello")
    await office.say(room_id, "x" * 70_000, txn_id="large")
    await office.say(room_id, "small")
    await alice.echo.hears("small")
    refused = await office.echo.told_of(NotSent)
    assert (refused.txn_id, refused.errcode) == ("large", "M_FORBIDDEN")
    assert await everything_in(office.store, OUTBOX) == []

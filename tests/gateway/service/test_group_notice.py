"""A bot in a group: only an admin brings it in, and what it is it says there once, whatever is killed meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.device.rooms import NEW_GROUPS, ROOM
from amanat.gateway.device.tables import OUTBOX, ROOMS
from amanat.gateway.service.group_notice import GroupNotices
from amanat.gateway.service.group_notice_words import DECLINES
from tests.db.doubtful import Doubtful
from tests.gateway.device.town import Citizen, Town, until
from tests.gateway.service.at_work import AtWork, Visitor
from tests.gateway.service.bot_at_work import BotAtWork
from tests.store.schema import everything_in

NOTICE = "I am an automatic service."


@pytest.fixture
async def bot(town: Town, tmp_path: Path) -> AsyncIterator[BotAtWork]:
    at_work = await BotAtWork.begin(town, tmp_path / "bot")
    yield at_work
    await at_work.close()


async def _group(town: Town) -> tuple[Citizen, Citizen, str]:
    """Bring two people into a group: its owner, and a plain member."""
    ani, budi = await town.citizen("ani"), await town.citizen("budi")
    for each in ani, budi:
        await each.publish_identity()
    room_id = await ani.person.create_room(invite=[budi.user_id], preset="private_chat")
    await budi.person.join(room_id)
    await ani.sees_member(room_id, budi.user_id)
    return ani, budi, room_id


def _notices(citizen: Citizen) -> int:
    return sum(NOTICE in text for text in citizen.echo.texts)


async def _hears_a_notice(citizen: Citizen) -> None:
    await citizen.echo.until(lambda: _notices(citizen) or None, "hears the notice")


async def test_an_admin_brings_it_in_and_everybody_is_told_once(town: Town, bot: BotAtWork) -> None:
    ani, budi, room_id = await _group(town)
    await ani.person.invite(room_id, bot.person.user_id)
    for each in ani, budi:
        await _hears_a_notice(each)
    told = await bot.told("Membership")
    assert (told["chat"]["kind"], told["is_in"]) == ("group", True)
    await bot.close()
    await bot.start()
    await budi.say(room_id, "/halo")
    await bot.told("Came")
    assert (_notices(ani), _notices(budi)) == (1, 1)


async def test_a_member_is_declined_with_a_reason_and_nothing_is_said(town: Town, bot: BotAtWork) -> None:
    ani, budi, room_id = await _group(town)
    await budi.person.invite(room_id, bot.person.user_id)
    await ani.sees_member(room_id, bot.person.user_id, membership="leave")
    members = (await ani.person.get(f"/rooms/{room_id}/members")).json["chunk"]
    declined = next(each for each in members if each["state_key"] == bot.person.user_id)
    assert declined["content"]["reason"] == DECLINES
    assert _notices(ani) == 0
    assert await bot.line.count_updates() == 0
    await ani.person.invite(room_id, bot.person.user_id)
    await _hears_a_notice(budi)


async def test_a_chat_of_two_that_becomes_a_group_is_told_then(town: Town, bot: BotAtWork) -> None:
    visitor = await bot.visitor()
    budi = await town.citizen("budi")
    await visitor.writes("halo")
    await bot.told("Came")
    assert _notices(visitor.citizen) == 0
    await visitor.citizen.person.invite(visitor.room_id, budi.user_id)
    await _hears_a_notice(visitor.citizen)


async def test_whoever_puts_it_out_and_in_again_is_told_again(town: Town, bot: BotAtWork) -> None:
    ani, _, room_id = await _group(town)
    await ani.person.invite(room_id, bot.person.user_id)
    await _hears_a_notice(ani)
    kicked = await ani.person.post(f"/rooms/{room_id}/kick", {"user_id": bot.person.user_id})
    assert kicked.status == 200
    await until(lambda: _is_forgotten(bot))
    await ani.person.invite(room_id, bot.person.user_id)
    await ani.echo.until(lambda: _notices(ani) == 2 or None, "hears the notice again")


async def _is_forgotten(bot: BotAtWork) -> bool:
    return await everything_in(bot.ground.store, ROOMS) == []


async def test_it_was_killed_before_it_could_tell(town: Town, bot: BotAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    ani, _, room_id = await _group(town)
    with monkeypatch.context() as dead:
        dead.setattr(GroupNotices, "work", lambda _: asyncio.Event().wait())
        await bot.close()
        await bot.start()
        await ani.person.invite(room_id, bot.person.user_id)
        await ani.sees_member(room_id, bot.person.user_id)
        await bot.told("Membership")
        await bot.close()
    await bot.start()
    await _hears_a_notice(ani)


async def test_a_flow_says_it_too(town: Town, tmp_path: Path) -> None:
    doubtful = Doubtful(SqliteDatabase(tmp_path / "office" / "gateway.db", portable=True))
    passport = await AtWork.begin(town, tmp_path / "gateway", database=doubtful)
    doubtful.lose_answer(lambda table, row: table is OUTBOX and row is not None)
    ani, budi, room_id = await _group(town)
    await ani.person.invite(room_id, passport.person.user_id)
    await _hears_a_notice(budi)
    await doubtful.has_lost_it()
    await Visitor(ani, room_id).says("halo", until="Selamat datang")
    assert _notices(ani) == 1
    store = passport.service.store
    row = await store.first(ROOM, room_id=room_id)
    assert row is not None
    assert row.noticed
    assert await store.all(NEW_GROUPS, room_ids=[room_id]) == []
    await passport.close()

"""Bans and silences end at their time, also after a death, and not where somebody else decided since."""

import pytest

from amanat.gateway.bots.groups.group_model import NotAllowed
from tests.gateway.bots.in_group import group_of
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork

HOUR_S = 3600


async def test_a_ban_ends_at_its_time_and_not_before(on_both: BotAtWork) -> None:
    group, line = await group_of(on_both), on_both.line
    ends_ts = on_both.now_ms() + HOUR_S * 1000
    await line.group.act(group.chat, "ban", person=group.person, until_ts=ends_ts)
    assert (await line.group.member(group.chat, group.person)).until_ts == ends_ts
    on_both.passes(HOUR_S - 60)
    assert await group.membership(group.budi) == "ban"
    on_both.passes(60)
    await group.becomes("leave")
    await group.nothing_is_due()
    assert (await line.group.member(group.chat, group.person)).until_ts == 0


async def test_a_silence_that_ends_while_the_gateway_is_down_ends_when_it_is_back(on_both: BotAtWork) -> None:
    group = await group_of(on_both)
    ends_ts = on_both.now_ms() + HOUR_S * 1000
    await on_both.line.group.make(group.chat, group.person, rank="silent", until_ts=ends_ts)
    assert not await group.may_write()
    assert (await on_both.line.group.member(group.chat, group.person)).until_ts == ends_ts
    await on_both.close()
    on_both.ahead_ms += HOUR_S * 1000
    await on_both.start()
    await group.writes_again()


async def test_whoever_had_a_level_gets_it_back_after_the_last_of_their_silences(on_both: BotAtWork) -> None:
    group, line = await group_of(on_both), on_both.line
    await group.empowers(group.budi.user_id, 10)
    for hours in 1, 2:
        ends_ts = on_both.now_ms() + hours * HOUR_S * 1000
        await line.group.make(group.chat, group.person, rank="silent", until_ts=ends_ts)
    on_both.passes(HOUR_S)
    assert not await group.may_write()
    on_both.passes(HOUR_S)
    await group.writes_again()
    assert (await group.state("m.room.power_levels"))["users"][group.budi.user_id] == 10


@pytest.mark.parametrize(("level", "left"), [(10, 10), (50, None), (-3, None)])
async def test_whoever_is_no_longer_silent_is_what_they_were_and_no_admin(
    at_work: BotAtWork, level: int, left: int | None
) -> None:
    group, line = await group_of(at_work), at_work.line
    await group.empowers(group.budi.user_id, level)
    ends_ts = at_work.now_ms() + HOUR_S * 1000
    await line.group.make(group.chat, group.person, rank="silent", until_ts=ends_ts)
    await line.group.make(group.chat, group.person, rank="member", until_ts=ends_ts)
    assert (await group.state("m.room.power_levels"))["users"].get(group.budi.user_id) == left
    await group.nothing_is_due()


async def test_a_silence_for_a_time_ends_also_where_it_was_for_ever(at_work: BotAtWork) -> None:
    group, line = await group_of(at_work), at_work.line
    for ends_ts in 0, at_work.now_ms() + HOUR_S * 1000:
        await line.group.make(group.chat, group.person, rank="silent", until_ts=ends_ts)
    at_work.passes(HOUR_S)
    await group.writes_again()


async def test_what_is_killed_between_the_note_and_the_ban_bans_nobody_and_forgets_the_note(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    at_work.road.loses = lambda line: "there" if line.endswith("/ban") else None
    acting = at_work.line.group.act(group.chat, "ban", person=group.person, until_ts=at_work.now_ms() + HOUR_S * 1000)
    with pytest.raises(Exception, match="lost"):
        await acting
    assert await group.membership(group.budi) == "join"
    at_work.passes(HOUR_S)
    await group.nothing_is_due()
    assert await group.membership(group.budi) == "join"


async def test_while_the_homeserver_is_away_it_is_tried_again(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    await at_work.line.group.act(group.chat, "ban", person=group.person, until_ts=at_work.now_ms() + HOUR_S * 1000)
    tried: list[str] = []

    def lost(line: str) -> str | None:
        is_ours = line.endswith("/unban")
        tried.extend([line] if is_ours else [])
        return "there" if is_ours else None

    at_work.road.loses = lost
    at_work.passes(HOUR_S)

    async def is_tried() -> bool:
        return bool(tried)

    await until(is_tried)
    assert await group.membership(group.budi) == "ban"
    at_work.road.loses = lambda _: None
    at_work.passes(60)
    await group.becomes("leave")


async def test_whom_somebody_else_banned_since_stays_out(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    whom = {"user_id": group.budi.user_id}
    await at_work.line.group.act(group.chat, "ban", person=group.person, until_ts=at_work.now_ms() + HOUR_S * 1000)
    await group.ani.person.post(f"/rooms/{group.room_id}/unban", whom)
    await group.ani.person.post(f"/rooms/{group.room_id}/ban", whom)
    assert (await at_work.line.group.member(group.chat, group.person)).until_ts == 0
    at_work.passes(HOUR_S)
    await group.nothing_is_due()
    assert await group.membership(group.budi) == "ban"


async def test_a_ban_of_somebody_elses_is_ended_if_the_bot_was_asked_to(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    await group.ani.person.post(f"/rooms/{group.room_id}/ban", {"user_id": group.budi.user_id})
    await at_work.line.group.act(group.chat, "ban", person=group.person, until_ts=at_work.now_ms() + HOUR_S * 1000)
    at_work.passes(HOUR_S)
    await group.becomes("leave")


async def test_what_the_bot_decides_later_counts(at_work: BotAtWork) -> None:
    group, line = await group_of(at_work), at_work.line
    ends_ts = at_work.now_ms() + HOUR_S * 1000
    await line.group.act(group.chat, "ban", person=group.person, until_ts=ends_ts)
    await line.group.act(group.chat, "ban", person=group.person, until_ts=ends_ts + HOUR_S * 1000)
    at_work.passes(HOUR_S)
    assert await group.membership(group.budi) == "ban"
    await line.group.act(group.chat, "ban", person=group.person)
    await group.nothing_is_due()
    assert await group.membership(group.budi) == "ban", "this one has no end"


async def test_a_bot_that_lost_its_power_lets_it_be(at_work: BotAtWork) -> None:
    group, line = await group_of(at_work), at_work.line
    ends_ts = at_work.now_ms() + HOUR_S * 1000
    await line.group.act(group.chat, "ban", person=group.person, until_ts=ends_ts)
    await group.empowers(at_work.person.user_id, 0)
    with pytest.raises(NotAllowed):
        await line.group.make(group.chat, group.person, rank="silent", until_ts=ends_ts)
    at_work.passes(HOUR_S)
    await group.nothing_is_due()
    assert await group.membership(group.budi) == "ban"


async def test_a_level_that_somebody_else_gave_since_is_kept(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    ends_ts = at_work.now_ms() + HOUR_S * 1000
    await at_work.line.group.make(group.chat, group.person, rank="silent", until_ts=ends_ts)
    await group.empowers(group.budi.user_id, -5)
    at_work.passes(HOUR_S)
    await group.nothing_is_due()
    assert not await group.may_write()

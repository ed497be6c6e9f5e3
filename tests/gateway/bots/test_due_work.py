"""What is due in a chat that the bot has left is dropped; what is in vain for a week is given up."""

from tests.gateway.bots.in_group import group_of
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork

HOUR_S = 3600
WEEK_S = 7 * 24 * HOUR_S


async def test_in_a_group_that_it_has_left_a_bot_does_nothing(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    await at_work.line.group.act(group.chat, "ban", person=group.person, until_ts=at_work.now_ms() + HOUR_S * 1000)
    await at_work.line.leave(group.chat)
    at_work.passes(HOUR_S)
    await group.nothing_is_due()
    assert await group.membership(group.budi) == "ban"


async def test_what_is_in_vain_for_a_week_is_given_up(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    await at_work.line.group.act(group.chat, "ban", person=group.person, until_ts=at_work.now_ms() + HOUR_S * 1000)
    tries = 0

    def lost(line: str) -> str | None:
        nonlocal tries
        tries += line.endswith("/unban")
        return "there" if line.endswith("/unban") else None

    at_work.road.loses = lost
    at_work.passes(HOUR_S)

    async def was_tried() -> bool:
        return tries > 0

    await until(was_tried)
    at_work.passes(WEEK_S + HOUR_S)
    await group.nothing_is_due()
    at_work.road.loses = lambda _: None
    assert await group.membership(group.budi) == "ban"

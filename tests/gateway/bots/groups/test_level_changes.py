"""Whose level somebody changed is told of once, with what it was; not what was before the bot came, nor everybody's."""

from amanat.gateway.bots.api import Line
from tests.gateway.bots.in_group import LEVELS, InGroup, group_of
from tests.gateway.service.bot_at_work import BotAtWork


async def _ranked(at_work: BotAtWork) -> tuple[int | None, str, str]:
    """Return whom the bot is next told of, the bot itself as nobody, and how they stood and stand."""
    told = await at_work.told("Ranked")
    person = told["person"]
    return (person and person["number"], told["before"]["status"], told["after"]["status"])


async def test_who_is_lifted_lowered_and_silenced_from_an_app_is_told_of(on_both: BotAtWork) -> None:
    group = await group_of(on_both, level=50)
    assert await _ranked(on_both) == (None, "member", "administrator"), "the bot itself"
    budi = group.person.number
    await group.empowers(group.budi.user_id, 50)
    assert await _ranked(on_both) == (budi, "member", "administrator")
    await group.empowers(group.budi.user_id, -1)
    assert await _ranked(on_both) == (budi, "administrator", "restricted")
    await group.empowers(group.budi.user_id, None)
    assert await _ranked(on_both) == (budi, "restricted", "member")


async def test_rights_that_change_within_a_status_are_told_of(at_work: BotAtWork) -> None:
    group = await group_of(at_work, level=50)
    await at_work.told("Ranked")
    await group.empowers(group.budi.user_id, 50)
    first = await at_work.told("Ranked")
    await group.empowers(group.budi.user_id, 100)
    told = await at_work.told("Ranked")
    assert (told["before"]["status"], told["after"]["status"]) == ("administrator", "administrator")
    assert (told["before"]["rights"]["promote"], told["after"]["rights"]["promote"]) == (False, True)
    assert told["by"] == first["by"]


async def test_what_happened_while_the_gateway_was_down_is_told_once(at_work: BotAtWork) -> None:
    group = await group_of(at_work, level=50)
    await at_work.told("Ranked")
    await at_work.close()
    await group.empowers(group.budi.user_id, 50)
    await group.empowers(group.budi.user_id, None)
    await at_work.start()
    budi = group.person.number
    assert await _ranked(at_work) == (budi, "member", "administrator")
    assert await _ranked(at_work) == (budi, "administrator", "member")
    await at_work.close()
    await at_work.start()
    assert await _ranks_until_heard(group, at_work.line) == 3, "those of before, which nobody has taken"


async def test_what_was_before_the_bot_came_and_what_is_everybodys_is_not_told_of(at_work: BotAtWork) -> None:
    town = at_work.town
    ani, budi = await town.citizen("ani"), await town.citizen("budi")
    room_id = await ani.create_room(budi)
    levels = (await ani.person.get(f"/rooms/{room_id}/state/{LEVELS}/")).json
    lifted = levels | {"users": levels.get("users", {}) | {budi.user_id: 50}}
    assert (await ani.person.put(f"/rooms/{room_id}/state/{LEVELS}/", lifted)).status == 200
    await ani.person.invite(room_id, at_work.person.user_id)
    await ani.sees_member(room_id, at_work.person.user_id)
    everybody = lifted | {"events_default": 10}
    assert (await ani.person.put(f"/rooms/{room_id}/state/{LEVELS}/", everybody)).status == 200
    named = everybody | {"users": lifted["users"] | {at_work.person.user_id: 50}}
    assert (await ani.person.put(f"/rooms/{room_id}/state/{LEVELS}/", named)).status == 200
    assert await _ranked(at_work) == (None, "restricted", "administrator"), "nothing was told before"


async def _ranks_until_heard(group: InGroup, line: Line) -> int:
    """Return how many changes of levels wait for the bot once Budi is heard."""
    await group.budi.say(group.room_id, "/lagi")
    while True:
        waiting = await line.updates(after=0, most=100)
        if any(b"/lagi" in update.body for update in waiting):
            return sum(update.kind == "Ranked" for update in waiting)
        await line.wait_for_update(seconds=10)

"""Who comes by a link is let in, turned away, or asks: once each, also if the gateway dies in between."""

import asyncio

from amanat.gateway.bots.groups.link_model import InviteLink, LinkWish
from amanat.gateway.bots.model import Person
from tests.gateway.bots.in_group import InGroup, group_of
from tests.gateway.device.town import Citizen, until
from tests.gateway.service.bot_at_work import BotAtWork

HOUR_MS = 3_600_000


async def _asks(group: InGroup, who: Citizen, link: InviteLink | None = None, *, said: str = "") -> None:
    reason = link.url.rpartition("?")[2] if link else said
    knocked = await who.person.post(f"/knock/{group.room_id}", {"reason": reason})
    assert knocked.status == 200, knocked.json


async def _is(group: InGroup, who: Citizen, membership: str) -> None:
    async def is_so() -> bool:
        return await group.membership(who) == membership

    await until(is_so)


async def test_who_comes_by_a_link_is_let_in(on_both: BotAtWork) -> None:
    group = await group_of(on_both)
    link = await on_both.line.group.links.make(group.chat, LinkWish())
    citra = await on_both.town.citizen("citra")
    await _asks(group, citra, link)
    await _is(group, citra, "join")
    await group.nothing_is_due()


async def test_whose_link_is_by_request_asks_and_so_does_whoever_has_none(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    link = await at_work.line.group.links.make(group.chat, LinkWish(name="poster", by_request=True))
    citra, doni = await at_work.town.citizen("citra"), await at_work.town.citizen("doni")
    await _asks(group, citra, link)
    asked = await at_work.told("Asked")
    assert (asked["link"]["url"], asked["link"]["wish"]["name"]) == (link.url, "poster")
    await _asks(group, doni, said="boleh ikut?")
    assert (await at_work.told("Asked"))["link"] is None
    assert await group.membership(citra) == "knock"


async def test_by_a_link_that_does_not_hold_nobody_comes(on_both: BotAtWork) -> None:
    group, links = await group_of(on_both), on_both.line.group.links
    revoked = await links.make(group.chat, LinkWish())
    expired = await links.make(group.chat, LinkWish(expire_ts=on_both.now_ms() + HOUR_MS))
    await links.make(group.chat, LinkWish())  # which keeps the group open
    await links.revoke(group.chat, revoked.url)
    on_both.passes(3601)
    for name, link in (("citra", revoked), ("doni", expired)):
        who = await on_both.town.citizen(name)
        await _asks(group, who, link)
        await _is(group, who, "leave")
        member = await group.state("m.room.member", who.user_id)
        assert member["reason"] == "Tautan ini tidak berlaku lagi. / This link is no longer valid."


async def test_a_link_has_so_many_places_and_who_leaves_frees_theirs(on_both: BotAtWork) -> None:
    group = await group_of(on_both)
    link = await on_both.line.group.links.make(group.chat, LinkWish(member_limit=2))
    people = [await on_both.town.citizen(name) for name in ("citra", "doni", "eka", "fajar")]
    await asyncio.gather(*(_asks(group, who, link) for who in people))

    async def all_are_decided() -> bool:
        found = [await group.membership(who) for who in people]
        return sorted(found) == ["join", "join", "leave", "leave"]

    await until(all_are_decided)
    invited = [who for who in people if await group.membership(who) == "join"]
    late, later = [who for who in people if who not in invited]
    await group.ani.person.post(f"/rooms/{group.room_id}/kick", {"user_id": invited[0].user_id})
    await _asks(group, late, link)
    await _is(group, late, "join")
    # One whom the bot puts out itself, of which it does not hear.
    person = await _heard(on_both, group, late)
    await on_both.line.group.act(group.chat, "put_out", person=person)
    await _asks(group, later, link)
    await _is(group, later, "join")


async def _heard(at_work: BotAtWork, group: InGroup, who: Citizen) -> Person:
    """Return somebody in the group as the bot knows them."""
    await who.sees_member(group.room_id, at_work.person.user_id)
    await who.say(group.room_id, "/saya")
    said = await at_work.told("Came")
    while said["said"]["body"].get("text") != "/saya":
        said = await at_work.told("Came")
    person = await at_work.line.person(said["said"]["sender"]["number"])
    assert person is not None
    return person


async def test_who_asks_while_the_gateway_dies_takes_one_place_and_comes_in(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    link = await at_work.line.group.links.make(group.chat, LinkWish(member_limit=1))
    citra, doni = await at_work.town.citizen("citra"), await at_work.town.citizen("doni")
    # The server does it, and its answer is lost: then the gateway is killed.
    invited = asyncio.Event()

    def lost(line: str) -> str | None:
        if line.endswith("/invite"):
            invited.set()
            return "back"
        return None

    at_work.road.loses = lost
    await _asks(group, citra, link)
    async with asyncio.timeout(20):
        await invited.wait()
    await at_work.close()
    await at_work.start()
    await _is(group, citra, "join")
    at_work.passes(60)
    await group.nothing_is_due()
    await _asks(group, doni, link)
    await _is(group, doni, "leave")


async def test_whom_the_bot_may_not_let_in_any_more_its_program_hears_of(at_work: BotAtWork) -> None:
    group = await group_of(at_work)
    link = await at_work.line.group.links.make(group.chat, LinkWish())
    levels = await group.state("m.room.power_levels")
    users = levels["users"] | {at_work.person.user_id: 0}
    weak = levels | {"users": users, "invite": 50}
    assert (await group.ani.person.put(f"/rooms/{group.room_id}/state/m.room.power_levels/", weak)).status == 200
    citra = await at_work.town.citizen("citra")
    await _asks(group, citra, link)
    assert (await at_work.told("Asked"))["link"]["url"] == link.url
    assert await group.membership(citra) == "knock"
    await group.nothing_is_due()

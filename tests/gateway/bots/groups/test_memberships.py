"""Who comes and goes is told of once, as what it was: not a new name, and not an invitation that nobody took."""

from typing import Any

import pytest

from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send


async def _own(at_work: BotAtWork) -> dict[str, Any]:
    """Return what the bot is next told of itself."""
    told = await at_work.told("Membership")
    while told["person"] is not None:
        told = await at_work.told("Membership")
    return told


async def test_what_is_no_coming_or_going_is_not_told_of(at_work: BotAtWork) -> None:
    town = at_work.town
    ani, budi, citra = [await town.citizen(name) for name in ("ani", "budi", "citra")]
    room_id = await ani.create_room(budi)
    await ani.person.invite(room_id, at_work.person.user_id)
    own = await _own(at_work)
    assert (own["person"], own["is_in"], own["is_banned"]) == (None, True, False)
    assert own["by"]["number"]
    await ani.sees_member(room_id, at_work.person.user_id)
    # An invitation that is declined, another name, and then somebody who comes.
    await ani.person.invite(room_id, citra.user_id)
    await citra.person.leave(room_id)
    renamed = await budi.person.put(f"/profile/{budi.user_id}/displayname", {"displayname": "Budi"})
    assert renamed.status == 200
    await ani.person.invite(room_id, citra.user_id)
    await citra.person.join(room_id)
    came = await at_work.told("Moved")
    assert (came["before"], came["after"]) == ("left", "member")
    banned = await ani.person.post(f"/rooms/{room_id}/ban", {"user_id": citra.user_id})
    assert banned.status == 200
    went = await at_work.told("Moved")
    assert (went["before"], went["after"], went["person"]) == ("member", "kicked", came["person"])
    assert went["by"] == own["by"]
    unbanned = await ani.person.post(f"/rooms/{room_id}/unban", {"user_id": citra.user_id})
    assert unbanned.status == 200
    free = await at_work.told("Moved")
    assert (free["before"], free["after"]) == ("kicked", "left")


async def test_whoever_asks_to_be_let_in_is_told_of(at_work: BotAtWork) -> None:
    town = at_work.town
    ani, budi, citra = [await town.citizen(name) for name in ("ani", "budi", "citra")]
    room_id = await ani.create_room(budi)
    await ani.person.invite(room_id, at_work.person.user_id)
    own = await _own(at_work)
    opened = await ani.person.put(f"/rooms/{room_id}/state/m.room.join_rules/", {"join_rule": "knock"})
    assert opened.status == 200
    named = await citra.person.put(f"/profile/{citra.user_id}/displayname", {"displayname": "Citra"})
    assert named.status == 200
    knocked = await citra.person.post(f"/knock/{room_id}", {})
    assert knocked.status == 200
    asked = await at_work.told("Asked")
    assert asked["chat"]["number"] == own["chat"]["number"]
    assert asked["person"]["name"] == "Citra", "whoever decides reads a name, and no number"
    kicked = await ani.person.post(f"/rooms/{room_id}/kick", {"user_id": at_work.person.user_id})
    assert kicked.status == 200
    out = await _own(at_work)
    assert (out["person"], out["is_in"], out["by"]) == (None, False, own["by"])


@pytest.mark.parametrize("ways", [["kick"], ["ban", "unban"]])
async def test_whoever_was_put_out_and_asked_in_again_while_away_is_told_of_both(
    at_work: BotAtWork, ways: list[str]
) -> None:
    town, bot = at_work.town, {"user_id": at_work.person.user_id}
    ani, budi = await town.citizen("ani"), await town.citizen("budi")
    room_id = await ani.create_room(budi)
    await ani.person.invite(room_id, bot["user_id"])
    came = await _own(at_work)
    await budi.sees_member(room_id, bot["user_id"])
    await at_work.close()
    await send(Visitor(budi, room_id), {"msgtype": "m.text", "body": "/before"})
    for way in ways:
        assert (await ani.person.post(f"/rooms/{room_id}/{way}", bot)).status == 200
    await budi.sees_member(room_id, bot["user_id"], membership="leave")
    await send(Visitor(budi, room_id), {"msgtype": "m.text", "body": "/meanwhile"})
    await ani.person.invite(room_id, bot["user_id"])
    await at_work.start()
    heard = await at_work.told("Came")
    assert heard["said"]["body"]["text"] == "/before"
    out, again = await _own(at_work), await _own(at_work)
    assert (out["is_in"], out["is_banned"], out["by"]) == (False, "ban" in ways, came["by"])
    assert (again["is_in"], again["chat"]["number"]) == (True, came["chat"]["number"])
    assert out["ts"] < again["ts"]


async def test_who_was_there_before_the_bot_is_not_told_of(at_work: BotAtWork) -> None:
    town = at_work.town
    ani, budi = await town.citizen("ani"), await town.citizen("budi")
    room_id = await ani.create_room(budi)
    await ani.person.invite(room_id, at_work.person.user_id)
    kind, told = await at_work.told_next()
    assert (kind, told["person"], told["is_in"]) == ("Membership", None, True)

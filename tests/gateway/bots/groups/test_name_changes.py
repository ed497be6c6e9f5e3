"""What a group is called is told once, when it changes; what is said in the place of a name is none."""

import pytest

from amanat.gateway.bots.groups.name_changes import MAX_NAME
from tests.gateway.bots.in_group import InGroup, group_of
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send


async def _is_named(group: InGroup, **content: object) -> None:
    reply = await group.ani.person.put(f"/rooms/{group.room_id}/state/m.room.name/", content)
    assert reply.status == 200, reply.json


async def test_a_name_is_told_of_when_it_changes(on_both: BotAtWork) -> None:
    group = await group_of(on_both)
    await _is_named(group, name="Keluarga")
    renamed = await on_both.told("Renamed")
    assert (renamed["chat"]["title"], renamed["chat"]["number"]) == ("Keluarga", group.chat.number)
    await _is_named(group, name="  Keluarga ")
    await _is_named(group, name="K" * MAX_NAME)
    assert (await on_both.told("Renamed"))["chat"]["title"] == "K" * MAX_NAME
    await _is_named(group)
    await group.budi.say(group.room_id, "/lagi")
    assert (await on_both.told("Came"))["said"]["chat"]["title"] == ""


@pytest.mark.parametrize("content", [{"name": "Dari Budi"}, {"name": "Dari Budi", "state_key": ""}])
async def test_a_message_of_that_type_names_nothing(at_work: BotAtWork, content: dict[str, str]) -> None:
    group = await group_of(at_work)
    await send(Visitor(group.budi, group.room_id), content, "m.room.name")
    await group.budi.say(group.room_id, "/lagi")
    assert (await at_work.told("Came"))["said"]["chat"]["title"] == ""

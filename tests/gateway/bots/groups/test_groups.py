"""What a bot does in its groups reaches the server, and is refused where it has no power for it."""

import asyncio

import pytest

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.groups.group_model import NotAllowed
from amanat.gateway.bots.groups.link_model import LinkWish
from amanat.gateway.bots.model import Person, Saying, Words
from tests.gateway.bots.in_group import group_of
from tests.gateway.service.bot_at_work import BotAtWork


async def test_a_bot_without_power_learns_and_changes_nothing(at_work: BotAtWork) -> None:
    town, line = at_work.town, at_work.line
    ani, budi = await town.citizen("ani"), await town.citizen("budi")
    room_id = await ani.create_room(budi)
    await ani.person.invite(room_id, at_work.person.user_id)
    chat = await line.chat((await at_work.told("Membership"))["chat"]["number"])
    (creator,) = await line.group.administrators(chat)
    assert creator.status == "creator"
    assert creator.person is not None
    assert (await line.group.member(chat, None)).status == "member"
    assert await line.group.count(chat) == 3
    nobody = Person(number=5, name="")
    assert (await line.group.member(chat, nobody)).status == "left"
    with pytest.raises(NotAllowed):
        await line.group.act(chat, "ban", person=creator.person)
    with pytest.raises(NotAllowed):
        await line.group.make(chat, creator.person, rank="silent")
    with pytest.raises(NotAllowed):
        await line.group.links.make(chat, LinkWish())
    with pytest.raises(NotAllowed):
        await line.group.rename(chat, title="Rapat")
    with pytest.raises(NoSuchMessage):
        await line.group.pin(chat, 12345, is_pinned=True)
    about = await line.group.about(chat)
    assert (about.pinned, about.is_open, about.everybody.put_out) == (None, False, False)


async def test_in_a_chat_of_two_a_message_is_pinned_by_who_may(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    number = (await at_work.told("Came"))["said"]["chat"]["number"]
    chat = await at_work.line.chat(number)
    said = await at_work.line.say(chat, Saying(body=Words(text="Buka jam 8")))
    await visitor.hears("Buka jam 8")
    await at_work.told("Delivered")
    with pytest.raises(NotAllowed):
        await at_work.line.group.pin(chat, said.number, is_pinned=True)


async def test_of_what_is_asked_for_at_the_same_moment_nothing_is_lost(at_work: BotAtWork) -> None:
    group, line = await group_of(at_work), at_work.line
    said = [await line.say(group.chat, Saying(body=Words(text=text))) for text in ("Buka jam 8", "Tutup jam 3")]
    for _ in said:
        await at_work.told("Delivered")
    await asyncio.gather(
        *(line.group.pin(group.chat, each.number, is_pinned=True) for each in said),
        line.group.make(group.chat, group.person, rank="silent"),
        line.group.let_everybody_say(group.chat, may=False),
    )
    assert len((await group.state("m.room.pinned_events"))["pinned"]) == len(said)
    levels = await group.state("m.room.power_levels")
    assert levels["users"][group.budi.user_id] < 0
    assert levels["events"]["m.room.encrypted"] > 0

"""What goes with time."""

import pytest
from msgspec.structs import replace

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.groups.link_model import LinkWish
from amanat.gateway.bots.tables import LINKS_OF, LOST_GUESTS
from amanat.gateway.bots.upkeep import KEEP_MS, Upkeep
from tests.gateway.bots.in_group import group_of
from tests.gateway.service.bot_at_work import BotAtWork


async def test_messages_files_and_updates_go(at_work: BotAtWork) -> None:
    line, visitor = at_work.line, await at_work.visitor()
    await visitor.writes("halo")
    said = (await at_work.told("Came"))["said"]
    chat = await line.chat(said["chat"]["number"])
    number = await line.keep_file(b"x", name="x", mimetype="text/plain")
    on = at_work.ground
    await Upkeep(on, gave_up=lambda: None).forget()
    assert await line.message(chat, said["number"])
    await Upkeep(replace(on, now_ms=lambda: on.now_ms() + KEEP_MS + 1), gave_up=lambda: None).forget()
    with pytest.raises(NoSuchMessage):
        await line.message(chat, said["number"])
    assert await line.file(number) is None
    assert await line.count_updates() == 0


async def test_links_go_after_they_were_revoked_and_with_the_group(on_both: BotAtWork) -> None:
    group, on = await group_of(on_both), on_both.ground
    links, store = on_both.line.group.links, on.store
    revoked = await links.make(group.chat, LinkWish())
    held = await links.make(group.chat, LinkWish())
    await links.revoke(group.chat, revoked.url)
    citra = await on_both.town.citizen("citra")
    asked = await citra.person.post(f"/knock/{group.room_id}", {"reason": held.url.rpartition("?")[2]})
    assert asked.status == 200
    await group.nothing_is_due()
    await Upkeep(on, gave_up=lambda: None).forget()
    assert len(await store.all(LINKS_OF, room_id=group.room_id)) == 2
    await Upkeep(replace(on, now_ms=lambda: on.now_ms() + KEEP_MS + 1), gave_up=lambda: None).forget()
    assert [row.name for row in await store.all(LINKS_OF, room_id=group.room_id)] == [""]
    await on_both.line.leave(group.chat)
    assert len(await store.all(LOST_GUESTS)) == 1
    await Upkeep(on, gave_up=lambda: None).forget()
    assert await store.all(LINKS_OF, room_id=group.room_id) == []
    assert await store.all(LOST_GUESTS) == []

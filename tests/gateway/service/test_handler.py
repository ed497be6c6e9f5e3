"""What the device tells: what is not text is answered kindly, who leaves is forgotten, what cannot be read is said."""

import asyncio

import pytest

from amanat.gateway.device.ground import random_id
from amanat.gateway.device.happenings import Outgoing, Received, Trust, Unreadable
from amanat.gateway.service.handler import FlowHandler
from amanat.gateway.service.tables import CONVERSATION, CONVERSATIONS, ConversationRow
from tests.gateway.service.at_work import AtWork, Visitor


async def _row(passport: AtWork, visitor: Visitor) -> ConversationRow | None:
    return await passport.service.store.first(CONVERSATION, room_id=visitor.room_id)


async def test_a_voice_note_is_answered_and_the_question_stands(passport: AtWork) -> None:
    visitor = await passport.visitor()
    await visitor.says("halo", until="Selamat datang")
    content = {"msgtype": "m.audio", "body": "suara.ogg", "url": "mxc://localhost/a", "org.matrix.msc3245.voice": {}}
    outgoing = Outgoing(room_id=visitor.room_id, txn_id=random_id(), content=content)
    await visitor.citizen.store.write(lambda tx: visitor.citizen.device.say(tx, outgoing))
    await visitor.hears("belum bisa mendengarkan pesan suara")
    await visitor.says("5", until="Kantor Contoh")


async def test_of_whoever_leaves_nothing_is_kept(passport: AtWork) -> None:
    visitor = await passport.visitor()
    await visitor.says("halo", until="Selamat datang")
    assert await _row(passport, visitor) is not None
    await visitor.citizen.person.leave(visitor.room_id)
    async with asyncio.timeout(20):
        while await _row(passport, visitor) is not None:  # noqa: ASYNC110 - of a unit nobody hears
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("trust", ["unsigned", "unknown"])
async def test_what_a_device_says_for_which_nobody_vouches_is_not_done(passport: AtWork, trust: Trust) -> None:
    visitor = await passport.visitor()
    await visitor.says("halo", until="Selamat datang")
    handler: FlowHandler = passport.service.handler
    received = Received(
        room_id=visitor.room_id,
        event_id="$x",
        sender=visitor.citizen.user_id,
        ts=1,
        type="m.room.message",
        content={"msgtype": "m.text", "body": "4"},
        trust=trust,
    )
    needs = await handler.needs(received)
    await passport.service.store.write(lambda tx: handler.handle(received, tx), needs=needs)
    await visitor.hears("belum disahkan pemiliknya")
    await visitor.says("5", until="Kantor Contoh")


async def test_what_cannot_be_read_is_said_in_the_chats_language(passport: AtWork) -> None:
    visitor = await passport.visitor()
    await visitor.says("english", until="Welcome to")
    handler: FlowHandler = passport.service.handler
    unreadable = Unreadable(room_id=visitor.room_id, event_id="$x", sender=visitor.citizen.user_id, ts=1)
    needs = await handler.needs(unreadable)
    assert (CONVERSATIONS, (visitor.room_id,)) in needs
    await passport.service.store.write(lambda tx: handler.handle(unreadable, tx), needs=needs)
    await visitor.hears("Sorry, your message cannot be opened here.")

"""Bots on mautrix-python, without its libolm encryption: a public room, media announced before they are uploaded."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from mautrix.api import Method, Path
from mautrix.client import Client
from mautrix.errors import MUnknownToken
from mautrix.types import EventType, MessageEvent, RoomCreatePreset, TextMessageEventContent, UserID

from tests import policy
from tests.clients.person import PATIENCE_SECONDS
from tests.processes import AmanatProcess

_PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)

Register = Callable[[str], Awaitable[Client]]


@pytest_asyncio.fixture(loop_scope="session")
async def register(lab: AmanatProcess) -> AsyncIterator[Register]:
    """Registers an account and logs its bot in; all bots stop when the story ends."""
    bots: list[Client] = []

    async def register(name: str) -> Client:
        bot = Client(base_url=lab.url)
        bots.append(bot)
        auth = {"type": "m.login.dummy"}
        account = {"username": f"{name}-{next(_numbers)}", "password": _PASSWORD, "auth": auth, "inhibit_login": True}
        registered = await bot.api.request(Method.POST, Path.v3.register, account)
        await bot.login(UserID(registered["user_id"]), password=_PASSWORD)
        await policy.choose(lab.url, bot.api.token)
        return bot

    yield register
    for bot in bots:
        bot.stop()
        await bot.api.session.close()


async def test_a_bot_answers_in_a_public_room(register: Register) -> None:
    person, bot = await register("person"), await register("bot")
    answered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def answer(event: MessageEvent) -> None:
        if event.sender == person.mxid:
            await bot.send_text(event.room_id, f"You said: {event.content.body}")

    async def listen(event: MessageEvent) -> None:
        if event.sender == bot.mxid and isinstance(event.content, TextMessageEventContent):
            answered.set_result(event.content.body)

    room_id = await person.create_room(preset=RoomCreatePreset.PUBLIC, invitees=[bot.mxid])
    await bot.join_room_by_id(room_id)
    bot.add_event_handler(EventType.ROOM_MESSAGE, answer)
    person.add_event_handler(EventType.ROOM_MESSAGE, listen)
    bot.start(None)
    person.start(None)
    await person.send_text(room_id, "hello")
    assert await asyncio.wait_for(answered, PATIENCE_SECONDS) == "You said: hello"
    assert await person.get_joined_rooms() == [room_id]
    assert set(await person.get_joined_members(room_id)) == {person.mxid, bot.mxid}


async def test_media_can_be_announced_before_it_is_uploaded(register: Register) -> None:
    sender, receiver = await register("sender"), await register("receiver")
    data = os.urandom(100_000)
    # Only the address has been given out when this returns: the download waits for bytes that are still to come.
    address = await sender.upload_media(data, mime_type="application/octet-stream", async_upload=True)
    assert await receiver.download_media(address, timeout_ms=20_000) == data


async def test_an_ended_session_is_refused(register: Register) -> None:
    bot = await register("bot")
    assert (await bot.whoami()).user_id == bot.mxid
    await bot.logout(clear_access_token=False)
    with pytest.raises(MUnknownToken):
        await bot.whoami()

"""Somebody who writes to a bot while all around them is killed: words, files, changes, reactions, buttons, an album."""

import asyncio
import itertools
import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from amanat.gateway.bots.menus import PROMPTS, USED_PROMPT
from amanat.gateway.device.happenings import Outgoing, Received, Sent
from amanat.gateway.device.server_api import Refused, TryAgain
from tests.gateway.device.office import Office
from tests.gateway.service.aftermath import Aftermath
from tests.gateway.service.killing import ciphertexts, comes_true

AT_ONCE = 3
"""Words that somebody writes without waiting."""
REST_S = 0 if "SOAK" in os.environ else 0.3
"""How long they then rest: beside everybody who talks, what was killed is to start."""
FILE_BYTES = 70_000

_SAID = re.compile(r"(\S+) > (\S+)")
_emoji = itertools.count()


class Guest:
    """Somebody who writes to a bot, some words at once, and waits until each is answered."""

    def __init__(self, device: Office, name: str, *, aftermath: Aftermath) -> None:
        self._device = device
        self.name = name
        self._aftermath = aftermath
        self._room_id = self._bot = ""
        self.said: list[str] = []
        self._files: dict[str, bytes] = {}

    @property
    def calls(self) -> list[str]:
        """The calls of the bot's that were heard, in that order."""
        return [call for _, call in map(answer_in, self._texts) if call]

    @property
    def answered(self) -> set[str]:
        return {word for word, _ in map(answer_in, self._texts)}

    @property
    def heard(self) -> int:
        """How much was heard of the bot, encrypted."""
        return sum(each.state_key is None for each in self._of_bot)

    @property
    def _of_bot(self) -> list[Received]:
        received = self._device.echo.received
        return [each for each in received if (each.room_id, each.sender) == (self._room_id, self._bot)]

    @property
    def _texts(self) -> list[str]:
        return [each.content["body"] for each in self._answers()]

    async def sent(self) -> list[str]:
        """Return what the server has of the bot's."""
        return await ciphertexts(self._device, self._room_id, sender=self._bot)

    async def files_are_whole(self) -> None:
        """Open each file that the bot sent back, and hold it against the one that it was sent."""
        for heard in (each for each in self._answers() if "file" in each.content):
            content = await self._device.device.download(heard.content["file"])
            assert content == self._files[answer_in(heard.content["body"])[0]], "a file comes back as it went"

    async def arrive(self, bot: str) -> None:
        self._bot = bot
        body = {"preset": "private_chat", "invite": [bot]}
        self._room_id = (await self._device.ground.api.post("/_matrix/client/v3/createRoom", body))["room_id"]
        await self._write()

    async def talk(self, ended: asyncio.Event) -> None:
        """Go on until the end, and once more."""
        while True:
            is_last = ended.is_set()
            await self._write()
            await self._act()
            if is_last:
                return
            await asyncio.sleep(REST_S)

    async def _write(self) -> None:
        for _ in range(AT_ONCE):
            word = self._next_word()
            await self._device.say(self._room_id, word)
        await self._all_is_answered()

    async def _all_is_answered(self) -> None:
        await self._until(lambda: self.answered >= set(self.said) or None, "is answered")
        await self._reads()

    async def _reads(self) -> None:
        """Have the app say that all is read, whoever is killed meanwhile."""
        newest = self._of_bot[-1].event_id
        path = f"/_matrix/client/v3/rooms/{quote(self._room_id)}/receipt/m.read/{quote(newest, safe='')}"
        while True:
            try:
                await self._device.ground.api.post(path, {})
            except TryAgain:
                await asyncio.sleep(REST_S or 0.1)
            else:
                return

    async def _act(self) -> None:
        """Change the last words, react to their answer, press its button and send files, all without waiting.

        One of the files asks for an album.
        """
        last, changed, emoji = self.said[-1], self._next_word(), _next_emoji()
        self.said.append(emoji)
        pressed = next(each for each in reversed(self._answers()) if PROMPTS in each.content)
        said = await self._sent_as(last)
        news = {"msgtype": "m.text", "body": changed}
        await self._say(news | {"m.new_content": news, "m.relates_to": {"rel_type": "m.replace", "event_id": said}})
        about = {"rel_type": "m.annotation", "event_id": pressed.event_id, "key": emoji}
        await self._say({"m.relates_to": about}, kind="m.reaction")
        await self._press(pressed)
        await self._send_file()
        await self._send_file(wish="-album")
        await self._all_is_answered()

    async def _press(self, answer: Received) -> None:
        self.said.append(answer_in(answer.content["body"])[1])
        [prompt] = answer.content[PROMPTS]["prompts"]
        content = {"msgtype": "m.text", "body": "Lagi", USED_PROMPT: {"id": prompt["id"]}}
        await self._say(content | {"m.relates_to": {"m.in_reply_to": {"event_id": answer.event_id}}})

    async def _send_file(self, *, wish: str = "") -> None:
        content = os.urandom(FILE_BYTES)
        while True:
            try:
                file = await self._device.device.upload(content)
                break
            except (TryAgain, Refused):
                await asyncio.sleep(0.2)
        word = self._next_word(wish)
        self._files[word] = content
        info = {"mimetype": "text/plain", "size": len(content)}
        await self._say({"msgtype": "m.file", "body": word, "file": file, "info": info})

    def _next_word(self, wish: str = "") -> str:
        self.said.append(f"{self.name}-{len(self.said)}{wish}")
        return self.said[-1]

    def _answers(self) -> list[Received]:
        return [each for each in self._of_bot if each.type == "m.room.message"]

    async def _say(self, content: dict[str, Any], *, kind: str = "m.room.message") -> None:
        outgoing = Outgoing(room_id=self._room_id, txn_id=self._device.ground.mint(), type=kind, content=content)
        await self._device.store.write(lambda tx: self._device.device.say(tx, outgoing))

    async def _sent_as(self, text: str) -> str:
        """Return the event of something that was said."""

        def find() -> str | None:
            sent = (each for each in self._device.echo.told if isinstance(each, Sent))
            return next((each.event_id for each in sent if each.txn_id == f"said.{text}"), None)

        await self._until(lambda: find() is not None or None, "is sent")
        return find() or ""

    async def goes_on(self) -> None:
        """Wait until something more has been answered."""
        before = len(self.answered)
        await self._until(lambda: len(self.answered) > before or None, "is answered again")

    async def _until(self, find: Callable[[], bool | None], what: str) -> None:
        if await comes_true(self._device, find, what):
            return
        seen = await self._aftermath.of(self._device, self._room_id)
        raise AssertionError(f"In vain: {what}; said {self.said}, heard {self._texts}\n{seen}")


def _next_emoji() -> str:
    """Return one emoji that nobody has reacted with: pictures that are joined, as people of a family are."""
    number = next(_emoji)
    return "\u200d".join(chr(0x1F400 + (number >> shift) % 32) for shift in (0, 5, 10))


def answer_in(text: str) -> tuple[str, str]:
    """Return the word that is answered, and the call that answers it; empty where the gateway's own words are said."""
    found = _SAID.search(text)
    return (found[1], found[2]) if found else ("", "")

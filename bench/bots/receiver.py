"""`python -m bench.bots.receiver PORT PLAN`: the program of many bots, which answers what its webhooks bring.

PLAN names a file: how each bot answers. A bot's webhook is `/<its place in the plan>`; `GET /figures` tells what came.
"""

import asyncio
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import httptools
from msgspec import Struct, json

from amanat.cli.loop import run
from amanat.outbound.origin import Origin
from bench.gateway.citizen import ANSWER, number_in

Kind = Literal["telegram", "telegram_in_webhook", "cloud"]
_DEADLINE_S = 30.0
_AGAIN_S = 0.2


class Program(Struct, frozen=True, kw_only=True):
    """How one bot answers: `call` is the path of its API that says something, `token` what lets it in there."""

    kind: Kind
    call: str
    token: str


class Plan(Struct, frozen=True, kw_only=True):
    """The gateway's address, and every bot's program."""

    gateway: str
    programs: list[Program]


class Figures(Struct, kw_only=True):
    """What came: messages, those that were not the next of their chat, and calls that had to be made again."""

    came: int = 0
    misplaced: int = 0
    refused: int = 0


class Receiver:
    """Answers for every bot of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._programs = plan.programs
        self._gateway = Origin(plan.gateway, connections=256)
        self._last: defaultdict[tuple[int, str], int] = defaultdict(int)
        self.figures = Figures()

    async def take(self, target: str, body: bytes) -> bytes:
        """Take one request and return what answers it: a delivery is answered once its answer is said."""
        parts = urlsplit(target)
        if parts.path == "/figures":
            return json.encode(self.figures)
        if not body:  # the Cloud API asks whether the address expects it
            return parse_qs(parts.query)["hub.challenge"][0].encode()
        place = int(parts.path[1:])
        program, heard = self._programs[place], json.decode(body)
        found = _cloud_text(heard) if program.kind == "cloud" else _telegram_text(heard)
        if found is None:
            return b""
        chat, text = found
        self._note(place, chat, text)
        said = _SAYS[program.kind](chat, f"{ANSWER}{text}")
        if program.kind == "telegram_in_webhook":
            return json.encode(said)
        await self._call(program, json.encode(said))
        return b""

    def _note(self, place: int, chat: str, text: str) -> None:
        number = number_in(text)
        self.figures.came += 1
        self.figures.misplaced += number != self._last[place, chat] + 1
        self._last[place, chat] = number

    async def _call(self, program: Program, body: bytes) -> None:
        headers = {"content-type": "application/json", "authorization": f"Bearer {program.token}"}
        while True:
            answer = await self._gateway.ask("POST", program.call, headers=headers, body=body, deadline_s=_DEADLINE_S)
            if answer.is_good:
                return
            self.figures.refused += 1
            await asyncio.sleep(_AGAIN_S)


def _telegram_text(update: Any) -> tuple[str, str] | None:
    message = update.get("message", {})
    return (str(message["chat"]["id"]), message["text"]) if "text" in message else None


def _cloud_text(body: Any) -> tuple[str, str] | None:
    value = body["entry"][0]["changes"][0]["value"]
    return next(((each["from_user_id"], each["text"]["body"]) for each in value.get("messages", [])), None)


def _telegram_says(chat: str, text: str) -> dict[str, Any]:
    return {"method": "sendMessage", "chat_id": int(chat), "text": text}


def _cloud_says(chat: str, text: str) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "recipient": chat, "type": "text", "text": {"body": text}}


_SAYS = {"telegram": _telegram_says, "telegram_in_webhook": _telegram_says, "cloud": _cloud_says}


class _Connection(asyncio.Protocol):
    """One connection; a request at a time. The methods named `on_…` are called by the parser."""

    def __init__(self, receiver: Receiver, tasks: set[asyncio.Task[None]]) -> None:
        self._receiver = receiver
        self._tasks = tasks
        self._parser = httptools.HttpRequestParser(self)
        self._target = b""
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]  # TCP gives a Transport.

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._target += url

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        task = asyncio.ensure_future(self._answer(self._target.decode(), self._body))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._target = self._body = b""

    async def _answer(self, target: str, body: bytes) -> None:
        said = await self._receiver.take(target, body)
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(said)}\r\n\r\n"
        self._transport.write(head.encode() + said)


async def serve(port: int, plan: Plan) -> None:
    """Answer until the process is ended."""
    receiver, tasks = Receiver(plan), set[asyncio.Task[None]]()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(receiver, tasks), "127.0.0.1", port)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    run(serve(int(sys.argv[1]), json.decode(Path(sys.argv[2]).read_bytes(), type=Plan)))

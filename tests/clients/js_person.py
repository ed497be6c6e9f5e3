"""A person at a matrix-js-sdk client: js/person.mjs under Node, told what to do line by line."""

import asyncio
import base64
import itertools
import json
import shutil
from pathlib import Path
from typing import Any, Self

_SCRIPTS = Path(__file__).parent / "js"
_LONGEST_LINE = 16 * 1024 * 1024


def node(script: str) -> list[str]:
    """Return the command that runs one of the scripts."""
    program = shutil.which("node")
    assert program is not None, "Node is missing: `make setup` says what to install"
    return [program, str(_SCRIPTS / script)]


class JsHost:
    """One Node process for all js-sdk people: starting one takes longer than most stories."""

    def __init__(self, process: asyncio.subprocess.Process, errors: Path) -> None:
        self._process = process
        self._errors = errors
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, folder: Path) -> Self:
        """Start Node; what its SDK complains about is kept in `folder`."""
        errors = folder / "node.log"
        with errors.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *node("driven.mjs"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=_LONGEST_LINE,
            )
        return cls(process, errors)

    async def ask(self, who: str, verb: str, *words: object) -> Any:
        """Have somebody do something and return the answer."""
        number = next(self._ids)
        answered = asyncio.get_running_loop().create_future()
        self._waiting[number] = answered
        order = {"id": number, "who": who, "verb": verb, "words": words}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        reply = await answered
        assert "error" not in reply, f"{who} {verb} {words}: {reply['error']}\n{self._complaints()}"
        return reply["answer"]

    def _complaints(self) -> str:
        return self._errors.read_text()[-8_000:]  # The rest is of earlier stories.

    async def close(self) -> None:
        """End the process with everybody in it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._reading

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            reply = json.loads(line)
            self._waiting.pop(reply["id"]).set_result(reply)
        for answered in self._waiting.values():
            answered.set_result({"error": "Node has ended"})


class JsPerson:
    """One device of one person; every verb is answered by the method of the same name in js/person.mjs."""

    def __init__(self, host: JsHost, who: str, account: dict[str, str]) -> None:
        self.user_id = account["user_id"]
        self.device_id = account["device_id"]
        self._host = host
        self._who = who
        self._other_devices: list[JsPerson] = []

    @classmethod
    async def register(cls, host: JsHost, url: str, name: str) -> Self:
        """Register an account, as the first device of a new person."""
        return cls(host, name, await host.ask(name, "register", url, name))

    @classmethod
    async def log_in(cls, host: JsHost, url: str, name: str, password: str) -> Self:
        """Log in to an account that an operator has made."""
        return cls(host, name, await host.ask(name, "logIn", url, name, password))

    async def new_device(self) -> "JsPerson":
        name = f"{self._who}, device {len(self._other_devices) + 2}"
        other = JsPerson(self._host, name, await self._ask("newDevice", name))
        self._other_devices.append(other)
        return other

    async def create_room(self, *, invite: list[str]) -> str:
        return str(await self._ask("createRoom", invite))

    async def join(self, room_id: str) -> None:
        await self._ask("join", room_id)

    async def knows_devices(self, user_id: str, device_ids: list[str]) -> None:
        await self._ask("knowsDevices", user_id, device_ids)

    async def knows_members(self, room_id: str, user_ids: list[str]) -> None:
        await self._ask("knowsMembers", room_id, user_ids)

    async def say(self, room_id: str, text: str) -> str:
        return str(await self._ask("say", room_id, text))

    async def send(self, room_id: str, content: dict[str, Any]) -> str:
        """Send an encrypted message of any content."""
        return str(await self._ask("send", room_id, content))

    async def whisper(self, user_id: str, device_id: str, text: str) -> None:
        """Send an encrypted text to one device."""
        await self._ask("whisper", user_id, device_id, text)

    async def set_account_data(self, kind: str, content: dict[str, Any]) -> None:
        """Keep something on the server, in clear."""
        await self._ask("setAccountData", kind, content)

    async def set_up_recovery(self) -> None:
        """Set up cross-signing, secret storage and key backup, and wait until all keys are backed up."""
        await self._ask("setUpRecovery")
        await self._ask("hasBackedUp")

    async def reset_identity(self) -> None:
        """Publish a new identity in place of the old one, as after losing everything."""
        await self._ask("resetIdentity")

    async def vouch_for_itself(self) -> None:
        """Sign this device with the identity that the recovery key opens."""
        await self._ask("vouchForItself")

    async def secrets(self) -> dict[str, str]:
        """Return everything that must not leave this device but encrypted, by what it is."""
        secrets: dict[str, str] = await self._ask("secrets")
        return secrets

    async def hears(self, room_id: str, text: str) -> str:
        return str(await self._ask("hears", room_id, text))

    async def heard(self, room_id: str) -> list[tuple[str, str]]:
        return [(event_id, text) for event_id, text in await self._ask("heard", room_id)]

    async def send_file(self, room_id: str, *, name: str, data: bytes) -> str:
        return str(await self._ask("sendFile", room_id, name, base64.b64encode(data).decode()))

    async def receives_file(self, room_id: str, *, name: str) -> bytes:
        return base64.b64decode(await self._ask("receivesFile", room_id, name))

    async def react(self, room_id: str, event_id: str, key: str) -> None:
        await self._ask("react", room_id, event_id, key)

    async def sees_reaction(self, room_id: str, event_id: str, key: str) -> None:
        await self._ask("seesReaction", room_id, event_id, key)

    async def redact(self, room_id: str, event_id: str) -> None:
        await self._ask("redact", room_id, event_id)

    async def sees_redaction(self, room_id: str, event_id: str) -> None:
        await self._ask("seesRedaction", room_id, event_id)

    async def read(self, room_id: str, event_id: str) -> None:
        await self._ask("read", room_id, event_id)

    async def sees_read(self, room_id: str, event_id: str, *, by: str) -> None:
        await self._ask("seesRead", room_id, event_id, by)

    async def start_typing(self, room_id: str) -> None:
        await self._ask("startTyping", room_id)

    async def sees_typing(self, room_id: str, user_id: str) -> None:
        await self._ask("seesTyping", room_id, user_id)

    async def look_now(self) -> None:
        await self._ask("lookNow")

    async def logout(self) -> None:
        await self._ask("logout")

    async def close(self) -> None:
        for other in self._other_devices:
            await other.close()
        await self._ask("leave")

    async def _ask(self, verb: str, *words: object) -> Any:
        return await self._host.ask(self._who, verb, *words)

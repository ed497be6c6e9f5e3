"""A citizen with many chats: a device of ours in the load's process, so that both encryptions are real."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import httpx

from amanat.db.tx import Need, Tx
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.device import Policy, ServiceDevice
from amanat.gateway.device.ground import Ground, ground
from amanat.gateway.device.happenings import Happening, Outgoing, Received
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore
from amanat.outbound.origin import Origin

INVITED_AT_ONCE = 16
ANSWER = "You said: "
"""What stands before the words that are answered."""
PADDING = "x" * 96


def number_in(text: str) -> int:
    """Return the number that something said begins with; 0 where there is none."""
    digits = text.partition(" ")[0]
    return int(digits) if digits.isdigit() else 0


class Citizen:
    """Writes in many chats, numbers what they say in each, and counts answers."""

    device: ServiceDevice

    def __init__(self, on: Ground) -> None:
        self._on = on
        self.joined: set[str] = set()
        self.answers = 0
        self.sent = 0
        self.misplaced = 0
        """Answers that did not come right behind the one before in their chat: none, where order is kept."""
        self._said: defaultdict[str, int] = defaultdict(int)
        self._answered: defaultdict[str, int] = defaultdict(int)
        self._happened = asyncio.Event()

    async def needs(self, _happening: Happening) -> Sequence[Need]:
        """Read nothing."""
        return []

    def handle(self, happening: Happening, tx: Tx) -> None:
        """Count."""
        tx.after_commit(lambda: self._count(happening))

    async def close(self) -> None:
        """Finish what is queued, and let the data go."""
        await self._on.store.close()

    def _count(self, happening: Happening) -> None:
        if not isinstance(happening, Received):
            self.sent += 1
        elif happening.type == "m.room.message":
            self._take(happening)
        elif happening.state_key != self._on.credentials.user_id and happening.content.get("membership") == "join":
            self.joined.add(happening.room_id)
        self._happened.set()

    def _take(self, answer: Received) -> None:
        self.answers += 1
        number = number_in(str(answer.content.get("body")).removeprefix(ANSWER))
        self.misplaced += number != self._answered[answer.room_id] + 1
        self._answered[answer.room_id] = number

    async def until(self, reached: str, number: int) -> None:
        """Wait until there are so many answers, or so many messages sent, or others are in so many rooms."""
        while (len(self.joined) if reached == "joined" else getattr(self, reached)) < number:
            self._happened.clear()
            await self._happened.wait()

    async def open_chats(self, others: Sequence[str]) -> list[str]:
        """Create a room with each of them, and return the rooms once they are in."""
        free = asyncio.Semaphore(INVITED_AT_ONCE)

        async def create(other: str) -> str:
            async with free:
                answer = await self._on.api.post(
                    "/_matrix/client/v3/createRoom", {"preset": "private_chat", "invite": [other]}
                )
                return str(answer["room_id"])

        room_ids = await asyncio.gather(*map(create, others))
        await self.until("joined", len(self.joined | set(room_ids)))
        return room_ids

    async def say(self, room_ids: Sequence[str], *, each: int, name: str) -> None:
        """Say some things in each room."""
        for room_id in room_ids:
            said = [
                Outgoing(
                    room_id=room_id,
                    txn_id=f"{name}.{number}.{room_id}",
                    content={"msgtype": "m.text", "body": f"{self._said[room_id] + number} {PADDING}"},
                )
                for number in range(1, each + 1)
            ]
            self._said[room_id] += each

            def put(tx: Tx, said: Sequence[Outgoing] = said) -> None:
                for outgoing in said:
                    self.device.say(tx, outgoing)

            await self._on.store.write(put)


async def register(url: str, name: str) -> Credentials:
    """Make an account with one device."""
    body = {"username": name, "password": "correct horse battery staple", "auth": {"type": "m.login.dummy"}}
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        made = (await client.post(f"{url}/_matrix/client/v3/register", json=body)).raise_for_status().json()
    return Credentials(
        homeserver=url, user_id=made["user_id"], device_id=made["device_id"], access_token=made["access_token"]
    )


async def open_citizen(url: str, folder: Path, *, name: str = "citizen") -> Citizen:
    """Register a citizen and start their device."""
    signed_in = await register(url, name)
    kept, stamp = ServiceFolder(folder), ServiceStamp(server_name="localhost", user_id=signed_in.user_id, created_ts=1)
    kept.prepare(stamp)
    store = GatewayStore(kept.database())
    await store.open(stamp)
    on = ground(store, signed_in, key=kept.make_key(), asks=Origin(url))
    citizen = Citizen(on)
    citizen.device = ServiceDevice(on, handler=citizen, policy=Policy(answers="everybody"))
    await citizen.device.open()
    return citizen

"""Server, gateway and database are killed at random under load: everything that citizens say is answered, once."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from amanat.gateway.service.creating import Wanted, create
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.outbound.origin import Origin
from tests.gateway.device.office import Office, register
from tests.gateway.device.town import TRUSTING
from tests.gateway.service.aftermath import Aftermath
from tests.gateway.service.guest_book import write_guest_book
from tests.gateway.service.killing import Databases, Victim, ciphertexts, comes_true, databases, kill_in_turn, lab, seed
from tests.processes import AmanatProcess

__all__ = ["databases", "lab", "seed"]

CITIZENS = 3

_KEPT = re.compile(r"Dicatat (\S+) sebagai (\S+)\.")


class Guest:
    """A citizen who says one thing after the other, each when the last was answered."""

    def __init__(self, device: Office, room_id: str, *, aftermath: Aftermath) -> None:
        self._device = device
        self.room_id = room_id
        self._aftermath = aftermath
        self.said: list[str] = []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the service says that it has written down, and under which number."""
        return [found.groups() for text in self._device.echo.texts if (found := _KEPT.fullmatch(text))]  # type: ignore[misc]  # the pattern has two groups

    async def arrive(self) -> None:
        await self._device.say(self.room_id, "halo")
        await self._until(lambda: "Tulis sesuatu." in self._device.echo.texts or None, "is greeted")

    async def talk(self, ended: asyncio.Event) -> None:
        """Go on until the end, and once more."""
        while True:
            is_last = ended.is_set()
            word = f"{self._device.user_id[1:7]}-{len(self.said)}"
            self.said.append(word)
            await self._device.say(self.room_id, word)
            await self._until(lambda word=word: word in dict(self.kept) or None, f"is answered {word}")  # type: ignore[misc]  # mypy knows no such default
            if is_last:
                return

    async def goes_on(self) -> None:
        """Wait until something more has been answered."""
        before = len(self.kept)
        await self._until(lambda: len(self.kept) > before or None, "is answered again")

    async def _until(self, find: Callable[[], bool | None], what: str) -> None:
        if await comes_true(self._device, find, what):
            return
        seen = await self._aftermath.of(self._device, self.room_id)
        raise AssertionError(f"In vain: {what}; said {self.said}, heard {self._device.echo.texts}\n{seen}")


@pytest.fixture
async def guests(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[list[Office]]:
    origin = Origin(lab.url)
    arrived = [
        await Office.open(
            await register(lab.url, f"guest{number}"), tmp_path / f"guest{number}", asks=origin, policy=TRUSTING
        )
        for number in range(CITIZENS)
    ]
    for guest in arrived:
        guest.echo.quiet = True
    yield arrived
    for guest in arrived:
        await guest.close()
    origin.close()


async def test_nothing_is_lost_or_said_twice(
    lab: AmanatProcess, databases: Databases, seed: int, guests: list[Office], tmp_path: Path
) -> None:
    data = tmp_path / "gateway"
    made = await create(
        Wanted(
            name="tamu",
            homeserver=lab.url,
            data=data,
            owner=tmp_path / "owner.json",
            flow=write_guest_book(tmp_path / "flow"),
            database=databases.gateway,
        )
    )
    with AmanatProcess("gateway", "--verbose", "--data", str(data), log=tmp_path / "gateway.log") as gateway:
        aftermath = Aftermath(lab, gateway, ServiceFolder(data / "tamu").database)
        visits = []
        for guest in guests:
            body = {"preset": "private_chat", "invite": [made.user_id]}
            room = await guest.ground.api.post("/_matrix/client/v3/createRoom", body)
            visits.append(Guest(guest, room["room_id"], aftermath=aftermath))
        await asyncio.gather(*(visit.arrive() for visit in visits))
        victims = [
            Victim("server", lab.kill, lab.start),
            Victim("gateway", gateway.kill, gateway.start),
            *databases.victims,
        ]
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for visit in visits:
                tasks.create_task(visit.talk(ended))
            await kill_in_turn(victims, visits, alive=[lab, gateway], seed=seed)
            ended.set()
        for guest, visit in zip(guests, visits, strict=True):
            sent = await ciphertexts(guest, visit.room_id, sender=made.user_id)
            assert len(sent) == len({*sent}), "the server has nothing twice"
    for visit in visits:
        assert Counter(word for word, _ in visit.kept) == Counter(visit.said)
    numbers = [number for visit in visits for _, number in visit.kept]
    assert len(set(numbers)) == len(numbers)

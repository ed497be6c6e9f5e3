"""A gateway killed again and again in the middle of a conversation says everything once, and books one appointment."""

import asyncio
import os
import random
from pathlib import Path

from amanat.gateway.service.creating import Wanted, create
from amanat.gateway.service.running import services_in
from tests import processes
from tests.clients.nio_person import NioPerson
from tests.gateway.service.at_work import SAMPLE
from tests.processes import AmanatProcess

KILLS = 12 if "SOAK" in os.environ else 1
ROUND = (
    ("menu", "Selamat datang"),
    ("1", "nomor permohonan"),
    ("1234567890", "tanggal lahir"),
    ("25-01-1987", "Ada lagi"),
    ("menu", "Selamat datang"),
    ("6", "Apa yang ingin"),
    ("1", "Silakan tulis"),
    ("Pelayanannya baik", "Ada lagi"),
)


async def _killed_again_and_again(gateway: AmanatProcess) -> None:
    chance = random.Random(5)
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.2, 1.2))
        await asyncio.to_thread(gateway.kill)
        await asyncio.to_thread(gateway.start)


async def _says(person: NioPerson, room_id: str, *, text: str, until: str) -> None:
    before = len(await person.heard(room_id))
    await person.say(room_id, text)
    for _ in range(600):
        if any(until in said for _, said in (await person.heard(room_id))[before:]):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{text!r} was not answered: {await person.heard(room_id)}")


async def test_nothing_is_lost_or_said_twice(tmp_path: Path) -> None:
    with processes.lab(tmp_path, "--gate") as lab:
        data = tmp_path / "gateway"
        made = await create(
            Wanted(name="paspor", homeserver=lab.url, data=data, owner=tmp_path / "owner.json", flow=SAMPLE)
        )
        assert services_in(data) == [Path(made.data)]
        with AmanatProcess("gateway", "--data", str(data), log=tmp_path / "gateway.log") as gateway:
            async with await NioPerson.register(lab.url, "warga", tmp_path / "nio") as person:
                room_id = await person.create_room(invite=[made.user_id])
                await person.knows_members(room_id, [person.user_id, made.user_id])
                await person.knows_devices(made.user_id, [made.device_id])
                killing = asyncio.create_task(_killed_again_and_again(gateway))
                for text, until in ROUND:
                    await _says(person, room_id, text=text, until=until)
                await killing
                await _says(person, room_id, text="menu", until="Selamat datang")
                heard = [said for _, said in await person.heard(room_id)]
        answers = [said for said in heard if said not in {text for text, _ in ROUND}]
        # Of each step once: the two menus of the round and that of the end, and what each question led to.
        assert sum("Selamat datang" in said for said in answers) == 3
        for once in (
            "Tulis nomor permohonan",
            "kapan tanggal lahir",
            "siap diambil",
            "Apa yang ingin",
            "Silakan tulis",
        ):
            assert sum(once in said for said in answers) == 1, once
        assert sum("Terima kasih" in said for said in answers) == 1

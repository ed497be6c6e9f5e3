"""A sample person is the same one at each start, and tells what they read."""

import asyncio
from pathlib import Path

import nio

from amanat.cli.demo_person import SamplePerson, expect, until
from amanat.cli.demo_screens import Read
from tests import processes


async def test_they_come_back_as_who_they_were_and_read_what_they_say(tmp_path: Path) -> None:
    with processes.lab(tmp_path) as lab:
        first = SamplePerson("Dewi", url=lab.url, folder=tmp_path / "people", tell=lambda _read: None)
        await first.sign_in()
        who = (first.client.user_id, first.client.device_id)
        await first.client.close()

        told: list[Read] = []
        again = SamplePerson("Dewi", url=lab.url, folder=tmp_path / "people", tell=told.append)
        await again.sign_in()
        assert (again.client.user_id, again.client.device_id) == who
        listening = asyncio.create_task(again.listen())
        await until(lambda: not again.client.should_upload_keys)
        made = expect(nio.RoomCreateResponse, await again.client.room_create(name="Catatan"))
        await until(lambda: made.room_id in again.client.rooms)
        await again.say(made.room_id, "Besok ke pasar.")
        await until(lambda: bool(told))
        listening.cancel()
        await again.client.close()
    assert [(read.reader, read.text) for read in told] == [("Dewi", "Besok ke pasar.")]

"""A lab with a gateway is ready when its sample services answer."""

from pathlib import Path

import nio

from amanat.cli.sample_services import samples
from tests import processes
from tests.clients.nio_person import NioPerson

CANARY = "kenari-di-tambang-7391"
OFFICE = "@layanan-paspor:localhost"


def test_each_folder_of_the_examples_is_a_service() -> None:
    assert "layanan-paspor" in [folder.name for folder in samples()]


async def test_the_sample_office_answers_in_an_encrypted_chat(tmp_path: Path) -> None:
    with processes.lab(tmp_path, "--gate", "--gateway") as lab:
        async with await NioPerson.register(lab.url, "warga", tmp_path / "nio") as person:
            room_id = await person.create_room(invite=[OFFICE])
            await person.knows_members(room_id, [person.user_id, OFFICE])
            await person.until(lambda: any(person.client.device_store.active_user_devices(OFFICE)) or None, "its keys")
            await person.say(room_id, CANARY)
            await person.say(room_id, "english")

            def greeted() -> bool | None:
                return any("Welcome" in event.body for event in person.events(room_id, nio.RoomMessageText)) or None

            await person.until(greeted, "is greeted")
    assert (tmp_path / "data-gateway" / "layanan-paspor" / "service.key").exists()
    # What was said lies with the office, and nowhere on the server's side.
    written = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert written
    for said in (CANARY, "Welcome to", "Selamat datang"):
        assert [file for file in written if said.encode() in file.read_bytes()] == []

"""A lab with a gateway is ready when its sample services answer."""

from io import BytesIO
from pathlib import Path

import nio
import zxingcpp
from icalendar import Calendar
from PIL import Image

from amanat.cli.sample_services import samples
from tests import processes
from tests.clients.nio_person import NioPerson
from tests.gateway.sample_office import open_day

CANARY = "kenari-di-tambang-7391"
OFFICE = "@layanan-paspor:localhost"


def test_each_folder_of_the_examples_is_a_service() -> None:
    assert [folder.name for folder in samples()] == ["layanan-paspor", "literasi-digital"]


async def _books(person: NioPerson, room_id: str) -> None:
    """Book the first appointment that there is at the sample office."""
    day = open_day().strftime("%d-%m-%Y")
    for said, answer in (
        ("4", "What would you like"),
        ("1", "In whose name"),
        ("Ani", "which date"),
        (day, "I keep a place"),
        ("1", "Your appointment"),
    ):
        await person.say(room_id, said)
        await person.until(lambda words=answer: _heard(person, room_id, words), answer)  # type: ignore[misc]


def _heard(person: NioPerson, room_id: str, words: str) -> bool | None:
    return any(words in event.body for event in person.events(room_id, nio.RoomMessageText)) or None


async def test_the_sample_office_answers_in_an_encrypted_chat(tmp_path: Path) -> None:
    with processes.lab(tmp_path, "--gate", "--gateway") as lab:
        async with await NioPerson.register(lab.url, "warga", tmp_path / "nio") as person:
            room_id = await person.create_room(invite=[OFFICE])
            await person.knows_members(room_id, [person.user_id, OFFICE])
            await person.until(lambda: any(person.client.device_store.active_user_devices(OFFICE)) or None, "its keys")
            await person.say(room_id, CANARY)
            await person.say(room_id, "english")

            await person.until(lambda: _heard(person, room_id, "Welcome"), "is greeted")
            await _books(person, room_id)
            png = await person.receives_file(room_id, name=".png")
            ics = await person.receives_file(room_id, name=".ics")
            (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(png)).convert("L"))
            assert read.text.startswith("AT1.")
            (event,) = Calendar.from_ical(ics).walk("VEVENT")
            number = str(event["SUMMARY"]).rpartition(" ")[2]
    assert (tmp_path / "data-gateway" / "layanan-paspor" / "service.key").exists()
    # What was said lies with the office, and nowhere on the server's side.
    written = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert written
    for said in (CANARY, "Welcome to", "Selamat datang", number, "VCALENDAR", read.text):
        assert [file for file in written if said.encode() in file.read_bytes()] == []

"""The ticket and the calendar file come after the words, once, encrypted; and what holds no more says so."""

from io import BytesIO
from typing import Any

import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from icalendar import Calendar
from PIL import Image

from amanat.gateway.appointments.closing import close_day
from amanat.gateway.appointments.tickets import Ticket, verify
from amanat.gateway.service.tables import OLDEST_HANDOUTS
from tests.gateway.device.town import until
from tests.gateway.service.at_work import AtWork, File, at

UPLOAD = "POST /_matrix/media/v3/upload"


def _key(passport: AtWork) -> Ed25519PublicKey:
    appointments = passport.service.shelf.appointments
    assert appointments is not None
    return appointments.keys.tickets.public_key()


def _ticket(file: File, key: Ed25519PublicKey) -> Ticket | None:
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(file.opened())).convert("L"))
    return verify(read.text, key)


def _event(file: File) -> Any:
    (event,) = Calendar.from_ical(file.opened()).walk("VEVENT")
    return event


def _starts_s(file: File) -> int:
    return int(_event(file)["DTSTART"].dt.timestamp())


def _sequence(file: File) -> int:
    return int(_event(file)["SEQUENCE"])


def _method(file: File) -> str:
    return str(Calendar.from_ical(file.opened())["METHOD"])


async def test_a_booking_and_a_move_bring_a_signed_ticket_and_a_calendar_file(on_each_database: AtWork) -> None:
    visitor, key = await on_each_database.visitor(), _key(on_each_database)
    booked = await visitor.books("24-11-2026")
    picture, calendar = await visitor.gets(".png"), await visitor.gets(".ics")
    ticket = _ticket(picture, key)
    assert ticket is not None
    assert ticket.n in booked
    assert (ticket.t * 1000, ticket.m) == (at("2026-11-24 08:00"), 0)
    assert picture.content["body"] == (
        f"Tiket {ticket.n}: 24 November 2026 pukul 08:00, Kantor Contoh Timur. Datang paling lambat pukul 07:30, "
        "tunjukkan kode ini."
    )
    assert (picture.content["msgtype"], picture.content["filename"]) == ("m.image", f"{ticket.n}.png")
    assert calendar.content["info"] == {"mimetype": "text/calendar", "size": len(calendar.opened())}
    assert _starts_s(calendar) == ticket.t
    organizer = _event(calendar)["ORGANIZER"]
    assert (str(organizer), organizer.params["CN"]) == ("matrix:u/paspor:localhost", "Layanan Paspor (contoh)")
    await visitor.hears("Ada lagi")
    sent = [each.content.get("filename") or each.content.get("body", "") for each in visitor.citizen.echo.received]
    order = (booked, ".png", ".ics", "Ada lagi")
    places = [next(at for at, text in enumerate(sent) if part in text) for part in order]
    assert places == sorted(places), "the ticket stands below the words, and above the menu"
    assert [clear for clear in (b"PNG", b"VCALENDAR", b"KTC-") if clear in picture.stored + calendar.stored] == []

    await visitor.says("menu", until="Selamat datang")
    for said, words in ("4", "Anda punya janji temu"), ("1", "Tanggal"), ("26-11-2026", "Sudah saya pindahkan"):
        await visitor.says(said, until=words)
    moved = _ticket(await visitor.gets(".png", count=2), key)
    assert moved is not None
    assert (moved.n, moved.t * 1000, moved.m) == (ticket.n, at("2026-11-26 08:00"), 1)

    await visitor.says("menu", until="Selamat datang")
    for said, words in ("4", "Anda punya janji temu"), ("2", "dibatalkan"):
        await visitor.says(said, until=words)
    assert b"METHOD:CANCEL" in (await visitor.gets(".ics", count=3)).opened()
    assert sum(text.startswith("Tiket") for text in visitor.heard) == 2


async def test_what_was_only_held_has_no_papers_to_take_back(passport: AtWork) -> None:
    visitor = await passport.visitor()
    for said, words in ("halo", "Selamat datang"), ("4", "untuk apa?"), ("1", "Atas nama"), ("Budi", "Tanggal"):
        await visitor.says(said, until=words)
    await visitor.says("24-11-2026", until="Saya simpan")
    await visitor.says("3", until="Tempatnya saya lepaskan")
    assert await passport.service.store.all(OLDEST_HANDOUTS) == []
    assert not [line for line in passport.road.asked if line == UPLOAD]


async def test_a_gateway_that_is_killed_between_upload_and_message_says_it_once(on_each_database: AtWork) -> None:
    at_work, visitor = on_each_database, await on_each_database.visitor()
    at_work.road.loses = lambda line: "back" if line == UPLOAD else None
    booked = await visitor.books("24-11-2026")
    await at_work.road.has_asked(UPLOAD, times=1)
    await at_work.stop()
    at_work.road.loses = lambda _: None
    await at_work.start()
    ticket = _ticket(await visitor.gets(".png"), _key(at_work))
    assert ticket is not None
    assert ticket.n in booked
    await visitor.gets(".ics")

    async def nothing_left() -> bool:
        return await at_work.service.store.all(OLDEST_HANDOUTS) == []

    await until(nothing_left)
    assert at_work.road.asked.count(UPLOAD) == 3
    assert len([text for text in visitor.heard if text.startswith("Tiket")]) == 1


async def test_a_closed_day_leaves_the_calendar_and_what_is_taken_instead_comes_into_it(
    passport: AtWork,
) -> None:
    visitor = await passport.visitor()
    await visitor.books("24-11-2026")
    first = await visitor.gets(".ics")
    closing = close_day("timur.foto", "2026-11-24", reason="Listrik padam", now_ms=passport.clock.now_ms())
    passport.clock.set("2026-11-23 07:10")
    await passport.service.store.write(closing.run, needs=closing.needs)
    await visitor.hears("Kantor tutup pada hari janji temumu")
    void = await visitor.gets(".ics", count=2)
    assert "pada 24 November 2026 pukul 08:00 tidak berlaku lagi" in void.content["body"]
    passport.clock.set("2026-11-23 07:20")
    for said, words in ("menu", "Selamat datang"), ("4", "Ada tempat yang kami simpan"), ("1", "Janji temu Anda"):
        await visitor.says(said, until=words)
    again = await visitor.gets(".ics", count=3)
    assert [_method(file) for file in (first, void, again)] == ["PUBLISH", "CANCEL", "PUBLISH"]
    assert _starts_s(first) == _starts_s(void) < _starts_s(again)
    assert _sequence(first) < _sequence(void) < _sequence(again)


async def test_where_the_server_takes_no_files_the_number_is_said_to_be_enough(passport: AtWork) -> None:
    passport.road.changes = lambda line: line.replace("/upload", "/nowhere")
    visitor = await passport.visitor()
    await visitor.books("24-11-2026")
    assert "sudah cukup: sebutkan" in await visitor.hears("Gambar tiketnya tidak bisa dikirim. Nomor KTC-")

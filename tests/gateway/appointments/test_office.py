"""Appointments as a whole, and settings that may not lose what is booked."""

from amanat.gateway.appointments.office import Appointments, in_the_way
from tests.gateway.appointments.sample import Office, edited


async def test_settings_without_a_counter_that_is_booked_are_in_the_way(office_on_both: Office) -> None:
    office = office_on_both
    renamed = edited(("foto: {", "camera: {"), ("at: timur.foto", "at: timur.camera"))
    await office.book("ani", "2026-11-24")
    await office.book("budi", "2026-11-25")
    (sentence,) = await in_the_way(office.store, renamed)
    assert "'passport' at 'timur.foto', the last on 2026-11-25" in sentence
    for person in ("ani", "budi"):
        await office.cancel(person)
    assert await in_the_way(office.store, renamed) == []


def test_the_same_secret_makes_the_same_keys() -> None:
    one, other, different = (Appointments(edited(), secret) for secret in (bytes(32), bytes(32), bytes([1] * 32)))
    assert one.keys.person("ani") == other.keys.person("ani") != different.keys.person("ani")
    assert one.keys.tickets.public_key() == other.keys.tickets.public_key() != different.keys.tickets.public_key()

"""Whoever has come hears in their chat where they stand, and when it is their turn."""

from tests.gateway.desk.conftest import desk, desk_office
from tests.gateway.desk.office import BUDI, DeskOffice, Served
from tests.gateway.desk.test_day_routes import TODAY, _booked

__all__ = ["desk", "desk_office"]

NAMES = ("Ani", "Citra", "Dewi", "Eka", "Fitri")


async def test_a_position_is_told_and_falls_as_others_are_served(desk: Served, desk_office: DeskOffice) -> None:
    visits = {name: await _booked(desk_office, name, chat=f"!{name}:localhost") for name in NAMES}
    number_of = {name: visit.number for name, visit in visits.items()}
    browser = desk.browser(BUDI, role="agent", office=desk_office)

    def heard() -> dict[str, str]:
        """What each was told since the last time."""
        told = {out.room_id[1:].partition(":")[0]: out.content["body"] for out in desk_office.said}
        desk_office.said.clear()
        return {name: text.removeprefix(f"{number_of[name]}: ") for name, text in told.items()}

    in_turn = sorted(NAMES, key=lambda name: (visits[name].starts_ms, NAMES.index(name)))
    for minute, name in enumerate(in_turn):
        desk_office.clock.set(f"{TODAY} 07:3{minute}")
        assert (await browser.post("check_in", {"number": number_of[name]})).status_code == 200
    ahead = [text.partition("dicatat. ")[2] for text in heard().values()]
    others = [f"{count} orang lagi sebelum kamu." for count in range(1, 5)]
    assert ahead == ["Kamu yang berikutnya.", *others]

    first, second, third, fourth, _ = in_turn
    await browser.post(f"appointments/{number_of[first]}/serve")
    assert heard() == {
        first: "giliranmu. Silakan ke loket foto.",
        second: "kamu yang berikutnya.",
        third: "1 orang lagi sebelum kamu.",
        fourth: "2 orang lagi sebelum kamu.",
    }


async def test_who_has_no_chat_is_told_nothing(desk: Served, desk_office: DeskOffice) -> None:
    visit = await _booked(desk_office)
    desk_office.clock.set(f"{TODAY} 07:30")
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    assert (await browser.post("check_in", {"number": visit.number})).status_code == 200
    assert (await browser.post(f"appointments/{visit.number}/serve")).status_code == 200
    assert desk_office.said == []

"""What a flow's effects mean to an office."""

from datetime import date

import pytest

from amanat.gateway.appointments.acts import KINDS, Asked, act, wish_of
from tests.gateway.appointments.sample import KEYS, Office, edited

ARGUMENTS = {
    "day": "2026-11-24",
    "name": "Ani",
    "purpose": "new",
    "nik": "3171",
    "time": "09.00",
    "priority": "elderly",
}
BY_IDENTITY = ("asks: [name]", "asks: [name]\n    identity: nik")


def asked(kind: str, arguments: dict[str, str], *, target: str = "passport") -> Asked:
    return Asked(
        kind=kind,
        target=target,
        arguments=arguments,
        request=f"!chat/{kind}/{len(arguments)}",
        person="@ani:localhost",
        chat="!chat",
        language="en",
        seed=bytes(16),
    )


def test_arguments_are_read_by_their_names_and_only_what_the_service_asks_is_kept() -> None:
    wish = wish_of(edited(BY_IDENTITY), asked("book", ARGUMENTS), keys=KEYS)
    assert wish is not None
    assert (wish.day, wish.time, wish.priority) == (date(2026, 11, 24), "09:00", "elderly")
    assert (wish.person, wish.identity) == (KEYS.person("@ani:localhost"), KEYS.identity("3171"))
    assert wish.details == {"name": "Ani"}
    assert not wish.hold


@pytest.mark.parametrize(
    ("target", "arguments"),
    [
        ("visa", {}),
        ("passport", {"day": "besok"}),
        ("passport", {"place": "barat"}),
        ("passport", {"day": "2026-02-30"}),
    ],
)
async def test_what_no_office_understands_is_an_error(office: Office, target: str, arguments: dict[str, str]) -> None:
    answer = await office.do(act(office.booking, asked("book", arguments, target=target), now_ms=office.now_ms))
    assert answer is not None
    assert answer.outcome == "error"


async def test_every_kind_of_effect_has_an_answer_in_the_language_of_the_flow(office: Office) -> None:
    outcomes = {}
    for kind in ("hold", "book", "find", "move", "wait", "cancel"):
        assert kind in KINDS
        day = "2026-11-26" if kind == "move" else "2026-11-25"
        answer = await office.do(act(office.booking, asked(kind, {"day": day}), now_ms=office.now_ms))
        assert answer is not None
        outcomes[kind] = answer.outcome
        if answer.visit:
            assert answer.values["place"] == "Sample Office East"
    assert outcomes == {
        "hold": "held",
        "book": "booked",
        "find": "found",
        "move": "moved",
        "wait": "already",
        "cancel": "cancelled",
    }


async def test_who_does_not_say_who_they_are_books_only_what_was_held_for_them(office: Office) -> None:
    office = office.under(BY_IDENTITY)

    async def outcome(kind: str, arguments: dict[str, str]) -> str:
        answer = await office.do(act(office.booking, asked(kind, arguments), now_ms=office.now_ms))
        assert answer
        return answer.outcome

    assert await outcome("book", {"day": "2026-11-24"}) == "error"
    assert await outcome("hold", {"day": "2026-11-24", "nik": "3171"}) == "held"
    assert await outcome("book", {}) == "booked"

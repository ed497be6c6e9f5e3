"""One word after a reminder cancels the visit, and no other word or visit."""

import pytest

from amanat.gateway.appointments.replies import cancel_reminded, is_cancelling
from tests.gateway.appointments.sample import KEYS, Office


@pytest.mark.parametrize(
    ("text", "cancels"),
    [
        ("batal", True),
        ("  Tidak jadi. ", True),
        ("#batal", True),
        ("can’t come", True),
        ("jangan batal", False),
        ("kapan saya bisa batal?", False),
        ("", False),
    ],
)
def test_only_the_word_itself_cancels(text: str, cancels: bool) -> None:
    assert is_cancelling(text) is cancels


async def test_the_visit_that_was_remembered_is_cancelled(office_on_both: Office) -> None:
    office = office_on_both
    await office.book("ani", "2026-11-25")

    async def reply() -> str:
        unit = cancel_reminded(office.agenda, KEYS, person="ani", language="id", now_ms=office.now_ms)
        return (await office.do(unit)).outcome

    assert await reply() == "none", "nobody has reminded of it yet"
    await office.pass_to("2026-11-24 08:00")
    assert await reply() == "cancelled"
    assert await reply() == "none"
    await office.check()

from datetime import UTC, datetime

import pytest

from amanat.core.breach_notices import KINDS, Breach, Item, Notice, notice


def _told(kind: str = "database", *, is_drill: bool = True) -> Notice:
    breach = Breach(
        kind=kind,
        since=datetime(2026, 1, 1, tzinfo=UTC),
        noticed=datetime(2026, 1, 31, 22, 30, tzinfo=UTC),
        done=Item(id="Pintu ditutup.", en="The door was shut."),
        contact="help@example.org",
        is_drill=is_drill,
    )
    return notice(
        breach, "@ani:example.org", data=[Item(id="Profil", en="Profile"), Item(id="Perangkat", en="Devices")]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_has_what_the_law_asks_for_in_both_languages(kind: str) -> None:
    told = _told(kind)
    for text, words in (
        (told.text_id, ("- Profil\n- Perangkat", KINDS[kind].id, "Pintu ditutup.", "antara 2026-01-01 00:00 UTC")),
        (told.text_en, ("- Profile\n- Devices", KINDS[kind].en, "The door was shut.", "between 2026-01-01 00:00 UTC")),
    ):
        assert all(word in text for word in (*words, "@ani:example.org", "help@example.org"))


def test_it_is_due_three_days_after_it_was_noticed() -> None:
    assert _told().due == "2026-02-03 22:30 UTC"


def test_a_drill_says_so_first_and_nothing_else_does() -> None:
    drill, real = _told(), _told(is_drill=False)
    assert (drill.drill, real.drill) == (True, False)
    assert drill.text_id.startswith("LATIHAN.")
    assert drill.text_en.startswith("DRILL.")
    assert not any(word in real.text_id + real.text_en for word in ("LATIHAN", "DRILL"))

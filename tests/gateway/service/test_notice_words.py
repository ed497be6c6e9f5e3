"""Each notice has its words in both languages, and dates are told as people say them."""

from typing import get_args

import pytest

from amanat.gateway.appointments.notices import Kind, Notice
from amanat.gateway.appointments.wishes import Answer
from amanat.gateway.service.notice_words import kind_of, words_of

VALUES = {"number": "KJT-1", "date": "2026-12-03", "time": "09:30", "arrive": "09:00", "place": "Pusat"}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", [kind for kind in get_args(Kind) if kind != "answer"])
@pytest.mark.parametrize("outcome", ["offered", "none"])
def test_every_notice_is_told(kind: Kind, language: str, outcome: str) -> None:
    notice = Notice(kind=kind, chat="!a", answer=Answer(outcome=outcome, values=VALUES))
    told = words_of(kind_of(notice), notice.answer.values, language=language)
    assert told
    assert "{" not in told


def test_a_date_is_told_in_words_and_what_is_not_known_left_out() -> None:
    assert "3 Desember 2026 pukul 09:30 di Pusat" in words_of("reminder", VALUES, language="id")
    assert "3 December 2026 at 09:30" in words_of("reminder", VALUES, language="en")
    assert words_of("reminder", VALUES, language="jv") == words_of("reminder", VALUES, language="id")
    assert "****" in words_of("cancelled", {}, language="en")

"""What is asked of who has answered so much."""

from typing import Any

import pytest

from amanat.gateway.forms.asking import Asked, Done, standing
from amanat.gateway.forms.fields import EMPTY
from amanat.gateway.forms.filling import sent_by
from amanat.gateway.forms.model import FIELDS
from tests.gateway.forms.vectors import HELD, SCREENS

GOOD: dict[str, dict[str, Any]] = HELD["good"]


def stand(answers: dict[str, dict[str, Any]]) -> Asked | Done:
    """Where somebody stands in the form of the vectors."""
    return standing(SCREENS, answers, first=HELD["first"], data=HELD["data"])


def test_asked_one_after_the_other_it_sends_what_an_app_sends() -> None:
    answers: dict[str, dict[str, Any]] = {}
    asked: list[str] = []
    while isinstance(now := stand(answers), Asked):
        asked.append(now.part.name)
        given = GOOD[now.screen].get(now.part.name, EMPTY[now.part.kind])
        answers.setdefault(now.screen, {})[now.part.name] = given
    assert now.pages is not None
    assert sent_by(SCREENS, now.pages, first=HELD["first"], data=HELD["data"]) == HELD["sends"]
    open_fields = {p.name for s in SCREENS for p in s.parts if p.kind in FIELDS and p.enabled is True}
    assert set(asked) == open_fields, "what is shut is not asked for"
    assert len(asked) == len(set(asked))


def test_words_are_said_with_the_question_behind_them() -> None:
    first = stand({})
    assert isinstance(first, Asked)
    assert first.said == ("Kantor Bogor, 1.5 km",)
    second = stand({"A": {"nama": "Budi"}})
    assert isinstance(second, Asked)
    assert (second.part.name, second.said, [line.value for line in second.lines]) == ("umur", (), ["Budi"])


def test_another_answer_leads_another_way_and_back() -> None:
    full = {name: GOOD["A"].get(name, "") for name in ("nama", "surel", "telepon", "pin", "layanan", "berkas")}
    end = stand({**GOOD, "A": {**full, "umur": "16"}})
    assert isinstance(end, Done)
    assert [page.id for page in end.pages or ()] == ["A"]
    again = stand(GOOD)
    assert isinstance(again, Asked)
    assert (again.screen, again.part.name) == ("A", "surel"), "what nobody was asked for is asked"


@pytest.mark.parametrize("lacks", ["nama", "layanan"])
def test_an_answer_that_is_taken_back_is_asked_for_again(lacks: str) -> None:
    full = {id: dict(values) for id, values in GOOD.items()}
    for name in ("surel", "telepon", "pin"):
        full["A"].setdefault(name, "")
    del full["A"][lacks]
    now = stand(full)
    assert isinstance(now, Asked)
    assert now.part.name == lacks

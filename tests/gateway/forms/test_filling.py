"""A filled-in form is walked again: only what fits is sent, and the form says what that is."""

from typing import Any

import pytest

from amanat.gateway.forms.filling import Misfit, Page, pages_of, sent_by
from amanat.gateway.forms.model import FORM_ANSWER
from tests.gateway.forms.vectors import HELD, SCREENS, pages


def sent(filled: list[Page]) -> dict[str, Any]:
    return sent_by(SCREENS, filled, first=HELD["first"], data=HELD["data"])


def test_what_is_sent_is_the_forms_own() -> None:
    assert sent(pages()) == HELD["sends"], "a field that is shut keeps what it was given"


def test_another_way_through_ends_earlier() -> None:
    young = pages(A={"umur": "12"})
    assert sent(young[:1]) == {"terlalu_muda": True}


@pytest.mark.parametrize(
    "filled",
    [
        [],
        pages()[:1],
        pages()[1:],
        [pages()[0], pages()[0]],
        [*pages(), pages()[1]],
        [Page("Z", {}), pages()[1]],
        pages(A={"umur": "12"}),
    ],
)
def test_there_is_one_way_through(filled: list[Page]) -> None:
    with pytest.raises(Misfit):
        sent(filled)


@pytest.mark.parametrize("answer", [None, 7, [], {"screens": 7}, {"screens": [{"id": 1}]}, {"screens": [{"id": "A"}]}])
def test_anybody_can_send_anything(answer: object) -> None:
    assert pages_of({FORM_ANSWER: answer}) == ()
    assert pages_of({"body": "halo"}) is None


def test_a_way_without_end_is_cut_off() -> None:
    many = {"screens": [{"id": "A", "values": {}}] * 10_000}
    assert len(pages_of({FORM_ANSWER: many}) or ()) == 21

"""Whether an answer fits its field: one case each, the same for the app."""

from typing import Any

import pytest

from amanat.gateway.forms.fields import EMPTY, day_of
from amanat.gateway.forms.filling import Misfit, sent_by
from amanat.gateway.forms.model import FIELDS
from tests.gateway.forms.vectors import HELD, SCREENS, pages

LABELS = {part.name: part.text for screen in SCREENS for part in screen.parts}


@pytest.mark.parametrize("case", HELD["cases"], ids=lambda case: case["name"])
def test_an_answer(case: dict[str, Any]) -> None:
    filled = pages(A=case.get("A", {}), B=case.get("B", {}))
    if "misfit" in case:
        with pytest.raises(Misfit) as misfit:
            sent_by(SCREENS, filled, first=HELD["first"], data=HELD["data"])
        name, reason = case["misfit"]
        assert (misfit.value.label, misfit.value.reason) == (LABELS[name], reason)
    else:
        assert sent_by(SCREENS, filled, first=HELD["first"], data=HELD["data"]) == HELD["sends"] | case["changes"]


def test_every_field_has_its_empty_answer() -> None:
    assert set(EMPTY) == FIELDS


@pytest.mark.parametrize("written", ["2026-1-1", "2026-13-01", "1", "", None, 20261101, "２０２６-12-01"])
def test_what_is_no_day(written: object) -> None:
    assert day_of(written) is None

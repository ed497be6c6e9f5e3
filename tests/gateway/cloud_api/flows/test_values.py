"""Properties of components."""

from typing import Any

import pytest

from amanat.gateway.cloud_api.flows.at import At
from amanat.gateway.cloud_api.flows.issues import Issue
from amanat.gateway.cloud_api.flows.values import options, payload, picture, weekdays
from amanat.gateway.forms.model import Answer, Given, Option
from tests.gateway.cloud_api.flows.samples import PIXEL


def place(value: Any) -> At:
    issues: list[Issue] = []
    return At(value, "x", issues=issues)


def test_options_stand_there_or_are_given() -> None:
    assert options(place([{"id": "a", "title": "A"}]), screen="S") == (Option(id="a", title="A"),)
    assert options(place("${data.list}"), screen="S") == Given("S", "list")


@pytest.mark.parametrize("value", [[], "a", "${form.a}", 7, [{"id": "a"}], [{"id": "a", "title": "A"}] * 2])
def test_what_are_no_options(value: Any) -> None:
    at = place(value)
    options(at, screen="S")
    assert at.issues


def test_a_payload_is_flat() -> None:
    at = place({"a": "${form.a}", "b": True, "c": [1], "d": {"e": 1}, "f": ["${form.a}"]})
    given = payload(at, screen="S")
    assert (given["a"], given["b"], given["c"]) == (Answer("S", "a"), True, [1])
    assert [issue.path for issue in at.issues] == ["x.d", "x.f"]


def test_a_picture_is_one() -> None:
    assert picture(place(PIXEL)) == (PIXEL, "image/png")
    for wrong in ("PHN2Zz4=", "https://x.example/y.png", "${data.picture}", "iVBORw0KGgo<script>"):
        at = place(wrong)
        picture(at)
        assert at.issues, wrong


def test_days_of_the_week() -> None:
    assert weekdays(place(["Tue", "Mon"])) == (0, 1)
    at = place(["Senin"])
    assert (weekdays(at), len(at.issues)) == ((), 1)

"""What an effect brings is cut to what the flow has declared."""

import pytest

from amanat.gateway.flows.model import Effect
from amanat.gateway.flows.results import value_names, values_of
from amanat.gateway.flows.session import Answered
from tests.gateway.flows.sample import FLOW_READ


def step(name: str) -> Effect:
    found = FLOW_READ.steps[name]
    assert isinstance(found, Effect)
    return found


@pytest.mark.parametrize(
    ("name", "outcome", "names"),
    [
        ("look_up", "found", ("paper.status",)),
        ("look_up", "not_found", ()),
        ("visit", "booked", ("desk.number", "desk.date", "desk.time", "desk.arrive", "desk.place")),
        ("visit", "full", ("desk.next_date", "desk.next_time")),
        ("visit", "error", ()),
        ("visit", "surprise", ()),
        ("write", "opened", ("complaint.number",)),
    ],
)
def test_values_are_named_after_what_brought_them(name: str, outcome: str, names: tuple[str, ...]) -> None:
    assert value_names(step(name), outcome, connectors=FLOW_READ.connectors) == names


def test_only_declared_values_come_in_as_one_short_line() -> None:
    answered = Answered(effect="1", outcome="found", values={"status": "a\nb" + "c" * 1000, "else": "x"})
    (name, value), *more = values_of(step("look_up"), answered, connectors=FLOW_READ.connectors).items()
    assert (name, value[:4], len(value), more) == ("paper.status", "a bc", 500, [])

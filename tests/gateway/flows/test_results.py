"""What an effect brings is cut to what the flow has declared."""

from amanat.gateway.flows.model import Effect
from amanat.gateway.flows.results import value_names, values_of
from tests.gateway.flows.sample import FLOW_READ


def step(name: str) -> Effect:
    found = FLOW_READ.steps[name]
    assert isinstance(found, Effect)
    return found


def test_values_are_named_after_what_brought_them() -> None:
    assert value_names(step("look_up"), FLOW_READ.connectors) == ("paper.status",)
    assert value_names(step("visit"), {}) == ("desk.number", "desk.date", "desk.time")
    assert value_names(step("write"), {}) == ("complaint.number",)


def test_only_declared_values_come_in_as_one_short_line() -> None:
    brought = {"status": "a\nb" + "c" * 1000, "else": "x"}
    (name, value), *more = values_of(step("look_up"), brought, connectors=FLOW_READ.connectors).items()
    assert (name, value[:4], len(value), more) == ("paper.status", "a bc", 500, [])

"""Where steps lead, and what day it is where the service is."""

from datetime import date

from amanat.gateway.flows.model import Ask, End, local_date, targets
from tests.gateway.flows.sample import FLOW_READ, NOW_MS


def test_every_way_out_of_a_step_is_named_once() -> None:
    assert targets(FLOW_READ.steps["look_up"]) == ("which", "ask_permit")
    assert targets(FLOW_READ.steps["visit"]) == ("booked", "sorry")
    assert targets(End(name="end", line=1, say=())) == ()
    assert isinstance(FLOW_READ.steps["ask_nik"], Ask)


def test_the_day_is_the_services_own() -> None:
    late_in_london = NOW_MS + 15 * 3600 * 1000
    assert local_date(FLOW_READ, NOW_MS) == date(2026, 11, 23)
    assert local_date(FLOW_READ, late_in_london) == date(2026, 11, 24)

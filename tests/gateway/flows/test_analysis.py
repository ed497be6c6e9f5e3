"""Ways through a flow: what has to be kept where."""

from msgspec.structs import replace

from amanat.gateway.flows.analysis import endless_loop, needed_variables, reachable, set_on, variables_of
from amanat.gateway.flows.loading import load
from amanat.gateway.flows.model import Effect, End, Say, Step
from tests.gateway.flows import quiz
from tests.gateway.flows.sample import FLOW_READ

STEPS, CONNECTORS = FLOW_READ.steps, FLOW_READ.connectors


def says(**ways: str) -> dict[str, Step]:
    return {name: Say(name=name, line=1, say=("x",), go=to) for name, to in ways.items()}


def test_all_that_can_be_reached_is_found() -> None:
    assert reachable(says(a="b", b="c", d="a"), ("a", "")) == {"a", "b"}
    assert reachable(STEPS, ("welcome", "staff")) == STEPS.keys()


def test_a_loop_without_a_person_is_found_and_one_with_a_person_is_none() -> None:
    assert endless_loop(says(a="b", b="c", c="b")) == ["b", "c", "b"]
    assert endless_loop(says(a="a")) == ["a", "a"]
    assert endless_loop(STEPS) == []


def test_a_long_chain_is_no_trouble() -> None:
    chain = says(**{f"s{number}": f"s{number + 1}" for number in range(5000)})
    assert endless_loop({**chain, "s5000": End(name="s5000", line=1, say=())}) == []


def test_a_variable_is_needed_from_where_it_is_set_to_where_it_is_last_used() -> None:
    uses = {name: frozenset[str]() for name in STEPS} | {"ask_permit": frozenset({"nik"})}
    needed = needed_variables(STEPS, uses=uses, connectors=CONNECTORS)
    assert {name for name, variables in needed.items() if "nik" in variables} == {"look_up", "ask_permit"}


def test_a_value_is_set_only_on_the_good_way() -> None:
    assert set_on(STEPS["ask_nik"], "look_up", connectors=CONNECTORS) == {"nik"}
    assert set_on(STEPS["ask_nik"], "staff", connectors=CONNECTORS) == frozenset()
    assert set_on(STEPS["look_up"], "which", connectors=CONNECTORS) == {"paper.status"}
    assert set_on(STEPS["visit"], "sorry", connectors=CONNECTORS) == frozenset()
    assert set_on(STEPS["ask_kind"], "write", connectors=CONNECTORS) == {"kind"}


def test_an_outcome_sets_what_it_brings_and_two_of_them_what_both_bring() -> None:
    visit = STEPS["visit"]
    assert isinstance(visit, Effect)
    full = replace(visit, when={"full": "elsewhere", "closed": "elsewhere", "blocked": "later"}, otherwise="sorry")
    assert set_on(full, "elsewhere", connectors=CONNECTORS) == {"desk.next_date", "desk.next_time"}
    either = replace(full, when={"full": "elsewhere", "booked": "elsewhere"})
    assert set_on(either, "elsewhere", connectors=CONNECTORS) == frozenset()


def test_all_variables_are_known() -> None:
    assert {"nik", "kind", "name", "paper.status", "desk.date", "complaint.number"} <= variables_of(STEPS, CONNECTORS)


def test_a_counter_is_needed_only_from_where_it_is_set_on() -> None:
    flow = load(quiz.FILES)
    assert {name for name, variables in flow.needed.items() if "score" in variables} == {
        "question",
        "right",
        "result",
        "all",
        "none",
    }
    assert "score" in variables_of(flow.steps, flow.connectors)

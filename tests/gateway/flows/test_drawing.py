"""A flow as a Mermaid flowchart."""

from amanat.gateway.flows.drawing import mermaid
from amanat.gateway.flows.loading import load
from tests.gateway.flows import quiz
from tests.gateway.flows.sample import FLOW_READ


def test_every_step_and_every_way_is_drawn() -> None:
    lines = mermaid(FLOW_READ, language="en").splitlines()
    assert lines[0] == "flowchart TD"
    for line in (
        '    step_welcome[/"welcome"/]',
        '    step_ask_nik[/"ask_nik: ask nik"\\]',
        '    step_which{"which: paper.status?"}',
        '    step_look_up[["look_up: call paper"]]',
        '    step_with_staff(["with_staff: hand over to front"])',
        '    step_goodbye(("goodbye"))',
        '    step_welcome -->|"Paper status"| step_ask_nik',
        '    step_ask_nik -->|"otherwise"| step_staff',
        "    step_tell --> step_welcome",
        '    step_visit -->|"full"| step_sorry',
    ):
        assert line in lines


def test_a_counter_says_what_it_counts() -> None:
    lines = mermaid(load(quiz.FILES), language="id").splitlines()
    assert '    step_begin["begin: count score from 0"]' in lines
    assert '    step_right["right: count score"]' in lines
    assert "    step_right --> step_result" in lines

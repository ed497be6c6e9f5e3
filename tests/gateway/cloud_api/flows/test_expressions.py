"""Dynamic strings."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.cloud_api.flows.expressions import BadExpression, expression, names_in, read_value
from amanat.gateway.forms.model import Answer, Compare, Every, Given, Join, Negated, Some

A, B = Answer("S", "a"), Given("T", "b")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Halo", "Halo"), ("5 ${form.a}", "5 ${form.a}"), ("${form.a}", A), ("${screen.T.data.b}", B),
        ("`'Halo, ' ${form.a}`", Join(("Halo, ", A))), ("`'it\\'s'`", "it's"),
        ("`${form.a} >= 2.5`", Compare(">=", A, 2.5)),
        ("`!${form.a} && (true || ${form.a} != 'x')`", Every((Negated(A), Some((True, Compare("!=", A, "x")))))),
        ("`(${form.a} == true)`", Compare("==", A, True)),
    ],
)  # fmt: skip
def test_what_is_offered(text: str, value: object) -> None:
    assert read_value(text, screen="S") == value


@pytest.mark.parametrize(
    "text",
    ["``", "`1 + 2`", "`${form.a`", "`(true`", "`== 2`", "`'x`", "${form}", "${env.HOME}", "${form.a.b}", "`f(1)`",
     "`" + "(" * 400 + "1`", "`" + "!" * 50 + "true`", "`" + "'a' " * 400 + "`"],
)  # fmt: skip
def test_what_is_not(text: str) -> None:
    with pytest.raises(BadExpression):
        read_value(text, screen="S")


@given(st.text(alphabet="${}form.da'`()!&|<>= 12+\\", max_size=60))
def test_nothing_breaks_it(text: str) -> None:
    with suppress(BadExpression):
        names_in(expression(text, screen="S"))

"""Figures are held against their bounds, and written as a person reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.figures import Figure, Line, at_pace, number, percentile, ratios, verdict

COST = Line(key="cost", work="a send", unit="µs", must=(150,), aim=(115,))
RATE = Line(key="rate", work="sends", unit="/s", must=(5000,), aim=(7500,), more_is_better=True)
PAIR = Line(key="pair", work="a message", unit="ms", must=(4, 12), aim=(2, 5))


@pytest.mark.parametrize(
    ("line", "values", "expected"),
    [
        (COST, (115,), "aim"),
        (COST, (116,), "must"),
        (COST, (151,), "missed"),
        (RATE, (7500,), "aim"),
        (RATE, (5000,), "must"),
        (RATE, (4999,), "missed"),
        (PAIR, (2, 5), "aim"),
        (PAIR, (1, 6), "must"),
        (PAIR, (1, 13), "missed"),
    ],
)
def test_a_figure_keeps_a_bound_when_each_of_its_values_does(
    line: Line, values: tuple[float, ...], expected: str
) -> None:
    assert verdict(line, Figure(values=values)) == expected


def test_on_a_slower_machine_times_may_be_longer_and_rates_lower() -> None:
    assert at_pace(COST, 2).must == (300,)
    assert at_pace(RATE, 2).must == (2500,)
    ratio = Line(key="r", work="w", unit="", must=(3,), aim=(1.5,))
    assert at_pace(ratio, 2) == ratio


def test_a_line_without_bounds_has_no_verdict() -> None:
    assert verdict(Line(key="k", work="w", unit="ms"), Figure(values=(1,))) == ""


@given(st.lists(st.integers(), min_size=1), st.sampled_from([0.5, 0.99, 1.0]))
def test_a_percentile_is_the_smallest_sample_that_enough_samples_do_not_exceed(
    samples: list[int], share: float
) -> None:
    found = percentile(samples, share)
    enough = [sample for sample in samples if sum(other <= sample for other in samples) >= share * len(samples)]
    assert found == min(enough)


def test_ratios_are_taken_value_by_value() -> None:
    assert ratios(Figure(values=(2, 5)), Figure(values=(17, 25))) == (2 / 17, 0.2)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (8000, "8,000"), (110.4, "110"), (66.66, "66.7"), (4, "4"), (0.01875, "0.0187"), (1.05, "1.05")],
)
def test_a_number_has_three_significant_digits(value: float, text: str) -> None:
    assert number(value) == text

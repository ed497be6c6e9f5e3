"""What may stand in a name."""

import pytest

from amanat.product.accounts.pages.names import MAX_NAME, name_problem


@pytest.mark.parametrize("name", ["", "Ani", "Ani 🌺", "آنی", "Siti Nurhaliza-Putri", "👩‍👩‍👧", "a" * MAX_NAME])
def test_people_are_called_what_they_are_called(name: str) -> None:
    assert name_problem(name) is None


@pytest.mark.parametrize("name", ["a" * (MAX_NAME + 1), "a\nb", "a\tb", "\u202egnp", "a\u2066b", "\ud800", "a\u2028b"])
def test_a_name_rearranges_nothing_beside_it(name: str) -> None:
    assert name_problem(name) is not None

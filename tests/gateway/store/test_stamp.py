"""A stamp admits the data that it was put on, and no other."""

import pytest

from amanat.gateway.store.stamp import WrongData, refuse_other_mode
from tests.gateway.conftest import OFFICE


def test_new_data_and_its_own_are_admitted() -> None:
    OFFICE.check({})
    OFFICE.check(OFFICE.meta())


@pytest.mark.parametrize("change", [{"user_id": "@shop:localhost"}, {"mode": "serve"}])
def test_other_data_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(WrongData):
        OFFICE.check(OFFICE.meta() | change)


def test_data_of_no_known_command_is_refused() -> None:
    with pytest.raises(WrongData):
        refuse_other_mode("")

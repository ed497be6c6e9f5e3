"""A catalogue is what an API asks for."""

import inspect

import pytest

from amanat.gateway.bots.shop.catalogue import Catalogue
from amanat.gateway.bots.shop.goods import Goods


@pytest.mark.parametrize("name", [name for name in vars(Goods) if not name.startswith("_")])
def test_a_catalogue_can_be_asked_what_the_protocol_says(name: str) -> None:
    wanted, had = getattr(Goods, name), getattr(Catalogue, name)
    assert inspect.signature(wanted) == inspect.signature(had)
    assert wanted.__doc__ == had.__doc__

"""What an API is given is what a line is."""

import inspect
from typing import get_type_hints

import pytest

from amanat.gateway.bots.api import Line
from amanat.gateway.bots.line import BotLine

ASKED = [name for name in vars(Line) if not name.startswith("_")]


@pytest.mark.parametrize("name", ASKED)
def test_a_line_can_be_asked_what_the_protocol_says(name: str) -> None:
    asked, given = getattr(Line, name), getattr(BotLine, name)
    if isinstance(asked, property):
        assert isinstance(given, property)
        return
    assert list(inspect.signature(given).parameters) == list(inspect.signature(asked).parameters)
    assert get_type_hints(given) == get_type_hints(asked)

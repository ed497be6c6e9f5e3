"""What a bot's groups are asked is what the protocol says."""

import inspect

import pytest

from amanat.gateway.bots.group_model import GroupLine
from amanat.gateway.bots.groups import Groups


@pytest.mark.parametrize("name", [name for name in vars(GroupLine) if not name.startswith("_")])
def test_groups_can_be_asked_what_the_protocol_says(name: str) -> None:
    assert inspect.signature(getattr(Groups, name)) == inspect.signature(getattr(GroupLine, name))

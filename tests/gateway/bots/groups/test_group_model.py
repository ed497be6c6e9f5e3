"""What a bot's groups and their links are asked is what the protocols say."""

import inspect

import pytest

from amanat.gateway.bots.groups.group_model import GroupLine, LinkLine
from amanat.gateway.bots.groups.groups import Groups
from amanat.gateway.bots.groups.invite_links import InviteLinks


@pytest.mark.parametrize(
    ("protocol", "answers", "name"),
    [
        (protocol, answers, name)
        for protocol, answers in ((GroupLine, Groups), (LinkLine, InviteLinks))
        for name, member in vars(protocol).items()
        if not name.startswith("_") and inspect.isfunction(member)
    ],
)
def test_groups_can_be_asked_what_the_protocol_says(protocol: type, answers: type, name: str) -> None:
    assert inspect.signature(getattr(answers, name)) == inspect.signature(getattr(protocol, name))

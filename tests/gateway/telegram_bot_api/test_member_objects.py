"""Members as a bot is told of them are what clients read."""

from typing import Any

import pytest
import telegram
from aiogram.types import ChatMemberAdministrator, ChatMemberRestricted
from aiogram.types.chat_permissions import ChatPermissions

from amanat.gateway.bots.api import Me
from amanat.gateway.bots.groups.group_model import Member
from amanat.gateway.bots.groups.rights import Rights, Status
from amanat.gateway.bots.model import Person
from amanat.gateway.telegram_bot_api.member_objects import member, permissions, says
from amanat.gateway.telegram_bot_api.objects import Telling

TELLING = Telling(Me(number=77, username="toko", name="Toko"), language="id")
ANI = Person(number=5, name="Ani")


@pytest.mark.parametrize("status", ["creator", "administrator", "member", "restricted", "left", "kicked"])
def test_clients_read_every_kind_of_member(status: Status) -> None:
    for person in (ANI, None):
        told = member(Member(person=person, status=status, rights=Rights(delete=True)), TELLING)
        read = telegram.ChatMember.de_json(told, None)
        assert (read.status, read.user.id) == (status, 5 if person else 77)
    if status == "administrator":
        assert ChatMemberAdministrator.model_validate(told).can_delete_messages
    if status == "restricted":
        assert ChatMemberRestricted.model_validate(told).is_member


def test_permissions_are_what_members_may_do() -> None:
    told = permissions(Rights(say=True, invite=True))
    assert ChatPermissions.model_validate(told).can_send_messages
    assert (told["can_send_photos"], told["can_invite_users"], told["can_pin_messages"]) == (True, True, False)


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ({}, False),
        ({"can_send_messages": True}, True),
        ({"can_send_messages": "true"}, True),
        ({"can_send_messages": False}, False),
        ({"can_send_messages": False, "can_send_photos": True}, True),
        ({"can_pin_messages": True}, False),
    ],
)
def test_whoever_may_send_anything_may_write(given: dict[str, Any], holds: bool) -> None:
    assert says(given, default=False) is holds

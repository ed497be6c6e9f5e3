"""What was heard, as updates that both clients read."""

import json
from typing import Any

import pytest
import telegram
from aiogram import types

from amanat.gateway.bots.model import (
    Came,
    Choice,
    Delivered,
    Edited,
    Heard,
    Membership,
    Pressed,
    Reacted,
    TakenBack,
    Words,
)
from amanat.gateway.telegram_bot_api.drafts import Drafts
from tests.gateway.telegram_bot_api.things import ANI, GROUP, PRIVATE, TELLING, said

DRAFTS = Drafts(TELLING)
MENU = said(Words(text="Pilih:"), sender=None)


def _update(heard: Heard) -> dict[str, Any]:
    drafted = DRAFTS.draft(heard, position=12)
    assert drafted is not None
    update = json.loads(drafted.body)
    assert update["update_id"] == 12
    assert telegram.Update.de_json(update, None) is not None
    assert types.Update.model_validate(update).event_type == drafted.kind
    return dict(update[drafted.kind])


def test_what_is_said_and_changed() -> None:
    came = Came(said=said(Words(text="halo")), quoted=MENU)
    assert _update(came)["reply_to_message"]["text"] == "Pilih:"
    assert _update(Edited(said=said(Words(text="halo!"))))["text"] == "halo!"


def test_a_button_with_data_is_a_callback_query() -> None:
    pressed = Pressed(number=10, person=ANI, said=MENU, choice=Choice(label="Ya", data="yes"), ts=2_000_000)
    query = _update(pressed)
    assert (query["id"], query["data"], query["from"]["id"], query["message"]["message_id"]) == ("5_10", "yes", 5, 9)


def test_a_button_without_data_says_its_label() -> None:
    message = _update(Pressed(number=10, person=ANI, said=MENU, choice=Choice(label="Ya"), ts=2_000_000))
    assert (message["text"], message["message_id"], message["date"]) == ("Ya", 10, 2000)


def test_a_reaction_and_its_end() -> None:
    assert _update(Reacted(chat=PRIVATE, person=ANI, number=9, emoji="👍", ts=1))["new_reaction"] == [
        {"type": "emoji", "emoji": "👍"}
    ]
    assert _update(Reacted(chat=PRIVATE, person=ANI, number=9, emoji="", ts=1))["new_reaction"] == []


def test_who_leaves_a_private_chat_has_blocked_the_bot() -> None:
    left = _update(Membership(chat=PRIVATE, person=None, is_in=False, ts=1))
    assert (left["old_chat_member"]["status"], left["new_chat_member"]["status"]) == ("member", "kicked")
    assert left["from"]["id"] == 5
    back = _update(Membership(chat=PRIVATE, person=None, is_in=True, ts=1))
    assert (back["old_chat_member"]["status"], back["new_chat_member"]["status"]) == ("kicked", "member")


def test_a_group_tells_who_comes_and_goes() -> None:
    assert _update(Membership(chat=GROUP, person=None, is_in=True, ts=1))["old_chat_member"]["status"] == "left"
    assert _update(Membership(chat=GROUP, person=ANI, is_in=True, ts=1))["new_chat_members"][0]["id"] == 5
    assert _update(Membership(chat=GROUP, person=ANI, is_in=False, ts=1))["left_chat_member"]["id"] == 5


@pytest.mark.parametrize(
    "heard",
    [
        TakenBack(chat=PRIVATE, person=ANI, number=9, ts=1),
        Delivered(chat=PRIVATE, number=9, is_sent=True, ts=1),
    ],
)
def test_what_telegram_tells_no_bot(heard: Heard) -> None:
    assert DRAFTS.draft(heard, position=12) is None

"""What was heard, as updates. Pure; source: core.telegram.org/bots/api#update."""

from collections.abc import Mapping
from functools import singledispatchmethod
from typing import Any, Final

from msgspec import json

from amanat.gateway.bots.groups.group_model import Member
from amanat.gateway.bots.model import (
    Asked,
    Came,
    Drafted,
    Edited,
    Heard,
    Membership,
    Moved,
    PollChanged,
    Pressed,
    Ranked,
    Reacted,
    Renamed,
    Voted,
)
from amanat.gateway.telegram_bot_api.markup import unpacked
from amanat.gateway.telegram_bot_api.member_objects import member
from amanat.gateway.telegram_bot_api.objects import Object, Telling, chat
from amanat.gateway.telegram_bot_api.poll_objects import poll_of
from amanat.gateway.telegram_bot_api.query_ids import query_id

BY_DEFAULT: Final = (
    "message",
    "edited_message",
    "callback_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_join_request",
)
"""What a bot is told of that has not said what it wants."""
KINDS: Final = frozenset({*BY_DEFAULT, "chat_join_request", "chat_member", "message_reaction"})


class Drafts:
    """Drafts updates for one bot."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling

    def draft(self, heard: Heard, *, position: int) -> Drafted | None:
        """Return the update of this number that tells of something; None where this API has none for it."""
        found = self._of(heard)
        if found is None:
            return None
        kind, value = found
        return Drafted(kind, json.encode({"update_id": position, kind: value}))

    @singledispatchmethod
    def _of(self, _heard: object) -> tuple[str, Object] | None:
        # Telegram tells no bot that somebody took a message back, or that the bot's own has been delivered.
        return None

    @_of.register
    def _(self, heard: Came) -> tuple[str, Object] | None:
        return "message", self._telling.message(heard.said, quoted=heard.quoted)

    @_of.register
    def _(self, heard: Edited) -> tuple[str, Object] | None:
        return "edited_message", self._telling.message(heard.said)

    @_of.register
    def _(self, heard: Pressed) -> tuple[str, Object] | None:
        user, where = self._telling.user(heard.person), heard.said.chat
        if heard.choice.data:
            return "callback_query", {
                "id": query_id(where.number, heard.number),
                "from": user,
                "message": self._telling.message(heard.said),
                "chat_instance": str(where.number),
                "data": heard.choice.data,
            }
        # A button of a reply keyboard says its own words.
        said = {"message_id": heard.number, "from": user, "chat": chat(where), "date": heard.ts // 1000}
        return "message", said | {"text": heard.choice.label}

    @_of.register
    def _(self, heard: Reacted) -> tuple[str, Object] | None:
        return "message_reaction", {
            "chat": chat(heard.chat),
            "message_id": heard.number,
            "user": self._telling.user(heard.person),
            "date": heard.ts // 1000,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": heard.emoji}] if heard.emoji else [],
        }

    @_of.register
    def _(self, heard: Voted) -> tuple[str, Object] | None:
        if not unpacked(heard.said.markup).names_voters:
            return None
        poll = poll_of(heard.said)
        return "poll_answer", {
            "poll_id": poll["id"],
            "user": self._telling.user(heard.person),
            "option_ids": list(heard.chosen),
            "option_persistent_ids": [poll["options"][place]["persistent_id"] for place in heard.chosen],
        }

    @_of.register
    def _(self, heard: PollChanged) -> tuple[str, Object] | None:
        return "poll", poll_of(heard.said)

    @_of.register
    def _(self, heard: Membership) -> tuple[str, Object] | None:
        return self._own_membership(heard) if heard.person is None else self._membership(heard)

    def _own_membership(self, heard: Membership) -> tuple[str, Object]:
        # Whoever leaves a private chat has blocked the bot, as Telegram calls it.
        outside = "kicked" if heard.chat.kind == "private" or heard.is_banned else "left"
        before, after = (outside, "member") if heard.is_in else ("member", outside)
        by = heard.chat.person or heard.by
        return "my_chat_member", {
            "chat": chat(heard.chat),
            "from": self._telling.sender(by),
            "date": heard.ts // 1000,
            "old_chat_member": self._member(before),
            "new_chat_member": self._member(after),
        }

    @_of.register
    def _(self, heard: Moved) -> tuple[str, Object] | None:
        user, link = self._telling.user(heard.person), heard.link
        by_link: Object = {} if link is None else {"invite_link": self._telling.invite_link(link)}
        by_link |= {"via_join_request": True} if link is not None and link.wish.by_request else {}
        return "chat_member", by_link | {
            "chat": chat(heard.chat),
            "from": self._telling.user(heard.by),
            "date": heard.ts // 1000,
            "old_chat_member": _standing(user, heard.before),
            "new_chat_member": _standing(user, heard.after),
        }

    @_of.register
    def _(self, heard: Ranked) -> tuple[str, Object] | None:
        before, after = (
            Member(person=heard.person, status=stance.status, rights=stance.rights)
            for stance in (heard.before, heard.after)
        )
        return "my_chat_member" if heard.person is None else "chat_member", {
            "chat": chat(heard.chat),
            "from": self._telling.user(heard.by),
            "date": heard.ts // 1000,
            "old_chat_member": member(before, self._telling),
            "new_chat_member": member(after, self._telling),
        }

    @_of.register
    def _(self, heard: Asked) -> tuple[str, Object] | None:
        asked: Object = {"chat": chat(heard.chat), "from": self._telling.user(heard.person), "date": heard.ts // 1000}
        # What one says to somebody before they have written: nothing, as their chat is not there yet.
        asked |= {"invite_link": self._telling.invite_link(heard.link)} if heard.link else {}
        return "chat_join_request", asked | {"user_chat_id": heard.person.number}

    @_of.register
    def _(self, heard: Renamed) -> tuple[str, Object] | None:
        where = chat(heard.chat)
        said = {"message_id": 0, "from": self._telling.user(heard.by), "chat": where, "date": heard.ts // 1000}
        return "message", said | {"new_chat_title": where["title"]}

    def _member(self, status: str) -> Object:
        return _standing(self._telling.bot(), status)

    def _membership(self, heard: Membership) -> tuple[str, Object] | None:
        """Tell of somebody in a group as Telegram's service messages do, which have no number here."""
        if heard.person is None:
            return None
        user = self._telling.user(heard.person)
        told = {"new_chat_members": [user]} if heard.is_in else {"left_chat_member": user}
        said = {"message_id": 0, "from": user, "chat": chat(heard.chat), "date": heard.ts // 1000}
        return "message", said | told


def _standing(user: Object, status: str) -> Object:
    until: Mapping[str, Any] = {"until_date": 0} if status == "kicked" else {}
    return {"user": user, "status": status, **until}

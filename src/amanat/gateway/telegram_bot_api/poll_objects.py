"""Polls as a bot is told of them. Pure; source: core.telegram.org/bots/api#poll."""

from typing import Any, Final

from amanat.gateway.bots.model import PollBody, Said
from amanat.gateway.telegram_bot_api.markup import unpacked

REGULAR: Final = "regular"


def poll_of(said: Said) -> dict[str, Any]:
    """Return a poll as it stands. It is never anonymous: whoever is in the chat can see who voted what."""
    body = said.body
    assert isinstance(body, PollBody)
    votes = body.votes or (0,) * len(body.answers)
    told: dict[str, Any] = {
        "id": poll_id(said),
        "question": body.question,
        "options": [
            {"persistent_id": name, "text": text, "voter_count": count}
            for (name, text), count in zip(body.answers, votes, strict=True)
        ],
        "total_voter_count": body.voters,
        "is_closed": body.ended,
        "is_anonymous": False,
        "type": REGULAR,
        "allows_multiple_answers": body.most > 1,
        "allows_revoting": True,
        "members_only": False,
    }
    return told | unpacked(said.markup).poll


def poll_id(said: Said) -> str:
    """Return a poll's name: numbers of messages are unique among a bot's chats."""
    return str(said.number)

"""Memberships, and what a change from one to another is called. Pure; spec: client-server-api#mroommember."""

from enum import StrEnum

from amanat.core.events import Event


class Transition(StrEnum):
    """What somebody does by changing a membership, in words that fit after "You cannot"."""

    JOIN = "join this room"
    ACCEPT = "accept this invitation"
    UPDATE = "change how you appear in this room"
    LEAVE = "leave this room"
    REJECT = "decline this invitation"
    RETRACT = "take back this knock"
    KNOCK = "knock on this room"
    INVITE = "invite this person"
    ADMIT = "answer this knock with an invitation"
    REVOKE = "take back this invitation"
    DENY = "turn down this knock"
    KICK = "remove this person"
    BAN = "ban this person"
    UNBAN = "lift this ban"


_BY_SELF: dict[tuple[str, str], Transition] = {
    ("leave", "join"): Transition.JOIN,
    ("knock", "join"): Transition.JOIN,
    ("invite", "join"): Transition.ACCEPT,
    ("join", "join"): Transition.UPDATE,
    ("join", "leave"): Transition.LEAVE,
    ("invite", "leave"): Transition.REJECT,
    ("knock", "leave"): Transition.RETRACT,
    ("leave", "knock"): Transition.KNOCK,
    ("knock", "knock"): Transition.KNOCK,
}
_BY_OTHER: dict[tuple[str, str], Transition] = {
    ("leave", "invite"): Transition.INVITE,
    ("invite", "invite"): Transition.INVITE,
    ("knock", "invite"): Transition.ADMIT,
    ("leave", "leave"): Transition.KICK,
    ("join", "leave"): Transition.KICK,
    ("invite", "leave"): Transition.REVOKE,
    ("knock", "leave"): Transition.DENY,
    ("ban", "leave"): Transition.UNBAN,
    ("leave", "ban"): Transition.BAN,
    ("invite", "ban"): Transition.BAN,
    ("knock", "ban"): Transition.BAN,
    ("join", "ban"): Transition.BAN,
    ("ban", "ban"): Transition.BAN,
}


def transition(before: str, after: str, *, by_self: bool) -> Transition | None:
    """Name a change of membership; None where no room version allows it to anybody."""
    return (_BY_SELF if by_self else _BY_OTHER).get((before, after))


def membership_of(member: Event | None) -> str:
    """Return what a member event says; somebody without one has left as far as the rules go."""
    membership = member.content.get("membership") if member is not None else None
    return membership if isinstance(membership, str) else "leave"

"""Who may join, invite, leave, kick, ban and knock: rule 4 of room versions 10 and 11, rule 5 of version 12.

Comments give the number as those pages do, less the leading 4 or 5. Spec: rooms/v12#authorisation-rules.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from amanat.core.errors import BadJson, Forbidden
from amanat.core.event_auth_third_party import authorise_third_party_invite
from amanat.core.events import Draft, Event
from amanat.core.identifiers import server_of
from amanat.core.membership import membership_of, transition
from amanat.core.power_levels import PowerLevels, founder_of
from amanat.core.room_state import RoomState


class _Change(Struct, frozen=True, kw_only=True):
    """A change of membership, with what the rules ask about it."""

    draft: Draft
    state: RoomState
    create: Event
    target: str
    of_sender: str
    of_target: str
    levels: PowerLevels
    act: str

    @property
    def by_self(self) -> bool:
        return self.draft.sender == self.target

    def need_joined_sender(self) -> None:
        if self.of_sender != "join":
            raise Forbidden(f"You cannot {self.act}: you are not in this room.")

    def need_level(self, required: int) -> None:
        level = self.levels.of_user(self.draft.sender)
        if level < required:
            raise Forbidden(f"You cannot {self.act}: it takes a power level of {required}; yours is {level}.")

    def need_lower_target(self) -> None:
        if self.levels.of_user(self.target) >= self.levels.of_user(self.draft.sender):
            raise Forbidden(f"You cannot {self.act}: their power level is not below yours.")


def authorise_member(draft: Draft, state: RoomState, *, create: Event) -> None:
    """Refuse a change of membership that the rules do not allow."""
    if draft.state_key is None or "membership" not in draft.content:  # .1
        raise BadJson("A member event has a state key, and a membership in its content.")
    membership = draft.content["membership"]
    rule = _RULES.get(membership) if isinstance(membership, str) else None
    if rule is None:  # .8
        raise BadJson("That is not a membership: it is one of join, invite, leave, ban, knock.")
    _refuse_foreign_authoriser(draft)
    of_sender = membership_of(state.get("m.room.member", draft.sender))
    of_target = membership_of(state.get("m.room.member", draft.state_key))
    change = _Change(
        draft=draft,
        state=state,
        create=create,
        target=draft.state_key,
        of_sender=of_sender,
        of_target=of_target,
        levels=state.power_levels,
        act=transition(of_target, membership, by_self=draft.sender == draft.state_key) or f"set {membership} here",
    )
    rule(change)


def _refuse_foreign_authoriser(draft: Draft) -> None:
    """What is sent here is signed by this server alone, so only its own people can vouch for a join."""
    if "join_authorised_via_users_server" in draft.content:  # .2.1
        authoriser = draft.content["join_authorised_via_users_server"]
        if not isinstance(authoriser, str) or server_of(authoriser) != server_of(draft.sender):
            raise Forbidden("join_authorised_via_users_server is not a user of this server.")


def _authorise_join(change: _Change) -> None:
    if _is_first_join(change):  # .3.1
        return
    if not change.by_self:  # .3.2
        raise Forbidden("Nobody can join for somebody else.")
    if change.of_sender == "ban":  # .3.3
        raise Forbidden("You are banned from this room.")
    join_rule = _join_rule(change.state)
    if join_rule in ("invite", "knock"):  # .3.4
        if change.of_target in ("invite", "join"):
            return
        raise Forbidden("You cannot join this room without an invitation.")
    if join_rule in ("restricted", "knock_restricted"):  # .3.5
        _authorise_restricted_join(change)
        return
    if join_rule != "public":  # .3.6, .3.7
        raise Forbidden("Nobody can join this room under its join rules.")


def _is_first_join(change: _Change) -> bool:
    """Only the create event precedes its sender's first member event: until they join, nobody can send anything."""
    founder = founder_of(change.create, change.state.version)
    return change.target == founder and change.state.get("m.room.member", founder) is None


def _authorise_restricted_join(change: _Change) -> None:
    if change.of_target in ("join", "invite"):  # .3.5.1
        return
    authoriser = change.draft.content.get("join_authorised_via_users_server")
    if authoriser is None:  # .3.5.2
        raise Forbidden("You cannot join this room without an invitation, or somebody in it who can vouch for you.")
    if membership_of(change.state.get("m.room.member", authoriser)) != "join":
        raise Forbidden("Who vouches for this join is not in the room.")
    if change.levels.of_user(authoriser) < change.levels.invite:
        raise Forbidden("Who vouches for this join may not invite people to the room.")


def _authorise_invite(change: _Change) -> None:
    if "third_party_invite" in change.draft.content:  # .4.1
        authorise_third_party_invite(change.draft, change.state, target_is_banned=change.of_target == "ban")
        return
    change.need_joined_sender()  # .4.2
    if change.of_target in ("join", "ban"):  # .4.3
        where = "in this room already" if change.of_target == "join" else "banned from this room"
        raise Forbidden(f"You cannot invite this person: they are {where}.")
    change.need_level(change.levels.invite)  # .4.4, .4.5


def _authorise_leave(change: _Change) -> None:
    if change.by_self:  # .5.1
        if change.of_target not in ("invite", "join", "knock"):
            raise Forbidden("You are not in this room, nor invited to it.")
        return
    change.need_joined_sender()  # .5.2
    if change.of_target == "ban":  # .5.3
        change.need_level(change.levels.ban)
    change.need_level(change.levels.kick)  # .5.4, .5.5
    change.need_lower_target()


def _authorise_ban(change: _Change) -> None:
    change.need_joined_sender()  # .6.1
    change.need_level(change.levels.ban)  # .6.2, .6.3
    change.need_lower_target()


def _authorise_knock(change: _Change) -> None:
    if _join_rule(change.state) not in ("knock", "knock_restricted"):  # .7.1
        raise Forbidden("This room does not take knocks.")
    if not change.by_self:  # .7.2
        raise Forbidden("Nobody can knock for somebody else.")
    if change.of_sender in ("ban", "invite", "join"):  # .7.3, .7.4
        where = {"ban": "banned from this room", "invite": "invited already", "join": "in this room already"}
        raise Forbidden(f"You cannot knock: you are {where[change.of_sender]}.")


_RULES: dict[str, Callable[[_Change], None]] = {
    "join": _authorise_join,
    "invite": _authorise_invite,
    "leave": _authorise_leave,
    "ban": _authorise_ban,
    "knock": _authorise_knock,
}


def _join_rule(state: RoomState) -> Any:
    """A room without join rules takes only those it invites. Spec: client-server-api#mroomjoin_rules."""
    rules = state.get("m.room.join_rules")
    return "invite" if rules is None else rules.content.get("join_rule", "invite")

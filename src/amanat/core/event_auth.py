"""Whether an event may be sent, by the authorisation rules of its room's version.

Comments give a rule's number: `7 | 8` is rule 7 of rooms/v10#authorisation-rules and of rooms/v11#authorisation-rules,
and rule 8 of rooms/v12#authorisation-rules. The rules about `auth_events` (2.1 to 2.3 | 3.1 to 3.3) hold because
`auth_events_for` picks them, from state that was itself authorised.
"""

from amanat.core.errors import BadJson, Forbidden
from amanat.core.event_auth_members import authorise_member
from amanat.core.event_auth_power_levels import authorise_power_levels
from amanat.core.events import Draft
from amanat.core.identifiers import is_user_id, server_of
from amanat.core.membership import membership_of
from amanat.core.room_state import RoomState
from amanat.core.room_versions import ROOM_VERSIONS, RoomVersion

_CREATE = ("m.room.create", "")
_POWER_LEVELS = ("m.room.power_levels", "")
_JOIN_RULES = ("m.room.join_rules", "")


def auth_events_for(draft: Draft, state: RoomState) -> list[str]:
    """Return the ids of the events that let the sender send it. Spec: server-server-api#auth-events-selection."""
    if draft.type == "m.room.create":
        return []
    keys = [_POWER_LEVELS, ("m.room.member", draft.sender)]
    if not state.version.room_id_is_hash:
        keys.append(_CREATE)
    if draft.type == "m.room.member":
        keys = list(dict.fromkeys(keys + _keys_for_member(draft)))
    events = [state.get(*key) for key in keys]
    return [event.event_id for event in events if event is not None]


def authorise(draft: Draft, state: RoomState) -> None:
    """Refuse what the rules do not allow: Forbidden, or BadJson where the content has not the shape they ask for."""
    if draft.type == "m.room.create":  # 1
        _authorise_create(draft, state)
        return
    create = state.get("m.room.create")
    if create is None or create.room_id != draft.room_id:  # 2.4, 2.5 | 2, 3.5
        raise Forbidden("There is no such room, or it has not been created.")
    if create.content.get("m.federate") is False and server_of(draft.sender) != server_of(create.sender):  # 3 | 4
        raise Forbidden("This room is closed to people of other servers.")
    if draft.type == "m.room.member":  # 4 | 5
        authorise_member(draft, state, create=create)
        return
    if membership_of(state.get("m.room.member", draft.sender)) != "join":  # 5 | 6
        raise Forbidden("You are not in this room.")
    _authorise_by_level(draft, state)
    if draft.type == "m.room.power_levels":  # 9 | 10
        authorise_power_levels(draft, state, create=create)
    # 10 | 11: allow


def authorise_redaction(draft: Draft, state: RoomState, *, target_sender: str) -> None:
    """Refuse to redact another's event without the power to.

    The specification lets a server redact for any of its own people, and leaves it to that server whom it lets.
    Spec: rooms/v12#handling-redactions, client-server-api#mroompower_levels.
    """
    levels = state.power_levels
    level = levels.of_user(draft.sender)
    if draft.sender != target_sender and level < levels.redact:
        raise Forbidden(f"To redact what others sent takes a power level of {levels.redact}; yours is {level}.")


def _authorise_by_level(draft: Draft, state: RoomState) -> None:
    levels = state.power_levels
    level = levels.of_user(draft.sender)
    if draft.type == "m.room.third_party_invite":  # 6 | 7
        if level < levels.invite:
            raise Forbidden(f"To invite takes a power level of {levels.invite}; yours is {level}.")
        return
    required = levels.for_event(draft.type, is_state=draft.state_key is not None)
    if required > level:  # 7 | 8
        raise Forbidden(f"To send {draft.type} takes a power level of {required}; yours is {level}.")
    if draft.state_key and draft.state_key.startswith("@") and draft.state_key != draft.sender:  # 8 | 9
        raise Forbidden("State under a user id is for that user to change.")


def _authorise_create(draft: Draft, state: RoomState) -> None:
    version = state.version
    if state.get("m.room.create") is not None:  # 1.1: only the first event of a room has no prev_events
        raise Forbidden("This room has been created already.")
    if version.room_id_is_hash:
        if draft.room_id:  # 1.2 of version 12
            raise Forbidden("This room's id is the hash of its create event, which cannot hold it.")
    elif server_of(draft.room_id) != server_of(draft.sender):  # 1.2 of versions 10 and 11
        raise Forbidden("A room's id is of its creator's server.")
    _check_create_content(draft, version)


def _check_create_content(draft: Draft, version: RoomVersion) -> None:
    if draft.content.get("room_version", version.id) not in list(ROOM_VERSIONS):  # 1.3
        raise BadJson("room_version is not a version that this server knows.")
    if version.creator_in_content and "creator" not in draft.content:  # 1.4 of version 10
        raise BadJson("The create event of this room version names its creator.")
    if version.creators_above_all and "additional_creators" in draft.content:  # 1.4 of version 12
        creators = draft.content["additional_creators"]
        if not isinstance(creators, list) or not all(isinstance(it, str) and is_user_id(it) for it in creators):
            raise BadJson("additional_creators is a list of user ids.")


def _keys_for_member(draft: Draft) -> list[tuple[str, str]]:
    membership = draft.content.get("membership")
    keys = [("m.room.member", draft.state_key or "")]
    if membership in ("join", "invite", "knock"):
        keys.append(_JOIN_RULES)
    if membership == "invite":
        invite = draft.content.get("third_party_invite")
        signed = invite.get("signed") if isinstance(invite, dict) else None
        token = signed.get("token") if isinstance(signed, dict) else None
        if isinstance(token, str):
            keys.append(("m.room.third_party_invite", token))
    authoriser = draft.content.get("join_authorised_via_users_server")
    if membership == "join" and isinstance(authoriser, str):
        keys.append(("m.room.member", authoriser))
    return keys

"""Who may see an event of the past. Pure; spec: client-server-api#room-history-visibility."""

from amanat.core.events import Event

VISIBILITIES = frozenset({"world_readable", "shared", "invited", "joined"})
DEFAULT_VISIBILITY = "shared"


def visibility_of(setting: Event | None) -> str:
    """Return what a history visibility event says; what is not set or not understood is shared."""
    visibility = setting.content.get("history_visibility") if setting is not None else None
    return visibility if isinstance(visibility, str) and visibility in VISIBILITIES else DEFAULT_VISIBILITY


def may_see(visibility: str, *, membership: str, joined_since: bool) -> bool:
    """Decide for a reader whose `membership` it was at the event, and who joined at any time after it or did not.

    Where the event itself changes the visibility or is the reader's own member event, ask for the state before and for
    the state after: it may be seen if either allows it.
    """
    return (
        visibility == "world_readable"  # 1
        or membership == "join"  # 2
        or (visibility == "shared" and joined_since)  # 3
        or (visibility == "invited" and membership == "invite")  # 4
    )

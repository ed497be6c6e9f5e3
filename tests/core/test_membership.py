"""The name of each change of membership."""

import pytest

from amanat.core.membership import Transition, membership_of, transition
from tests.core.rooms import ALICE, BOB, created

NAMED = {
    ("leave", "join", True): Transition.JOIN,
    ("knock", "join", True): Transition.JOIN,
    ("invite", "join", True): Transition.ACCEPT,
    ("join", "join", True): Transition.UPDATE,
    ("join", "leave", True): Transition.LEAVE,
    ("invite", "leave", True): Transition.REJECT,
    ("knock", "leave", True): Transition.RETRACT,
    ("leave", "knock", True): Transition.KNOCK,
    ("knock", "knock", True): Transition.KNOCK,
    ("leave", "invite", False): Transition.INVITE,
    ("invite", "invite", False): Transition.INVITE,
    ("knock", "invite", False): Transition.ADMIT,
    ("leave", "leave", False): Transition.KICK,
    ("join", "leave", False): Transition.KICK,
    ("invite", "leave", False): Transition.REVOKE,
    ("knock", "leave", False): Transition.DENY,
    ("ban", "leave", False): Transition.UNBAN,
    ("leave", "ban", False): Transition.BAN,
    ("invite", "ban", False): Transition.BAN,
    ("knock", "ban", False): Transition.BAN,
    ("join", "ban", False): Transition.BAN,
    ("ban", "ban", False): Transition.BAN,
}
MEMBERSHIPS = ("join", "invite", "leave", "ban", "knock")


@pytest.mark.parametrize("by_self", [True, False])
@pytest.mark.parametrize("after", MEMBERSHIPS)
@pytest.mark.parametrize("before", MEMBERSHIPS)
def test_a_change_has_a_name_where_somebody_may_be_allowed_it(before: str, after: str, by_self: bool) -> None:
    assert transition(before, after, by_self=by_self) == NAMED.get((before, after, by_self))


def test_somebody_without_a_member_event_has_left() -> None:
    room = created()
    assert membership_of(room.get("m.room.member", BOB)) == "leave"
    assert membership_of(room.member(ALICE, "join")) == "join"

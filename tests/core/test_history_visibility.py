"""Who may see the past, row by row, and what no setting may change."""

import pytest

from amanat.core.history_visibility import may_see, visibility_of
from tests.core.rooms import ALICE, created

MEMBERSHIPS = ("join", "invite", "leave", "ban", "knock")
SEEN_WITHOUT_JOINING = {
    "world_readable": set(MEMBERSHIPS),
    "shared": {"join"},
    "invited": {"join", "invite"},
    "joined": {"join"},
}


@pytest.mark.parametrize("membership", MEMBERSHIPS)
@pytest.mark.parametrize("visibility", list(SEEN_WITHOUT_JOINING))
def test_each_setting_shows_what_it_says(visibility: str, membership: str) -> None:
    seen = may_see(visibility, membership=membership, joined_since=False)
    assert seen == (membership in SEEN_WITHOUT_JOINING[visibility])
    seen_later = may_see(visibility, membership=membership, joined_since=True)
    assert seen_later == (seen or visibility == "shared")


@pytest.mark.parametrize("content", [{}, {"history_visibility": "mine"}, {"history_visibility": ["joined"]}])
def test_what_is_not_understood_is_shared(content: dict[str, object]) -> None:
    assert visibility_of(created().put(ALICE, "m.room.history_visibility", content)) == "shared"


def test_what_is_not_set_is_shared() -> None:
    assert visibility_of(None) == "shared"


def test_what_is_set_holds() -> None:
    setting = created().put(ALICE, "m.room.history_visibility", {"history_visibility": "joined"})
    assert visibility_of(setting) == "joined"

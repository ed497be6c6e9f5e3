"""The state before a timeline, put together from the state after it."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from amanat.core import sync


class Row(Struct, frozen=True):
    event_id: str
    type: str
    state_key: str | None
    position: int
    sender: str = "@ani:localhost"
    replaces_state: str | None = None


def history(acts: list[tuple[str, bool]]) -> list[Row]:
    """Make a room's events: each sets the state of its key, or is a message."""
    current: dict[str, str] = {}
    rows = []
    for position, (key, is_state) in enumerate(acts, start=1):
        event_id = f"$e{position}"
        rows.append(
            Row(event_id, "m.room.topic", key, position, replaces_state=current.get(key))
            if is_state
            else Row(event_id, "m.room.message", None, position)
        )
        if is_state:
            current[key] = event_id
    return rows


def state_at(rows: list[Row]) -> dict[sync.StateKey, str]:
    return {key: row.event_id for key, row in sync.newest_per_key(rows).items()}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=20), st.integers(0, 20))
def test_taking_back_a_timeline_gives_the_state_before_it(acts: list[tuple[str, bool]], cut: int) -> None:
    rows = history(acts)
    earlier, timeline = rows[:cut], rows[cut:]
    current = list(sync.newest_per_key(rows).values())
    predecessors = {row.event_id: row for row in rows}
    before = sync.state_before(current, timeline=timeline, predecessors=predecessors)
    assert {sync.key_of(row): row.event_id for row in before} == state_at(earlier)


def test_a_lazy_client_is_sent_the_members_who_speak_and_itself() -> None:
    members = [Row(f"$m{n}", "m.room.member", user_id, n) for n, user_id in enumerate(("@a:x", "@b:x", "@c:x"), 1)]
    topic = Row("$t", "m.room.topic", "", 4)
    said = Row("$s", "m.room.message", None, 5, sender="@b:x")
    shown = sync.relevant_members([*members, topic], [said], also={"@a:x"})
    assert [row.event_id for row in shown] == ["$m1", "$m2", "$t"]

"""Every row of the three tables: what real clients send passes, and words find no place but where the table says."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.gate_shapes import Shape, paths
from amanat.core.gate_tables import MESSAGES, STATE, TO_DEVICE
from tests.core import gate_samples as samples

ROWS: dict[str, tuple[Shape, dict[str, Any]]] = {
    **{f"message {name}": (MESSAGES[name].content, content) for name, content in samples.MESSAGES.items()},
    **{f"state {name}": (STATE[name].content, content) for name, (_, content) in samples.STATE.items()},
    **{f"to-device {name}": (TO_DEVICE[name].content, content) for name, content in samples.TO_DEVICE.items()},
}
Place = tuple[str, Any, Any]  # the path as the table writes it, what holds the value, and under which key or index


def places(value: Any, prefix: str = "") -> Iterator[Place]:
    """Walk every value of a content with its path: `*` stands for keys that are data, as in the table."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield f"{prefix}[]", value, index
            yield from places(item, f"{prefix}[]")
    elif isinstance(value, dict):
        is_map = prefix.endswith(("ciphertext", "mac", "users", "events", "notifications"))
        for key in value:
            path = ".".join(filter(None, [prefix, "*" if is_map else key]))
            yield path, value, key
            yield from places(value[key], path)


def free_paths(shape: Shape) -> set[str]:
    return {path for path, entry in paths(shape) if entry.shape.free_text}


def test_every_row_has_a_sample() -> None:
    assert set(samples.MESSAGES) == set(MESSAGES)
    assert set(samples.STATE) == set(STATE)
    assert set(samples.TO_DEVICE) == set(TO_DEVICE)


@pytest.mark.parametrize("row", ROWS)
def test_the_sample_shows_every_key_and_is_taken(row: str) -> None:
    shape, content = ROWS[row]
    shown = {path for path, _, _ in places(content)}
    assert shape.fits(content)
    assert {path for path, _ in paths(shape)} - shown <= {"id.amanat.*"}


@pytest.mark.parametrize("row", ROWS)
def test_words_are_refused_everywhere_but_in_free_text(row: str) -> None:
    shape, content = ROWS[row]
    free = free_paths(shape)
    for path, _, _ in places(content):
        planted = deepcopy(content)
        for at, holder, key in list(places(planted)):
            if at == path:
                holder[key] = samples.FREE_TEXT
        assert shape.fits(planted) == (path in free), path


@pytest.mark.parametrize("row", ROWS)
def test_words_are_refused_as_a_key_at_any_depth(row: str) -> None:
    shape, content = ROWS[row]
    planted = deepcopy(content)
    holders = [planted] + [holder[key] for _, holder, key in places(planted) if isinstance(holder[key], dict)]
    for holder in holders:
        values: list[Any] = [samples.FREE_TEXT, 1, None, {}]
        for value in values:
            holder[samples.FREE_TEXT] = value
            assert not shape.fits(planted)
            del holder[samples.FREE_TEXT]
    assert shape.fits(planted)


@pytest.mark.parametrize("row", ROWS)
def test_a_required_key_cannot_be_left_out(row: str) -> None:
    shape, content = ROWS[row]
    for key, entry in shape.keys.items():
        if key in content:
            assert shape.fits({name: value for name, value in content.items() if name != key}) != entry.required


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.text(max_size=8) | st.sampled_from(
    ["body", "msgtype", "reason", "m.relates_to", "m.new_content", "id.amanat.x"]
)


@settings(max_examples=200)
@given(st.sampled_from(sorted(ROWS)), st.data())
def test_no_content_with_a_key_outside_the_table_passes(row: str, data: st.DataObject) -> None:
    shape, sample = ROWS[row]
    content = deepcopy(sample)
    holders = [content] + [holder[key] for _, holder, key in places(content) if isinstance(holder[key], dict)]
    data.draw(st.sampled_from(holders))[data.draw(KEYS)] = data.draw(JSON)
    known = {path for path, _ in paths(shape)}
    if shape.fits(content):
        used = {path for path, _, _ in places(content) if not path.endswith(("[]", ".*")) or path in known}
        assert {path for path in used if not path.startswith("id.amanat.")} <= known


def test_free_text_is_where_the_documentation_says_and_nowhere_else() -> None:
    free = {(row, path) for row, (shape, _) in ROWS.items() for path in free_paths(shape)}
    assert {row.removeprefix("to-device ") + " " + path for row, path in free if row.startswith("to-device")} == {
        "m.key.verification.cancel reason",
        "m.room_key.withheld reason",
        "org.matrix.room_key.withheld reason",
    }
    assert {row.removeprefix("message ") + " " + path for row, path in free if row.startswith("message")} == {
        "m.key.verification.cancel reason",
        "m.room.message body",
    }
    assert {row.removeprefix("state ") + " " + path for row, path in free if row.startswith("state")} == {
        "m.room.member displayname",
        "m.room.member reason",
        "m.room.name name",
        "m.room.tombstone body",
        "m.room.topic m.topic.m.text[].body",
        "m.room.topic topic",
        "m.space.child order",
    }

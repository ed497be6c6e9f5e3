from string import ascii_letters, digits

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core import gate_shapes as shapes
from amanat.core.gate_shapes import Key, Shape, list_of, map_of, object_of, one_of, text

ROWS: list[tuple[Shape, list[object], list[object]]] = [
    (text(3), ["", "abc", "ñññ"], ["abcd", 1, None, ["a"]]),
    (shapes.nothing_or(shapes.MXC), [None, "", "mxc://a/b"], ["x", 0, False]),
    (shapes.base64(4), ["abcd", "a+/=", "A"], ["", "abcde", "a b", "a-b_", "é", 1, None]),
    (one_of("a", "b"), ["a", "b"], ["c", "", None, ["a"], {"a": 1}]),
    (shapes.integer(1, 3), [1, 3], [0, 4, True, 1.0, "1", None]),
    (list_of(shapes.FLAG, limit=2), [[], [True, False]], [[True] * 3, [1], {}, "", None]),
    (map_of(one_of("k"), shapes.FLAG, limit=1), [{}, {"k": True}], [{"x": True}, {"k": 1}, [], None]),
    (map_of(shapes.TOKEN, shapes.FLAG, limit=1), [{"a": True}], [{"a": True, "b": True}]),
    (
        object_of({"a": Key(shapes.FLAG, "", required=True)}),
        [{"a": True}],
        [{}, {"a": 1}, {"a": True, "b": 1}, [], None],
    ),
    (object_of({}, our_keys=shapes.FLAG), [{}, {"id.amanat.x": True}], [{"id.amanat.x": "words"}, {"id.other": True}]),
    (
        object_of({}, our_keys=shapes.FLAG),
        [{"id.amanat.a_b": True}],
        [{"id.amanat.some words": True}, {"id.amanat.": True}],
    ),
    (shapes.any_of(shapes.FLAG, one_of("a")), [True, "a"], ["b", 1]),
    (shapes.NOTHING, [""], ["a", None, 0]),
    (
        shapes.EVENT_ID,
        ["$" + "a" * 43],
        ["$" + "a" * 42, "a" * 44, "$see you at nine" + "a" * 28, None, "$" + "a" * 43 + "\n"],
    ),
    (shapes.ROOM_ID, ["!a:b", "!" + "a" * 43, "!a:[::1]:80"], ["!", "a:b", "!a b:c", "!a:b c", "!" + "a" * 256]),
    (shapes.USER_ID, ["@a:b", "@!!:b:80"], ["@:b", "@a", "@a b:c", "a:b"]),
    (shapes.ALIAS, ["#a:b", "#jalan-é:b"], ["#a b:c", "#:b", "#a", "#\u2003:b"]),
    (shapes.MXC, ["mxc://a.b:1/Cd-_"], ["mxc://a/", "https://a/b", "mxc://a/b c", "mxc://a/b/c"]),
    (shapes.TOKEN, ["ABC", "m1.2:x"], ["", "a b", "é", "a" * 256]),
    (shapes.EVENT_TYPE, ["m.room.name", "im.vector.x-y_z"], ["name", "a b.c", ".a", "a."]),
    (shapes.SERVER_NAME, ["a.b", "[::1]:80"], ["", "a b", "*"]),
    (shapes.SERVER_GLOB, ["*", "*.a?.b"], ["", "a b"]),
    (shapes.REACTION, ["👍", "mxc://a/b"], ["yes", "👍👍", "mxc://" + "a" * 60 + "/b", "👩‍👩‍👧" * 5, None]),
]


@pytest.mark.parametrize(("shape", "good", "bad"), ROWS, ids=lambda row: getattr(row, "words", ""))
def test_a_shape_takes_what_its_words_say(shape: Shape, good: list[object], bad: list[object]) -> None:
    assert [value for value in good if not shape.fits(value)] == []
    assert [value for value in bad if shape.fits(value)] == []


@settings(max_examples=200)
@given(st.text(max_size=40) | st.text(ascii_letters + digits + "+/=", max_size=40))
def test_base64_is_its_alphabet_and_nothing_else(value: str) -> None:
    assert shapes.is_base64(value) == (not set(value) - set(ascii_letters + digits + "+/="))


@settings(max_examples=100)
@given(st.text(st.characters(), min_size=1, max_size=20), st.sampled_from(ROWS))
def test_only_free_text_can_hold_a_space(words: str, row: tuple[Shape, list[object], list[object]]) -> None:
    shape = row[0]
    assert shape.free_text or not shape.fits(f"{words} {words}")


def test_paths_name_what_lists_and_maps_hold() -> None:
    leaf = {"x": Key(shapes.FLAG, "")}
    shape = object_of(
        {
            "list": Key(list_of(object_of(leaf), limit=1), ""),
            "map": Key(map_of(shapes.TOKEN, object_of(leaf), limit=1), ""),
            "inner": Key(object_of(leaf), ""),
        }
    )
    assert [path for path, _ in shapes.paths(shape)] == ["list", "list[].x", "map", "map.*.x", "inner", "inner.x"]


def test_missing_keys_are_named_in_the_tables_order() -> None:
    shape = object_of({name: Key(shapes.FLAG, "", required=name != "b") for name in "abc"})
    assert shapes.missing_keys(shape, {"c": True}) == ["a"]
    assert shapes.missing_keys(shape, {}) == ["a", "c"]

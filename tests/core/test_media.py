"""What may stand in the headers of media, and which media an event shows."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core import media
from amanat.core.errors import InvalidParam
from amanat.core.identifiers import MEDIA_KEY

ALICE = "@alice:example.org"


@pytest.mark.parametrize(
    ("declared", "stored"),
    [
        ("image/png", "image/png"),
        ("IMAGE/PNG", "image/png"),
        ("text/plain; charset=utf-8", "text/plain; charset=utf-8"),
        ('text/plain;charset="utf-8"', 'text/plain;charset="utf-8"'),
        ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
        ("image/svg+xml", "image/svg+xml"),
    ],
)
def test_a_content_type_is_kept(declared: str, stored: str) -> None:
    assert media.content_type(declared) == stored


@pytest.mark.parametrize(
    "declared",
    [
        None,
        "",
        "image",
        "image/",
        "/png",
        "image/png, text/html",
        "image/png;a=b, text/html",
        'image/png;a=","text/html',
        "image/png\r\nX-Evil: 1",
        "image/png;",
        "image /png",
        "imäge/png",
        "a/" + "b" * 300,
    ],
)
def test_what_is_no_content_type_has_no_meaning(declared: str | None) -> None:
    assert media.content_type(declared) == media.BINARY


@settings(max_examples=200)
@given(st.text(st.characters(max_codepoint=255), max_size=40) | st.from_regex(r"image/png[;,\" =a-z/]{0,20}"))
def test_no_content_type_says_two_things(declared: str) -> None:
    stored = media.content_type(declared)
    assert stored.isascii()
    assert stored.isprintable()
    assert "," not in stored


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/pdf", media.BINARY]
)
def test_what_could_run_is_an_attachment(kind: str) -> None:
    assert media.disposition(kind, None) == "attachment"


@pytest.mark.parametrize("kind", ["image/png", "text/plain;charset=utf-8", "video/mp4"])
def test_what_cannot_run_is_shown_in_place(kind: str) -> None:
    assert media.disposition(kind, "a.x") == 'inline; filename="a.x"'


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=50))
def test_a_name_survives_its_header_and_adds_nothing_to_it(given_name: str) -> None:
    try:
        name = media.file_name(given_name)
    except InvalidParam:
        return
    header = media.disposition("image/png", name)
    assert header.isascii()
    assert header.isprintable()
    quoted = re.fullmatch(r'inline; filename="([^"\\]*)"', header)
    extended = re.fullmatch(r"inline; filename\*=utf-8''([A-Za-z0-9%._~-]*)", header)
    assert (quoted and quoted[1]) or (extended and unquote(extended[1])) == given_name


@pytest.mark.parametrize("name", ["\r\nSet-Cookie: a=b", "\0", "a\x1bb", "\x85", "\ud800", "ü" * 513])
def test_a_name_without_sense_is_refused(name: str) -> None:
    with pytest.raises(InvalidParam):
        media.file_name(name)


@pytest.mark.parametrize("name", ['a"; filename=b', "../../etc/passwd", "a;b", "a\\b", "100%.txt", "नमस्ते.txt", "😀"])
def test_a_name_that_needs_it_is_encoded(name: str) -> None:
    assert media.disposition("image/png", media.file_name(name)).startswith("inline; filename*=utf-8''")


@pytest.mark.parametrize("name", [None, ""])
def test_no_name_is_none(name: str | None) -> None:
    assert media.file_name(name) is None


# References


def refs(event_type: str, **content: object) -> list[str]:
    return media.references(event_type, content, sender=ALICE)


def test_an_encrypted_event_shows_what_it_declares() -> None:
    declared = ["mxc://example.org/one", "mxc://example.org/two", "mxc://example.org/one"]
    assert refs("m.room.encrypted", **{MEDIA_KEY: declared}) == ["one", "two"]


def test_what_is_shown_in_clear_needs_no_declaration() -> None:
    info = {"thumbnail_url": "mxc://example.org/small"}
    assert refs("m.room.message", url="mxc://example.org/big", info=info) == ["big", "small"]
    assert refs("m.room.avatar", url="mxc://example.org/face") == ["face"]


@pytest.mark.parametrize(
    "uri",
    ["mxc://elsewhere.example/one", "https://example.org/one", "mxc://example.org/../etc", "mxc://example.org/", 7],
)
def test_what_is_not_ours_is_not_counted(uri: object) -> None:
    assert refs("m.room.message", url=uri) == []


@pytest.mark.parametrize("declared", ["mxc://example.org/one", {"a": 1}, 7, None, [None, 1, []]])
def test_a_declaration_of_another_shape_declares_nothing(declared: object) -> None:
    assert refs("m.room.encrypted", **{MEDIA_KEY: declared}) == []


def test_a_message_that_only_looks_like_media_shows_none() -> None:
    assert refs("org.example.link", url="mxc://example.org/one") == []
    assert refs("m.room.message", url="mxc://example.org/one", info="none") == ["one"]


def test_one_event_shows_so_many_and_no_more() -> None:
    declared = [f"mxc://example.org/{number}" for number in range(media.MAX_REFERENCES + 50)]
    assert len(refs("m.room.encrypted", **{MEDIA_KEY: declared})) == media.MAX_REFERENCES

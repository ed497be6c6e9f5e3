"""Files as messages: what a service sends can be shown and read, and of what people send is kept what opens it."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.messages.attachments import Attached, Attachment, attached, content_with

FILE = {"url": "mxc://localhost/abc", "v": "v2"}
TICKET = Attachment(
    name="KTC-1.png", mimetype="image/png", content=b"1234", caption="Tiket KTC-1", width=488, height=488
)


def test_a_picture_says_what_it_shows_and_how_large_it_is() -> None:
    assert content_with(TICKET, FILE) == {
        "msgtype": "m.image",
        "body": "Tiket KTC-1",
        "filename": "KTC-1.png",
        "info": {"mimetype": "image/png", "size": 4, "w": 488, "h": 488},
        "file": FILE,
        "m.mentions": {},
    }


def test_what_is_no_picture_is_a_file() -> None:
    content = content_with(msgspec.structs.replace(TICKET, width=0, height=0, mimetype="text/calendar"), FILE)
    assert (content["msgtype"], content["info"]) == ("m.file", {"mimetype": "text/calendar", "size": 4})


LOCK: dict[str, Any] = {
    "v": "v2",
    "url": "mxc://localhost/abc",
    "iv": "a" * 22,
    "key": {"k": "k" * 43, "kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": ["decrypt"]},
    "hashes": {"sha256": "h" * 43, "md5": "x"},
}
KEPT = {"v": "v2", "url": "mxc://localhost/abc", "iv": "a" * 22, "key": {"k": "k" * 43}, "hashes": {"sha256": "h" * 43}}


def test_of_a_file_that_came_is_kept_what_opens_it_and_what_it_is_called() -> None:
    sent = {"msgtype": "m.image", "body": "Ini kartu saya", "filename": "kartu.png", "info": {"size": 7}, "file": LOCK}
    assert attached(sent) == Attached(name="kartu.png", caption="Ini kartu saya", size=7, file=KEPT)
    assert attached({"body": "kartu.png", "file": LOCK}) == Attached(name="kartu.png", caption="", size=0, file=KEPT)
    same = {"body": "kartu.png", "filename": "kartu.png", "file": LOCK, "info": {"size": -1}}
    assert attached(same) == Attached(name="kartu.png", caption="", size=0, file=KEPT)


@pytest.mark.parametrize(
    "file",
    [
        None,
        "mxc://localhost/abc",
        {},
        LOCK | {"v": "v1"},
        LOCK | {"url": 7},
        LOCK | {"url": "mxc://" + "a" * 300},
        LOCK | {"iv": None},
        LOCK | {"key": {"k": "k" * 65}},
        LOCK | {"key": "k"},
        LOCK | {"hashes": {"md5": "x"}},
    ],
)
def test_a_file_that_is_not_locked_as_it_should_be_is_none(file: object) -> None:
    assert attached({"msgtype": "m.file", "body": "a", "file": file}) is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda s: (
        st.lists(s)
        | st.dictionaries(
            st.sampled_from(
                ["file", "key", "k", "hashes", "sha256", "info", "size", "body", "filename", "url", "v", "iv"]
            ),
            s,
        )
    ),
)


@given(st.dictionaries(st.sampled_from(["file", "info", "body", "filename"]), ANYTHING))
@settings(max_examples=100, deadline=None)
def test_whatever_somebody_sends_nothing_raises(content: dict[str, Any]) -> None:
    attached(content)
    attached(content | {"file": LOCK})

"""Bodies as parameters and files."""

import pytest

from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Upload
from amanat.gateway.telegram_bot_api.reading import MAX_PARTS, parsed

PARTS = "multipart/form-data; boundary=b"


def _part(head: str, content: bytes) -> bytes:
    return f"--b\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


def test_parts_are_values_and_files() -> None:
    body = (
        _part('name="chat_id"', b"5")
        + _part('name="photo"; filename="a b.png"\r\nContent-Type: image/png; x=y', b"\x00\xff")
        + _part('name="text"', "é".encode())
        + b"--b--\r\n"
    )
    fields = parsed(body, PARTS)
    assert fields.values == {"chat_id": "5", "text": "é"}
    assert fields.files == {"photo": Upload(name="a b.png", mimetype="image/png", content=b"\x00\xff")}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (_part('name="a"', b"x"), "the request ended before its last part"),
        (b"no parts at all", "can't parse the parts of the request"),
        (_part('name="a"', b"\xff") + b"--b--\r\n", "strings must be encoded in UTF-8"),
        (_part('name="a"', b"x") * (MAX_PARTS + 1) + b"--b--\r\n", "there are too many parts in the request"),
    ],
)
def test_parts_that_cannot_be_read(body: bytes, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parsed(body, PARTS)
    assert refused.value.description == f"Bad Request: {reason}"


def test_forms_and_json() -> None:
    assert parsed(b"a=1&b=%7B%7D&c=", "application/x-www-form-urlencoded").values == {"a": "1", "b": "{}", "c": ""}
    assert parsed(b'{"a": 1.5, "b": null, "c": {}}', "application/json; charset=utf-8").values == {"a": 1.5, "c": {}}
    assert parsed(b"", "application/json").values == {}
    for body, kind in ((b"{", "application/json"), (b"[]", "application/json"), (b"\xff", "")):
        with pytest.raises(BadRequest):
            parsed(body, kind)

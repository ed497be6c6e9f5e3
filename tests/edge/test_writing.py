"""The bytes of answers."""

from amanat.edge.responses import JSON_HEADERS, PREFLIGHT, Response
from amanat.edge.writing import chunk, head, whole


def test_an_answer_is_one_piece() -> None:
    written = whole(Response(404, b"{}", [(b"content-type", b"application/json")]))
    assert written == b"HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


def test_json_is_the_kind_that_is_not_named() -> None:
    assert whole(Response(200, b"{}")) == whole(Response(200, b"{}", JSON_HEADERS))


def test_the_last_answer_says_so() -> None:
    assert b"\r\nconnection: close\r\n\r\n" in whole(Response(200, b"{}"), last=True)
    assert b"\r\nconnection: close\r\n\r\n" in head(200, [], chunked=False, last=True)


def test_an_answer_to_head_has_the_length_of_what_it_leaves_out() -> None:
    assert whole(Response(200, b"{}"), with_body=False).endswith(b"content-length: 2\r\n\r\n")


def test_an_answer_that_has_no_body_has_no_length() -> None:
    """RFC 9110, 8.6."""
    written = whole(Response(204, b"", PREFLIGHT))
    assert b"content-length" not in written
    assert written.endswith(b"\r\n\r\n")


def test_a_body_of_unknown_length_comes_in_chunks() -> None:
    assert b"transfer-encoding: chunked\r\n" in head(200, [], chunked=True, last=False)
    assert chunk(b"x" * 26) == b"1a\r\n" + b"x" * 26 + b"\r\n"

import pytest

from amanat.edge.incoming import Incoming
from amanat.edge.request import Request
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.forms import Part, read_form
from tests.edge.asking import Client

FORM = b"multipart/form-data; boundary=xyz"
BODY = (
    b'--xyz\r\nContent-Disposition: form-data; name="type"\r\n\r\nimage/png\r\n'
    b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a b.png"\r\nContent-Type: image/png\r\n\r\n'
    b"\x00--xy\r\n\r\n--xyz--\r\n"
)


def request(incoming: Incoming, content_type: bytes = FORM) -> Request:
    return Request("POST", b"/", headers={b"content-type": content_type}, peer="", incoming=incoming)


@pytest.mark.parametrize("size", [1, 7, 1000])
async def test_a_form_is_read_in_whatever_pieces_it_comes(size: int) -> None:
    pieces = [BODY[at : at + size] for at in range(0, len(BODY), size)]
    parts = await read_form(request(Client(pieces).incoming))
    assert parts["type"] == Part("type", b"image/png")
    assert parts["file"] == Part("file", b"\x00--xy\r\n", filename="a b.png", mimetype="image/png")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (BODY, b"application/json"),
        (BODY, b"multipart/form-data"),
        (b"--abc\r\n", FORM),
        (b'--xyz\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 30, FORM),
    ],
)
async def test_what_is_no_form_is_refused(body: bytes, content_type: bytes) -> None:
    with pytest.raises(GraphError):
        await read_form(request(Client([body]).incoming, content_type))

"""Files as messages: a picture with its size, another file as a download, both with words for who sees neither."""

import msgspec

from amanat.gateway.messages.attachments import Attachment, content_with

FILE = {"url": "mxc://localhost/abc", "v": "v2"}
TICKET = Attachment(name="KTC-1.png", mimetype="image/png", content=b"1234", caption="Tiket KTC-1", side=488)


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
    content = content_with(msgspec.structs.replace(TICKET, side=0, mimetype="text/calendar"), FILE)
    assert (content["msgtype"], content["info"]) == ("m.file", {"mimetype": "text/calendar", "size": 4})

"""Messages, chats and people as a bot is told of them; both clients read every one."""

import pytest
import telegram
from aiogram import types
from msgspec.structs import replace

from amanat.gateway.bots.api import KeptFile
from amanat.gateway.bots.model import Deleted, Media, MediaKind, Person, Place, Unknown, Words
from amanat.gateway.telegram_bot_api.entities import Entity
from amanat.gateway.telegram_bot_api.markup import Markup, packed
from amanat.gateway.telegram_bot_api.objects import NAMELESS, Telling, chat, file
from tests.gateway.telegram_bot_api.things import ANI, GROUP, ME, PRIVATE, TELLING, said

USER = {"id": 5, "is_bot": False, "first_name": "Ani", "language_code": "id"}


def test_people_and_chats() -> None:
    assert TELLING.sender(ANI) == USER
    assert TELLING.sender(None) == {"id": 77, "is_bot": True, "first_name": "Kantor Paspor", "username": "paspor"}
    assert Telling(ME, language="").user(Person(number=5, name="")) == {
        "id": 5,
        "is_bot": False,
        "first_name": NAMELESS,
    }
    assert chat(PRIVATE) == {"id": 5, "type": "private", "first_name": "Ani"}
    assert chat(GROUP) == {"id": -6, "type": "group", "title": "Loket"}


def test_a_text_and_its_marks() -> None:
    told = TELLING.message(said(Words(text="/start b", html="/start <b>b</b>")))
    assert told == {
        "message_id": 9,
        "from": USER,
        "chat": chat(PRIVATE),
        "date": 1000,
        "text": "/start b",
        "entities": [
            {"type": "bot_command", "offset": 0, "length": 6},
            {"type": "bold", "offset": 7, "length": 1},
        ],
    }


def test_a_message_of_the_bots_own_is_told_as_it_was_said() -> None:
    kept = packed(
        Markup(
            entities=(Entity(type="custom_emoji", offset=0, length=1, custom_emoji_id="5"),),
            inline=(({"text": "A", "callback_data": "a"},),),
            told={"venue": {}},
        )
    )
    own = replace(said(Words(text="x", html="<b>x</b>"), sender=None, markup=kept), edited_ts=2_000_000, forwarded=True)
    told = TELLING.message(own, quoted=said(Words(text="y")))
    assert told["entities"] == [{"type": "custom_emoji", "offset": 0, "length": 1, "custom_emoji_id": "5"}]
    assert told["reply_markup"] == {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    assert (told["venue"], told["edit_date"], told["reply_to_message"]["text"]) == ({}, 2000, "y")
    assert told["forward_origin"]["type"] == "hidden_user"


KINDS: list[tuple[MediaKind, str]] = [
    ("picture", "photo"),
    ("video", "video"),
    ("voice", "voice"),
    ("audio", "audio"),
    ("file", "document"),
    ("sticker", "sticker"),
    ("animation", "animation"),
]


@pytest.mark.parametrize(("kind", "field"), KINDS)
def test_files(kind: MediaKind, field: str) -> None:
    media = Media(
        kind=kind, file=3, name="a.bin", mimetype="x/y", size=10, caption=Words(text="lihat"), width=4, height=3
    )
    told = TELLING.message(said(replace(media, duration_ms=2500)))
    shown = told[field][0] if field == "photo" else told[field]
    assert (shown["file_id"], shown["file_size"], told["caption"]) == ("AmanatFile-3", 10, "lihat")
    by_ptb = telegram.Message.de_json(told, None)
    by_aiogram = types.Message.model_validate(told)
    assert getattr(by_ptb, field)
    assert getattr(by_aiogram, field)


def test_places_and_what_no_bot_is_told_of_closer() -> None:
    assert TELLING.message(said(Place(latitude=-6.2, longitude=106.8)))["location"] == {
        "latitude": -6.2,
        "longitude": 106.8,
    }
    assert TELLING.message(said(Unknown(text="a /b")))["text"] == "a /b"
    for body in (Unknown(), Deleted()):
        assert set(TELLING.message(said(body))) == {"message_id", "from", "chat", "date"}


def test_a_file_with_its_path() -> None:
    kept = KeptFile(number=3, name="a", mimetype="x/y", size=0, ts=1)
    told = file(kept, path="documents/file_3")
    assert told == {"file_id": "AmanatFile-3", "file_unique_id": "A3", "file_path": "documents/file_3"}

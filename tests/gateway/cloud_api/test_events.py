"""What is told, and that pywa understands each of it."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from msgspec import json
from pywa import WhatsApp, handlers
from pywa.types import (
    CallbackButton,
    CallbackSelection,
    DeletedMessage,
    EditedMessage,
    Message,
    MessageStatus,
)

from amanat.gateway.bots.api import Me
from amanat.gateway.bots.model import (
    Body,
    Came,
    Chat,
    Choice,
    Deleted,
    Delivered,
    Edited,
    Heard,
    Media,
    MediaKind,
    Membership,
    Person,
    Place,
    PollBody,
    Pressed,
    Reacted,
    Said,
    TakenBack,
    Unknown,
    WasRead,
    Words,
)
from amanat.gateway.cloud_api.api import CloudApi
from amanat.gateway.cloud_api.events import Markup, Teller, read_markup
from amanat.gateway.cloud_api.ids import wamid
from amanat.gateway.cloud_api.settings import Settings

ME = Me(number=77, username="bot", name="Bot")
BUDI = Person(number=90, name="Budi")
CHAT = Chat(number=90, room_id="!r", kind="private", title="", person=BUDI)
GROUP = Chat(number=-5, room_id="!g", kind="group", title="Grup")
TS = 1_700_000_000_999


def said(body: Body, *, chat: Chat = CHAT, number: int = 7, **more: Any) -> Said:
    return Said(number=number, chat=chat, sender=BUDI, ts=TS, body=body, **more)


def own(style: str) -> Said:
    return Said(number=5, chat=CHAT, sender=None, ts=TS, body=Words(text="Pilih"), markup=json.encode({"style": style}))


def media(kind: MediaKind, **more: Any) -> Media:
    return Media(kind=kind, file=12, name="a b.pdf", mimetype="application/pdf", size=3, **more)


def told(heard: Heard, settings: Settings | None = None) -> Any:
    webhook = Teller(ME, settings or Settings(), position=3).webhook(heard)
    assert webhook is not None
    (entry,) = webhook["entry"]
    (change,) = entry["changes"]
    assert (webhook["object"], entry["id"], change["field"]) == ("whatsapp_business_account", "277", "messages")
    return change["value"]


def message(heard: Heard, settings: Settings | None = None) -> Any:
    (only,) = told(heard, settings)["messages"]
    return only


def test_a_text_names_who_wrote_it_by_the_id_that_this_bot_alone_has() -> None:
    assert told(Came(said=said(Words(text="*a*", html="<strong>a</strong>")))) == {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "999000000000077", "phone_number_id": "177"},
        "contacts": [{"profile": {"name": "Budi"}, "user_id": "ID.90"}],
        "messages": [
            {
                "from_user_id": "ID.90",
                "id": wamid(90, 7),
                "timestamp": "1700000000",
                "type": "text",
                "text": {"body": "*a*"},
            }
        ],
    }


def test_who_shared_their_number_is_known_by_it_too() -> None:
    shared = Person(number=90, name="Budi", phone="+628111")
    value = told(Came(said=Said(number=7, chat=CHAT, sender=shared, ts=TS, body=Words(text="a"))))
    assert value["contacts"] == [{"profile": {"name": "Budi"}, "user_id": "ID.90", "wa_id": "628111"}]
    assert (value["messages"][0]["from"], value["messages"][0]["from_user_id"]) == ("628111", "ID.90")


def test_an_operator_may_let_a_number_of_nobody_s_stand_in() -> None:
    value = told(Came(said=said(Words(text="a"))), Settings(stand_in_numbers=True))
    assert (value["contacts"][0]["wa_id"], value["messages"][0]["from"]) == ("99990", "99990")


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("picture", {"type": "image", "image": {"caption": "_x_"}}),
        ("video", {"type": "video", "video": {"caption": "_x_"}}),
        ("animation", {"type": "video", "video": {"caption": "_x_"}}),
        ("file", {"type": "document", "document": {"caption": "_x_", "filename": "a b.pdf"}}),
        ("voice", {"type": "audio", "audio": {"voice": True}}),
        ("audio", {"type": "audio", "audio": {"voice": False}}),
        ("sticker", {"type": "sticker", "sticker": {"animated": False}}),
    ],
)
def test_files(kind: MediaKind, shown: dict[str, Any]) -> None:
    came = message(Came(said=said(media(kind, caption=Words(text="x", html="<em>x</em>")))))
    name = shown["type"]
    file = {"id": "412", "mime_type": "application/pdf", "sha256": ""}
    assert (came["type"], came[name]) == (name, file | shown[name])


def test_what_else_comes() -> None:
    place = message(Came(said=said(Place(latitude=-6.2, longitude=106.8, text="Sini"))))
    assert place["location"] == {"latitude": -6.2, "longitude": 106.8}
    for body in (PollBody(question="?", answers=()), Unknown()):
        assert message(Came(said=said(body)))["errors"][0]["code"] == 131051


def test_an_answer_names_what_it_answers() -> None:
    mine = message(Came(said=said(Words(text="a"), forwarded=True), quoted=own("")))
    assert mine["context"] == {"from": "999000000000077", "id": wamid(90, 5), "forwarded": True}
    theirs = message(Came(said=said(Words(text="a")), quoted=said(Words(text="b"), number=6)))
    assert theirs["context"] == {"from": "ID.90", "id": wamid(90, 6)}


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        (
            "buttons",
            {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "d", "title": "L"}}},
        ),
        (
            "list",
            {
                "type": "interactive",
                "interactive": {
                    "type": "list_reply",
                    "list_reply": {"id": "d", "title": "L", "description": "Lebih"},
                },
            },
        ),
        ("template", {"type": "button", "button": {"payload": "d", "text": "L"}}),
    ],
)
def test_a_choice_answers_as_it_was_offered(style: str, shown: dict[str, Any]) -> None:
    choice = Choice(label="L", data="d", description="Lebih")
    pressed = message(Pressed(number=8, person=BUDI, said=own(style), choice=choice, ts=TS))
    assert {name: pressed[name] for name in shown} == shown
    assert (pressed["id"], pressed["context"]) == (wamid(90, 8), {"from": "999000000000077", "id": wamid(90, 5)})


def test_reactions_edits_and_deletions() -> None:
    like = message(Reacted(chat=CHAT, person=BUDI, number=5, emoji="👍", ts=TS))
    assert like["reaction"] == {"message_id": wamid(90, 5), "emoji": "👍"}
    unlike = message(Reacted(chat=CHAT, person=BUDI, number=5, emoji="", ts=TS))
    assert unlike["reaction"] == {"message_id": wamid(90, 5)}
    gone = message(TakenBack(chat=CHAT, person=BUDI, number=7, ts=TS))
    assert gone["revoke"] == {"original_message_id": wamid(90, 7)}
    edited = message(Edited(said=said(Words(text="baru"), edited_ts=TS)))["edit"]
    assert edited["original_message_id"] == wamid(90, 7)
    assert edited["message"]["text"] == {"body": "baru"}


def test_a_status_is_what_was_seen_and_brings_the_bot_s_own_word_back() -> None:
    kept = json.encode(Markup(tracker="t-1"))
    sent = told(Delivered(chat=CHAT, number=5, is_sent=True, ts=TS, markup=kept))
    assert sent["contacts"][0]["user_id"] == "ID.90"
    assert sent["statuses"] == [
        {
            "id": wamid(90, 5),
            "status": "sent",
            "timestamp": "1700000000",
            "recipient_id": "ID.90",
            "recipient_user_id": "ID.90",
            "biz_opaque_callback_data": "t-1",
        }
    ]
    read = told(WasRead(chat=CHAT, number=5, ts=TS + 1000, markup=kept))
    assert read["statuses"] == [sent["statuses"][0] | {"status": "read", "timestamp": "1700000001"}]
    (failed,) = told(Delivered(chat=CHAT, number=5, is_sent=False, ts=TS))["statuses"]
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131026)


@pytest.mark.parametrize(
    "heard",
    [
        Came(said=said(Words(text="a"), chat=GROUP)),
        Edited(said=said(Words(text="a"), chat=GROUP)),
        Reacted(chat=GROUP, person=BUDI, number=1, emoji="x", ts=TS),
        TakenBack(chat=GROUP, person=BUDI, number=1, ts=TS),
        Delivered(chat=GROUP, number=1, is_sent=True, ts=TS),
        Membership(chat=CHAT, person=None, is_in=False, ts=TS),
    ],
)
def test_groups_and_memberships_are_not_told(heard: Heard) -> None:
    assert Teller(ME, Settings(), position=3).webhook(heard) is None


def test_what_is_kept_beside_a_message_is_read_whatever_it_is() -> None:
    assert read_markup(b"") == read_markup(b"[]") == Markup()


@pytest.mark.parametrize(
    ("heard", "kind"),
    [
        (Came(said=said(Words(text="a"))), Message),
        (Came(said=said(media("picture"))), Message),
        (Came(said=said(Place(latitude=1, longitude=2))), Message),
        (Came(said=said(Unknown())), Message),
        (Reacted(chat=CHAT, person=BUDI, number=5, emoji="x", ts=TS), Message),
        (
            Pressed(number=8, person=BUDI, said=own("buttons"), choice=Choice(label="L", data="d"), ts=TS),
            CallbackButton,
        ),
        (
            Pressed(number=8, person=BUDI, said=own("template"), choice=Choice(label="L", data="d"), ts=TS),
            CallbackButton,
        ),
        (
            Pressed(number=8, person=BUDI, said=own("list"), choice=Choice(label="L", data="d"), ts=TS),
            CallbackSelection,
        ),
        (Edited(said=said(Words(text="a"))), EditedMessage),
        (Edited(said=said(Deleted())), EditedMessage),
        (TakenBack(chat=CHAT, person=BUDI, number=7, ts=TS), DeletedMessage),
        (Delivered(chat=CHAT, number=5, is_sent=True, ts=TS), MessageStatus),
        (Delivered(chat=CHAT, number=5, is_sent=False, ts=TS), MessageStatus),
        (WasRead(chat=CHAT, number=5, ts=TS), MessageStatus),
    ],
)
def test_pywa_makes_the_right_thing_of_it(pywa: "Ear", heard: Heard, kind: type) -> None:
    drafted = CloudApi().draft(heard, me=ME, position=3)
    assert drafted is not None
    pywa.wa.webhook_update_handler(drafted.body)
    assert type(pywa.got.pop()) is kind
    assert pywa.got == []


class Ear:
    """pywa, with everything it made of what it was told."""

    def __init__(self) -> None:
        self.got: list[object] = []
        self.session = httpx.Client(verify=False)
        self.wa = WhatsApp(phone_id="177", waba_id="277", token="x", session=self.session, skip_duplicate_updates=False)
        handled = (
            handlers.MessageHandler,
            handlers.MessageStatusHandler,
            handlers.CallbackButtonHandler,
            handlers.CallbackSelectionHandler,
            handlers.EditedMessageHandler,
            handlers.DeletedMessageHandler,
        )
        self.wa.add_handlers(*(handler(self.hear) for handler in handled))

    def hear(self, _wa: WhatsApp, update: object) -> None:
        self.got.append(update)


@pytest.fixture(scope="module")
def pywa() -> Iterator[Ear]:
    """One for all of them: pywa takes long to make."""
    ear = Ear()
    yield ear
    ear.session.close()

"""Chats over HTTP: what is asked rightly is done, and what is not is refused with a code."""

from typing import Any

import pytest

from tests.gateway.desk.office import BUDI, DeskOffice, Served, chat_of

CITRA = "@citra:localhost"


async def test_a_chat_is_taken_answered_and_given_back(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    await desk_office.says("Halo?")
    inbox = (await browser.get("inbox", show="waiting")).json()
    assert inbox["counts"] == {"waiting": 1, "mine": 0, "all": 1}
    (chat,) = inbox["chats"]
    assert chat["last"] == {"from": "person", "kind": "text", "text": "Halo?", "ts": chat["last"]["ts"]}
    assert chat["unread"] == 1
    reply = {"text": " Selamat pagi ", "txn_id": "1"}
    first = await browser.post(f"{chat_of()}/replies", reply)
    assert first.status_code == 200
    assert (await browser.post(f"{chat_of()}/replies", reply)).json() == first.json()
    assert desk_office.told.count("Selamat pagi") == 1
    assert (await browser.post(f"{chat_of()}/notes", {"text": "Ramah", "txn_id": "2"})).status_code == 200
    assert (await browser.post(f"{chat_of()}/read", first.json())).status_code == 200
    opened = (await browser.get(chat_of())).json()
    assert (opened["chat"]["state"], opened["chat"]["assignee"], opened["chat"]["unread"]) == ("taken", BUDI, 0)
    assert [(line["from"], line["text"], line["state"]) for line in opened["lines"]] == [
        ("event", "front_desk", None),
        ("person", "Halo?", None),
        ("event", "budi", None),
        ("staff", "Selamat pagi", "sending"),
    ]
    assert (opened["notes"][0]["text"], opened["more"], opened["context"]) == ("Ramah", False, [])
    assert (await browser.post(f"{chat_of()}/hand_back")).status_code == 200
    late = await browser.post(f"{chat_of()}/replies", {"text": "Masih?", "txn_id": "3"})
    assert (late.status_code, late.json()["code"]) == (409, "NOT_WITH_STAFF")
    assert (await browser.get("inbox")).json()["chats"] == []


async def test_a_chat_is_given_to_who_answers_chats(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    desk_office.office.staff.put(CITRA, "editor")
    for assignee in (CITRA, "@nobody:localhost"):
        refused = await browser.post(f"{chat_of()}/assign", {"assignee": assignee})
        assert (refused.status_code, refused.json()["code"]) == (400, "WRONG_VALUE")
    desk_office.office.staff.put(CITRA, "agent")
    assert (await browser.post(f"{chat_of()}/assign", {"assignee": CITRA})).status_code == 200
    assert (await browser.get("inbox", show="mine")).json()["chats"] == []
    assert (await browser.post(f"{chat_of()}/assign", {"assignee": None})).status_code == 200
    assert (await browser.get("inbox")).json()["counts"]["waiting"] == 1


BAD: list[tuple[str, Any]] = [
    ("replies", {}),
    ("replies", {"text": "a"}),
    ("replies", {"text": "", "txn_id": "1"}),
    ("replies", {"text": "  \n ", "txn_id": "1"}),
    ("replies", {"text": "a" * 4001, "txn_id": "1"}),
    ("replies", {"text": "a", "txn_id": ""}),
    ("replies", {"text": "a", "txn_id": "1" * 65}),
    ("replies", {"text": 1, "txn_id": "1"}),
    ("replies", []),
    ("notes", {"text": None, "txn_id": "1"}),
    ("read", {"position": -1}),
    ("read", {"position": "1"}),
    ("read", {"position": 1.5}),
    ("assign", {}),
    ("assign", {"assignee": 7}),
]


async def test_what_is_asked_wrongly_is_refused_and_changes_nothing(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    before, said = (await browser.get(chat_of())).json(), len(desk_office.said)
    for path, body in BAD:
        refused = await browser.post(f"{chat_of()}/{path}", body)
        assert refused.status_code == 400, (path, body)
        assert {"code", "message"} <= refused.json().keys()
    assert (await browser.get(chat_of())).json() == before
    assert len(desk_office.said) == said


@pytest.mark.parametrize("room_id", ["!other:localhost", "nothing", "../../me"])
async def test_a_chat_that_the_staff_never_had_is_not_there(
    desk: Served, desk_office: DeskOffice, room_id: str
) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    assert (await browser.get(chat_of(room_id))).json()["code"] == "NO_SUCH"
    refused = await browser.post(f"{chat_of(room_id)}/replies", {"text": "a", "txn_id": "1"})
    assert refused.json()["code"] == "NOT_WITH_STAFF"
    assert (await browser.get("inbox", show="theirs")).json()["code"] == "WRONG_VALUE"
    assert (await browser.get(chat_of(room_id), before="-1")).status_code == 400

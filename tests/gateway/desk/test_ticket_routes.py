"""Tickets over HTTP: answered once, in the chat that they came from."""

from amanat.db.tx import Tx
from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.tickets import tickets
from tests.gateway.desk.office import ANI, BUDI, ROOM, DeskOffice, Served


async def _open(office: DeskOffice, request: str = "1") -> str:
    asked = tickets.Asked(
        request=request,
        desk="feedback",
        room_id=ROOM,
        person=ANI,
        details={"kind": "complaint", "message": "Antrean lama"},
        seed=request.encode().rjust(8, b"s"),
    )

    def run(tx: Tx) -> str | None:
        return tickets.open_ticket(tx, asked, now_ms=office.clock.now_ms())

    number = await office.store.write(run, needs=tickets.needs(asked))
    assert number is not None
    return number


async def test_an_answer_is_said_once_where_it_was_asked(desk: Served, desk_office: DeskOffice) -> None:
    await desk_office.says("halo")
    number = await _open(desk_office)
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    (listed,) = (await browser.get("tickets", state="open")).json()["tickets"]
    assert (listed["number"], listed["person_name"], listed["answer"]) == (number, "ani", None)
    assert listed["details"] == {"kind": "complaint", "message": "Antrean lama"}
    answer = {"state": "answered", "answer": " Maaf, *besok* lebih cepat. "}
    for _ in range(2):
        changed = (await browser.post(f"tickets/{number}", answer)).json()
        assert (changed["state"], changed["answer"]) == ("answered", "Maaf, *besok* lebih cepat.")
    said = [text for text in desk_office.told if "besok" in text]
    assert said == [f"Tentang laporanmu {number}:\n\nMaaf, *besok* lebih cepat."]
    assert (await browser.get("tickets")).json()["tickets"] == []
    assert (await browser.post(f"tickets/{number}", {"state": "closed"})).json()["state"] == "closed"
    assert len((await browser.get("tickets", state="closed")).json()["tickets"]) == 1
    assert desk_office.told[-1] == said[0]
    acts = await trail.before(desk_office.store, MAX_POSITION)
    assert [act.about for act in reversed(acts)] == [f"{number} answered", f"{number} closed"]


async def test_what_is_asked_wrongly_is_refused(desk: Served, desk_office: DeskOffice) -> None:
    number = await _open(desk_office)
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    for body in ({}, {"state": "lost"}, {"state": "open", "answer": "a" * 4001}, {"state": "open", "answer": None}):
        assert (await browser.post(f"tickets/{number}", body)).status_code == 400, body
    assert (await browser.post("tickets/AAA-AAAA", {"state": "open"})).json()["code"] == "NO_SUCH"
    assert (await browser.get("tickets", state="lost")).json()["code"] == "WRONG_VALUE"

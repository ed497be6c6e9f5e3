"""A conversation without a chat."""

from amanat.gateway.flows.rehearsal import Rehearsal
from amanat.gateway.flows.session import Said
from tests.gateway.flows.sample import FLOW_READ, MINUTE_MS, NOW_MS


def test_tables_are_looked_up_and_what_nobody_answers_waits() -> None:
    rehearsal = Rehearsal(FLOW_READ, now_ms=NOW_MS)
    for text in ("halo", "status"):
        rehearsal.hear(Said(text=text))
    turn = rehearsal.hear(Said(text="3171000000000001"))
    assert turn.outputs[0].text == "Surat Anda *ready*."
    for text in ("janji temu", "Budi"):
        rehearsal.hear(Said(text=text))
    assert rehearsal.session.standing == "working"
    assert {"look_up", "which", "tell", "visit"} <= rehearsal.visited


def test_bookings_may_be_pretended() -> None:
    rehearsal = Rehearsal(FLOW_READ, now_ms=NOW_MS, language="en", pretends=True)
    for text in ("halo", "appointment"):
        rehearsal.hear(Said(text=text))
    assert rehearsal.hear(Said(text="Budi")).outputs[0].text == "CONTOH-1, 23 November 2026 at 09:00."


def test_all_that_falls_due_while_time_passes_is_done() -> None:
    rehearsal = Rehearsal(FLOW_READ, now_ms=NOW_MS)
    for text in ("halo", "petugas"):
        rehearsal.hear(Said(text=text))
    turn = rehearsal.wait(120 * MINUTE_MS)
    assert [message.text[:12] for message in turn.outputs] == ["Maaf, belum ", "Selamat data", "Percakapan i"]
    assert rehearsal.now_ms == NOW_MS + 120 * MINUTE_MS

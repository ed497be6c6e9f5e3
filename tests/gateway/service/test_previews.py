"""A conversation is tried by the interpreter that people meet, and nothing is done."""

from amanat.gateway.flows.folder import read_folder
from amanat.gateway.service.previews import GIVE_BACK, preview
from tests.gateway.service.at_work import SAMPLE, at


def test_the_staff_give_back_when_one_says_so() -> None:
    now_ms = at("2026-11-23 10:00")
    files = read_folder(SAMPLE)
    tried = preview(files, said=["english", "7", "hello?"], language="", now_ms=now_ms)
    assert tried["with_staff"] is True
    assert tried["messages"][-1] == {"from": "person", "text": "hello?", "options": []}
    back = preview(files, said=["english", "7", "hello?", GIVE_BACK], language="", now_ms=now_ms)
    assert back["with_staff"] is False
    assert "finished" in back["messages"][-2]["text"]


def test_it_begins_in_a_language_and_ends() -> None:
    files = read_folder(SAMPLE)
    tried = preview(files, said=["x", "3", "1", "2"], language="en", now_ms=at("2026-11-23 10:00"))
    assert tried["messages"][1]["text"].startswith("Welcome to")
    assert tried["ended"] is True

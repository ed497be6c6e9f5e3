"""What a service says over HTTP: tried by the production interpreter, published whole, and put back."""

from typing import Any

import pytest

from amanat.gateway.desk import trail
from amanat.gateway.desk.reading import MAX_POSITION
from tests.gateway.desk.office import BUDI, Browser, DeskOffice, Served

TEXTS = "texts/id.md"


async def _now(browser: Browser) -> Any:
    return (await browser.get("flow")).json()


async def _changed(browser: Browser) -> tuple[str, dict[str, str]]:
    """Return the version that is spoken, and a change of its greeting."""
    now = await _now(browser)
    text = next(file["text"] for file in now["files"] if file["name"] == TEXTS)
    assert "Selamat datang di" in text
    return now["version"], {TEXTS: text.replace("Selamat datang di", "Sugeng rawuh ing")}


async def test_what_is_tried_is_what_people_would_get_and_nobody_gets_it(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="editor", office=desk_office)
    base, changes = await _changed(browser)
    wanted = {"base": base, "changes": changes, "said": ["halo", "Janji temu", "x"], "language": None}
    tried = (await browser.post("flow/preview", wanted)).json()
    assert (tried["problems"], tried["ended"], tried["with_staff"]) == ([], False, False)
    assert tried["messages"][1]["text"].startswith("Sugeng rawuh ing")
    assert tried["messages"][1]["options"][0]["id"] == "status"
    assert [message["from"] for message in tried["messages"][:4]] == ["person", "service", "person", "service"]
    await desk_office.says("halo")
    assert desk_office.told[-1].startswith("Selamat datang di")
    slip = {TEXTS: "## welcome\n\nHalo {nama}\n"}
    refused = (await browser.post("flow/preview", {"base": base, "changes": slip, "said": ["halo"]})).json()
    assert refused["messages"] == []
    assert {"file", "line", "message"} == refused["problems"][0].keys()


async def test_what_is_published_is_spoken_and_can_be_taken_back(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="editor", office=desk_office)
    base, changes = await _changed(browser)
    published = (await browser.post("flow/publish", {"base": base, "changes": changes})).json()["version"]
    assert published != base
    await desk_office.says("halo")
    assert desk_office.told[-1].startswith("Sugeng rawuh ing")
    again = await browser.post("flow/publish", {"base": base, "changes": changes})
    assert (again.status_code, again.json()["code"], again.json()["version"]) == (409, "CHANGED", published)
    versions = {each["version"]: each["current"] for each in (await _now(browser))["versions"]}
    assert versions == {published: True, base: False}
    assert (await browser.post("flow/back", {"version": base})).json() == {"version": base}
    assert (await _now(browser))["version"] == base
    assert (await browser.post("flow/back", {"version": "unknown"})).json()["code"] == "NO_SUCH"
    acts = await trail.before(desk_office.store, MAX_POSITION)
    assert [(act.what, act.about) for act in reversed(acts)] == [("published", published), ("went_back", base)]


async def test_what_has_a_slip_is_not_published(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="editor", office=desk_office)
    base = (await _now(browser))["version"]
    refused = await browser.post("flow/publish", {"base": base, "changes": {TEXTS: "## welcome\n\nHalo\n"}})
    assert (refused.status_code, refused.json()["code"]) == (400, "REFUSED")
    assert refused.json()["problems"]
    assert (await _now(browser))["version"] == base
    assert await trail.before(desk_office.store, MAX_POSITION) == []


@pytest.mark.parametrize("path", ["flow/preview", "flow/publish"])
async def test_what_is_no_file_of_a_service_is_refused(desk: Served, desk_office: DeskOffice, path: str) -> None:
    browser = desk.browser(BUDI, role="editor", office=desk_office)
    base = (await _now(browser))["version"]
    for name in ("../../staff.json", "/etc/passwd", "texts/../../x.md", ".git/config.md", "run.py", "a\0.md", "x/.md"):
        refused = await browser.post(path, {"base": base, "changes": {name: "x"}})
        assert (refused.status_code, refused.json()["code"]) == (400, "WRONG_VALUE"), name
    large = await browser.post(path, {"base": base, "changes": {"texts/id.md": "x" * (1024 * 1024 + 1)}})
    assert large.json()["code"] == "WRONG_VALUE"
    for body in ({}, {"base": base, "changes": []}, {"base": 7, "changes": {}}, {"base": base, "changes": {"a": 1}}):
        assert (await browser.post(path, body)).status_code == 400, body

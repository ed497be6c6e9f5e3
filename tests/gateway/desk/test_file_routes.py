"""Files over HTTP: what a browser may show comes as what it is, everything else as a download that runs nothing."""

import pytest

from tests.gateway.desk.office import ANI, BUDI, DeskOffice, Served, chat_of

PICTURE = b"\x89PNG\r\n\x1a\n kartu"
PAGE = b"<!doctype html><script>alert(1)</script>"


async def test_a_picture_is_shown_and_a_page_is_downloaded(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    picture = await desk_office.is_sent(PICTURE)
    page = await desk_office.is_sent(PAGE)
    shown = await browser.get(f"{chat_of()}/files/{picture}")
    assert (shown.status_code, shown.content) == (200, PICTURE)
    assert shown.headers["content-type"] == "image/png"
    assert shown.headers["content-disposition"].startswith("inline; filename*=UTF-8''KTP%20")
    saved = await browser.get(f"{chat_of()}/files/{picture}", download="true")
    assert saved.headers["content-disposition"].startswith("attachment; ")
    odd = await browser.get(f"{chat_of()}/files/{page}")
    assert odd.headers["content-type"] == "application/octet-stream"
    assert odd.headers["content-disposition"].startswith("attachment; ")
    for answer in (shown, saved, odd):
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


async def test_who_may_not_read_chats_opens_no_file(desk: Served, desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    position = await desk_office.is_sent(PICTURE)
    path = f"{chat_of()}/files/{position}"
    editor = desk.browser(ANI, role="editor", office=desk_office)
    assert (await editor.get(path)).status_code == 403
    assert (await desk.browser().get(path)).status_code == 401
    assert (await editor.send_file(PICTURE, name="a.png", txn_id="1")).status_code == 403


@pytest.mark.parametrize("position", ["0", "-1", "999999999999999999999", "x", "1.0", "²"])
async def test_what_is_no_file_is_not_there(desk: Served, desk_office: DeskOffice, position: str) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    assert (await browser.get(f"{chat_of()}/files/{position}")).json()["code"] == "NO_SUCH"


async def test_a_file_is_sent_once_as_what_it_is(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    first = await browser.send_file(PICTURE, name="denah.bin", txn_id="1", width=40, height=30)
    assert first.status_code == 200
    assert (await browser.send_file(PICTURE, name="denah.bin", txn_id="1")).json() == first.json()
    # Larger than what any other request may bring.
    await browser.send_file(b"%PDF-1.7" + bytes(300_000), name="syarat.pdf", txn_id="2")
    await browser.send_file(PAGE, name="aneh", txn_id="3")
    await browser.send_file(b"<svg/>", name="logo.svg", txn_id="4")
    kinds = [(each.content["body"], each.content["msgtype"]) for each in desk_office.said[-4:]]
    assert kinds == [
        ("denah.bin", "image/png"),
        ("syarat.pdf", "application/pdf"),
        ("aneh", "application/octet-stream"),
        ("logo.svg", "application/octet-stream"),
    ]
    lines = (await browser.get(chat_of())).json()["lines"]
    assert [(line["kind"], line["file"]["name"]) for line in lines[-4:]] == [
        ("picture", "denah.bin"),
        ("file", "syarat.pdf"),
        ("file", "aneh"),
        ("file", "logo.svg"),
    ]


async def test_what_is_sent_wrongly_is_refused(desk: Served, desk_office: DeskOffice) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    said = len(desk_office.said)
    for content, query, status in (
        (PICTURE, {"name": "", "txn_id": "1"}, 400),
        (PICTURE, {"name": "a" * 201, "txn_id": "1"}, 400),
        (PICTURE, {"name": "a\nb", "txn_id": "1"}, 400),
        (PICTURE, {"name": "a", "txn_id": ""}, 400),
        (PICTURE, {"name": "a"}, 400),
        (b"", {"name": "a", "txn_id": "1"}, 400),
    ):
        assert (await browser.send_file(content, **query)).status_code == status, query
    for kind in ("text/plain", "multipart/form-data; boundary=x"):
        refused = await browser.send_file(PICTURE, kind=kind, name="a", txn_id="1")
        assert refused.json()["code"] == "WRONG_ORIGIN"
    desk_office.locker.full = True
    full = await browser.send_file(PICTURE, name="a", txn_id="1")
    assert (full.status_code, full.json()["code"]) == (409, "FILE_NOT_TAKEN")
    assert len(desk_office.said) == said


async def test_a_file_that_is_larger_than_it_was_said_to_be_is_not_opened(
    desk: Served, desk_office: DeskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = desk.browser(BUDI, role="agent", office=desk_office)
    await desk_office.hands_over()
    position = await desk_office.is_sent(PICTURE)
    monkeypatch.setattr("amanat.gateway.desk.file_acts.MAX_BYTES", len(PICTURE) - 1)
    refused = await browser.get(f"{chat_of()}/files/{position}")
    assert (refused.status_code, refused.json()["code"]) == (413, "FILE_TOO_LARGE")

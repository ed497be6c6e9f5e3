from urllib.parse import parse_qs, urlsplit

from amanat.gateway.cloud_api.media_links import GOOD_FOR_S, link, read_link


def query(url: str) -> tuple[str, str, str]:
    found = parse_qs(urlsplit(url).query)
    return found["mid"][0], found["ext"][0], found["hash"][0]


def test_an_address_is_good_for_five_minutes_and_for_this_bot() -> None:
    mid, ext, signed = query(link("https://bots.example", 77, secret="s", now_s=1_000))
    assert read_link((mid, ext, signed), secret="s", now_s=1_000 + GOOD_FOR_S - 1) == 77
    assert read_link((mid, ext, signed), secret="s", now_s=1_000 + GOOD_FOR_S) is None
    assert read_link((mid, ext, signed), secret="other", now_s=1_000) is None
    assert read_link((mid, "9999999999", signed), secret="s", now_s=1_000) is None
    assert read_link(("478", ext, signed), secret="s", now_s=1_000) is None
    assert read_link(("", "", "ä"), secret="s", now_s=1_000) is None

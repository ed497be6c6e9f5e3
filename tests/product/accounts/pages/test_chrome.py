"""What every page has in common."""

from tests.product.accounts.pages.browser import HOME, PASSWORD, SIGN_IN, Browser
from tests.server import Server


async def test_a_page_cannot_be_framed_cached_or_made_to_run_another_s_script(amanat: Server) -> None:
    page = await Browser(amanat).open(PASSWORD)
    policy = {part.split()[0]: part.split()[1:] for part in page.headers["content-security-policy"].split(";")}
    assert policy == {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in page.headers


async def test_no_page_has_anything_that_the_policy_would_refuse(amanat: Server) -> None:
    page = await Browser(amanat).open(PASSWORD)
    assert "<style" not in page.body
    assert not any(name == "style" or name.startswith("on") for _, named in page.tags for name in named)


async def test_looks_are_asked_for_once_and_change_their_name_with_their_content(amanat: Server) -> None:
    browser = Browser(amanat)
    page = await browser.open(PASSWORD)
    (sheet,) = [named["href"] for tag, named in page.tags if named.get("rel") == "stylesheet"]
    looks = await browser.get(sheet)
    assert (looks.status, looks.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert looks.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await browser.get("/_amanat/account/static/account.css")).status == 404
    assert (await browser.get("/_amanat/account/static/..%2Fwords.toml")).status == 404


async def test_the_language_is_the_browser_s_until_somebody_chooses(amanat: Server) -> None:
    browser = Browser(amanat, language="id-ID,id;q=0.9")
    page = await browser.open(f"{PASSWORD}?next=%2F_amanat%2Faccount%2F")
    assert ("html", {"lang": "id"}) in page.tags
    (english,) = [link for link in page.links if "lang=en" in link]
    assert english == f"{PASSWORD}?next=%2F_amanat%2Faccount%2F&lang=en"
    assert ("html", {"lang": "en"}) in (await browser.open(english)).tags
    assert ("html", {"lang": "en"}) in (await browser.open(PASSWORD)).tags


async def test_what_somebody_typed_is_text_and_nothing_else(amanat: Server) -> None:
    browser = Browser(amanat)
    script = '"><script>alert(1)</script>'
    page = await browser.send(await browser.open(PASSWORD), {"user": script, "password": ""})
    assert page.forms[0]["fields"]["user"] == script
    assert "script" not in {tag for tag, _ in page.tags}
    page = await browser.open(f"{PASSWORD}?x=%22%3E%3Cscript%3E")
    assert "script" not in {tag for tag, _ in page.tags}


async def test_an_idle_server_has_loaded_no_templates(amanat: Server) -> None:
    assert amanat.amanat.account_pages.chrome._loaded is None
    await Browser(amanat).open(SIGN_IN)
    assert amanat.amanat.account_pages.chrome._loaded is not None


async def test_every_field_has_a_label(amanat: Server) -> None:
    page = await Browser(amanat).open(PASSWORD)
    labelled = {named["for"] for tag, named in page.tags if tag == "label"}
    fields = {named["id"] for tag, named in page.tags if tag == "input" and named["type"] != "hidden"}
    assert fields == labelled


async def test_who_must_sign_in_first_is_led_there_and_back(amanat: Server) -> None:
    page = await Browser(amanat).get(HOME)
    assert (page.status, page.location) == (303, f"{SIGN_IN}?next=%2F_amanat%2Faccount%2F")

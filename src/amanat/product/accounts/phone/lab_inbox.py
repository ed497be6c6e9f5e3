"""The phone of everybody in a lab or a demo, as JSON for tests and as a page for a newcomer. `serve` has no such thing.

Its answers carry no CORS header: a page of another origin that somebody has open must not read the codes.
"""

from datetime import UTC, datetime
from html import escape
from typing import Final

from msgspec import Struct, json

from amanat.core import phone_numbers
from amanat.edge.request import Request
from amanat.edge.responses import Headers, Response
from amanat.edge.routes import get
from amanat.outbound.sms.inbox import Inbox, Text

_OWN: Final[Headers] = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
]
_JSON: Final[Headers] = [(b"content-type", b"application/json"), *_OWN]
_HTML: Final[Headers] = [(b"content-type", b"text/html; charset=utf-8"), *_OWN]

_PAGE: Final = """\
<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kotak SMS</title>
<style>
h1 {{ font-size: 1.4rem }} h2 {{ font-size: 1.1rem; margin-bottom: 0 }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 1.5rem auto; padding: 0 1rem;
  color: #1b1b1f; background: #fff }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; background: #f0f0f3; padding: .6rem; border-radius: .4rem }}
@media (prefers-color-scheme: dark) {{ body {{ color: #e6e1e5; background: #1c1b1f }} pre {{ background: #333 }} }}
</style>
</head>
<body>
<main>
<h1>Kotak SMS</h1>
<p>Server percobaan ini tidak mengirim apa pun. SMS dan e-mail yang seharusnya terkirim ada di sini, yang
terbaru di atas. Muat ulang untuk melihat yang baru.</p>
<p lang="en">This server sends no texts. What would have gone to a phone or by e-mail lies here, newest first.</p>
{texts}</main>
</body>
</html>
"""
_TEXT: Final = "<article>\n<h2>{to}</h2>\n<p>{time} · {purpose}</p>\n<pre>{text}</pre>\n</article>\n"
_NOTHING: Final = '<p>Belum ada apa-apa. <span lang="en">There is nothing yet.</span></p>\n'


class InboxTexts(Struct, frozen=True, kw_only=True):
    """Texts to somebody, newest first."""

    texts: list[Text]


class LabInboxRoutes:
    """`/_amanat/lab/inbox`."""

    def __init__(self, inbox: Inbox, *, countries: tuple[str, ...]) -> None:
        self._inbox = inbox
        self._countries = countries

    @get("/_amanat/lab/inbox", auth="none")
    async def get_inbox(self, request: Request) -> Response:
        """Show the texts to the number or e-mail address in `to` as JSON, and all of them as a page."""
        to = request.query("to")
        if to is None:
            return Response(200, self._page().encode(), _HTML)
        return Response(200, json.encode(InboxTexts(texts=self._inbox.texts(self._recipient(to)))), _JSON)

    def _recipient(self, to: str) -> str:
        # A plus that was not encoded arrives as a space; the parser takes the number either way.
        return to if "@" in to else phone_numbers.parse(to.strip(), countries=self._countries).e164

    def _page(self) -> str:
        texts = "".join(
            _TEXT.format(
                to=escape(text.to),
                time=datetime.fromtimestamp(text.ts / 1000, UTC).strftime("%H:%M:%S UTC"),
                purpose=escape(text.purpose),
                text=escape(text.text),
            )
            for text in self._inbox.texts()
        )
        return _PAGE.format(texts=texts or _NOTHING)

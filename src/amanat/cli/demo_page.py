"""The page of the demo: what Ani and Budi read, beside the bytes that the server stored of it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final

from amanat.app import DEMO_PATH, Amanat
from amanat.cli.demo_screens import Message, Screens
from amanat.edge.app import App
from amanat.edge.request import Request
from amanat.edge.responses import Answer, Response, html
from amanat.edge.routes import collect, get
from amanat.store.events import EVENTS_BY_IDS


class DemoPage:
    """The page. Only `amanat demo` has it."""

    def __init__(self, amanat: Amanat, screens: Screens) -> None:
        self._store = amanat.store
        self._screens = screens

    @get(DEMO_PATH, auth="none")
    async def page(self, _request: Request) -> Response:
        """Show the newest messages first."""
        messages = self._screens.messages
        rows = await self._store.all(EVENTS_BY_IDS, event_ids=list(messages))
        stored = {row.event_id: row.json for row in rows}
        newest = sorted(messages, key=lambda event_id: messages[event_id].ts, reverse=True)
        shown = [_row(messages[event_id], stored.get(event_id, b"")) for event_id in newest]
        return html(_PAGE.format(rows="".join(shown), state=self._state(), people=" and ".join(_READERS)))

    def _state(self) -> str:
        if self._screens.trouble is not None:
            return f"<p class=trouble>{escape(self._screens.trouble)}</p>"
        return "" if self._screens.messages else "<p>Ani and Budi are signing in…</p>"


class WithDemoPage:
    """The server's application, with the demo's page in it."""

    def __init__(self, amanat: Amanat, screens: Screens) -> None:
        self._app = amanat.client_app
        routes = collect(DemoPage(amanat, screens))
        self._page = App(routes, authenticate=amanat.sessions.authenticate, rules=amanat.edge_rules)

    async def __call__(self, request: Request) -> Answer | None:
        """Answer the page here and the rest as ever."""
        return await (self._page if request.path == DEMO_PATH else self._app)(request)


_READERS: Sequence[str] = ("Ani", "Budi")
_CIPHERTEXT = re.compile(r"(?<=&quot;ciphertext&quot;:&quot;)[^&]+")


def _row(message: Message, stored: bytes) -> str:
    when = datetime.fromtimestamp(message.ts / 1000, UTC).astimezone()
    row = _CIPHERTEXT.sub(r"<mark>\g<0></mark>", escape(stored.decode(errors="replace")))
    return (
        f"<tr><td>{_read(message)}<p class=who>{escape(message.sender)}, {when:%H:%M:%S}</p></td>"
        f"<td><code>{row}</code></td></tr>\n"
    )


def _read(message: Message) -> str:
    """What they read, said once where both read the same."""
    readers_of: dict[str | None, list[str]] = {}
    for reader in _READERS:
        if reader in message.texts:
            readers_of.setdefault(message.texts[reader], []).append(reader)
    return "".join(
        f"<p class=said>“{escape(text)}”</p><p>{_did(message, readers)}</p>"
        if text is not None
        else f"<p class=trouble>{' and '.join(readers)} cannot decrypt it.</p>"
        for text, readers in readers_of.items()
    )


def _did(message: Message, readers: Sequence[str]) -> str:
    return " · ".join(f"<b>{reader}</b> {'wrote' if reader == message.sender else 'reads'} it" for reader in readers)


_PAGE: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Amanat: what they read, what the server has</title>
<style>
body {{ font: 1.05rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1b1f; background: #fff }}
h1 {{ line-height: 1.2; margin-bottom: 0 }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
th, td {{ text-align: left; vertical-align: top; padding: .8rem 1.5rem .8rem 0; border-top: 1px solid #8886 }}
th:last-child, td:last-child {{ width: 60%; padding-right: 0 }}
td p {{ margin: 0 }}
td .said {{ font-size: 1.15rem; margin-bottom: .3rem }}
.who, .note, .also {{ opacity: .7; font-size: .9rem }}
.also {{ font-size: 1.05rem; margin-top: .2rem }}
.trouble {{ color: #d33 }}
code {{ display: block; font-size: .75rem; line-height: 1.45; overflow-wrap: anywhere }}
mark {{ background: #ffe9b8; color: #6b4a00 }}
@media (max-width: 44rem) {{
  thead {{ display: none }}
  td, td:last-child {{ display: block; width: auto; padding-right: 0 }}
  td:last-child {{ border: 0; padding-top: 0 }}
}}
@media (prefers-color-scheme: dark) {{
  body {{ color: #e6e1e5; background: #1c1b1f }} a {{ color: #9ecbff }} mark {{ background: #4a3800; color: #ffdf99 }}
}}
</style></head><body>
<h1>What they read, what the server stored</h1>
<p class=also lang="id">Apa yang mereka baca, apa yang disimpan server</p>
<p>{people} are two sample people, each with an app of their own that speaks Matrix. They encrypt what they write, and
the keys are in their apps. Each message stands here twice: as they read it, and as the very bytes of the server's row.
The server sees who wrote, when and how much. What they wrote is in the <mark>ciphertext</mark>, which it cannot
open.</p>
{state}<table><thead>
<tr><th>What they read</th><th>What the server stored</th></tr>
</thead><tbody>
{rows}</tbody></table>
<p class=note>Newest first; the page looks again every three seconds. <a href="/">About this server</a></p>
</body></html>
"""

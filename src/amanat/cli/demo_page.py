"""The page of the demo: what Ani and Budi read, beside the bytes that the server stored of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

from amanat.app import DEMO_PATH, Amanat
from amanat.cli.demo_screens import Message, Screens
from amanat.edge.app import App
from amanat.edge.asgi import Receive, Scope, Send
from amanat.edge.request import Request
from amanat.edge.responses import Response, html
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
        self._asgi: Any = amanat.asgi
        routes = collect(DemoPage(amanat, screens))
        self._page: Any = App(routes, authenticate=amanat.sessions.authenticate, rules=amanat.edge_rules)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the page here and the rest as ever."""
        app = self._page if scope["type"] == "http" and scope["path"] == DEMO_PATH else self._asgi
        await app(scope, receive, send)


_READERS: Sequence[str] = ("Ani", "Budi")


def _row(message: Message, stored: bytes) -> str:
    when = datetime.fromtimestamp(message.ts / 1000, UTC).astimezone()
    read = "".join(
        f"<p><b>{reader}</b> {escape(_seen(message, reader))}</p>" for reader in _READERS if reader in message.texts
    )
    return (
        f"<tr><td><p class=who>{escape(message.sender)} · {when:%H:%M:%S}</p>{read}</td>"
        f"<td><code>{escape(stored.decode(errors='replace'))}</code></td></tr>\n"
    )


def _seen(message: Message, reader: str) -> str:
    verb = "wrote" if reader == message.sender else "reads"
    text = message.texts[reader]
    return f"{verb}: “{text}”" if text is not None else "cannot decrypt it"


_PAGE: Final = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width"><title>Amanat: what they read, what the server has</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
th, td {{ text-align: left; vertical-align: top; padding: .6rem; border-top: 1px solid #ccc }}
td p {{ margin: 0 }}
.who, .note {{ color: #666; font-size: .9em }}
.trouble {{ color: #a00 }}
code {{ font-size: .75em; overflow-wrap: anywhere }}
</style></head><body>
<h1>Apa yang mereka baca, apa yang disimpan server</h1>
<p>{people} are two sample people, each with an app of their own that speaks Matrix. They encrypt what they write; the
keys are in their apps. On the left is what they read. On the right are the very bytes of the server's row for the same
message: it sees who wrote when and how much, and not what.</p>
{state}<table><thead>
<tr><th>What they read · yang mereka baca</th><th>What the server stored · yang disimpan server</th></tr>
</thead><tbody>
{rows}</tbody></table>
<p class=note>The page looks again every three seconds. <a href="/">This server</a></p>
</body></html>
"""

"""What a flow says, as contents of `m.room.message`: any app shows a text and its numbers, ours shows buttons. Pure."""

from html import escape
from typing import Any, Final

from msgspec.structs import replace

from amanat.gateway.flows.rendering import fallback, plain
from amanat.gateway.flows.session import Message
from amanat.gateway.messages.markup import html
from amanat.gateway.messages.prompts import PROMPTS, prompts

PAGE_BYTES: Final = 4000
"""A longer text is said in several messages: what a phone shows at a glance, and far below what fits an event (65,536
bytes once encrypted) even where the text stands in it four times."""
MAX_HTML_BYTES: Final = 10_000
"""Of what marks make of a page. Above it the page is said without them: better so than in a message that is refused."""

_BORDERS: Final = ("\n\n", "\n", " ")
_HTML: Final = "org.matrix.custom.html"


def contents_of(message: Message) -> tuple[dict[str, Any], ...]:
    """Return the contents to send, in their order; a menu stands under the last."""
    *before, last = _pages(message.text) or [""]
    final = _menu(replace(message, text=last)) if message.options else _text(last)
    return (*(_text(page) for page in before), final)


def plain_contents_of(text: str) -> tuple[dict[str, Any], ...]:
    """Return the contents that say a text word for word: whoever writes in a chat writes no Markdown."""
    return tuple(_content(page, None) for page in _pages(text))


def _text(markdown: str) -> dict[str, Any]:
    return _content(plain(markdown), html(markdown))


def _menu(message: Message) -> dict[str, Any]:
    """Return a text with its menu: numbered for every app, and as prompts for those that know them."""
    marked = html(message.text)
    words = replace(message, text=plain(message.text))
    said = [{"body": words.text}]
    if marked and _fits(marked):
        # The best that an app can show comes first: matrix-org/matrix-spec-proposals#1767.
        said.insert(0, {"body": marked, "mimetype": "text/html"})
    below = prompts(message.options, menu=message.menu, intro={"m.text": said})
    return _content(fallback(words), marked and f"{marked}{_numbered(message)}") | {PROMPTS: below}


def _numbered(message: Message) -> str:
    """Return what `fallback` says below the text, as HTML."""
    lines = (f"{o.title} \u2013 {o.description}" if o.description else o.title for o in message.options)
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ol>{items}</ol>" + (f"<p>{escape(message.hint)}</p>" if message.hint else "")


def _content(body: str, marked: str | None) -> dict[str, Any]:
    # Not `m.notice`, though a program speaks: by the default push rules nobody hears of one, and people wait for this.
    # Nobody is called by what a text happens to hold. spec: client-server-api#user-and-room-mentions
    content: dict[str, Any] = {"msgtype": "m.text", "body": body, "m.mentions": {}}
    return content | {"format": _HTML, "formatted_body": marked} if marked and _fits(marked) else content


def _fits(marked: str) -> bool:
    return len(marked.encode()) <= MAX_HTML_BYTES


def _pages(text: str) -> list[str]:
    """Cut a text where it hurts least: between paragraphs, lines or words, else between two characters."""
    pages: list[str] = []
    rest = text.strip()
    while len(rest.encode()) > PAGE_BYTES:
        head = rest.encode()[:PAGE_BYTES].decode(errors="ignore")
        cuts = (head.rfind(border) for border in _BORDERS)
        cut = next((place for place in cuts if place > len(head) // 2), len(head))
        pages.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pages, rest] if rest else pages

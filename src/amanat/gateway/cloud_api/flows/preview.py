"""A flow as a page for whoever writes it: every screen with what stands on it, to be looked at. Pure.

Nothing can be filled in and no condition is worked out: what a screen is given stands there by its name, in braces.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from typing import Final
from urllib.parse import urlencode

from amanat.gateway.cloud_api.access import media_key
from amanat.gateway.forms.model import Footer, Part, Screen
from amanat.gateway.forms.sense import State, options, text

PATH: Final = "/whatsapp_flows/preview"
GOOD_FOR_S: Final = 24 * 3600

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'"
)
"""What the page may do: show itself."""

_STYLE: Final = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 68rem; padding: 1rem }
main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)) }
section { border: 1px solid GrayText; border-radius: .75rem; padding: 1rem; overflow-wrap: anywhere }
.field { border: 1px solid GrayText; border-radius: .5rem; margin: .75rem 0; padding: .5rem .75rem }
.field ul { margin: .25rem 0 0; padding-left: 1.25rem }
.footer { border-radius: .5rem; border: 2px solid; margin-top: .75rem; padding: .5rem; text-align: center }
.note { font-size: .875rem; margin: 0 }
img { max-width: 100% }
"""
_NOTICE: Final = "To be looked at: nothing can be filled in here."
_WORDS: Final = {"heading": "h3", "subheading": "h4", "body": "p", "caption": "small", "link": "p"}
_ANSWERS: Final = {
    "line": "a line",
    "lines": "several lines",
    "one": "one of these",
    "many": "any of these",
    "yes": "to agree",
    "date": "a day",
    "dates": "a first and a last day",
}


def link(base_url: str, flow: str, *, business: str, secret: str, now_s: int) -> tuple[str, int]:
    """Return the address of a flow's page, and until when it is good."""
    until = now_s + GOOD_FOR_S
    query = {"business": business, "flow": flow, "ext": until, "hash": _signed(flow, str(until), secret=secret)}
    return f"{base_url}{PATH}?{urlencode(query)}", until


def is_good(flow: str, *, until: str, given: str, secret: str, now_s: int) -> bool:
    """Whether an address leads to a flow's page still."""
    signed = _signed(flow, until, secret=secret)
    return hmac.compare_digest(given.encode(), signed.encode()) and int(until) > now_s


def page(name: str, screens: Sequence[Screen]) -> str:
    """Return the page."""
    state = State(given={each.id: {name: f"{{{name}}}" for name in each.takes} for each in screens}, answers={})
    shown = "".join(_screen(each, state) for each in screens)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(name)}</title><style>{_STYLE}</style>'
        f"<body><h1>{escape(name)}</h1><p>{_NOTICE}</p><main>{shown}</main></body>"
    )


def _screen(screen: Screen, state: State) -> str:
    parts = "".join(_part(part, state) for part in screen.parts)
    footers = "".join(_footer(footer, state) for footer in screen.footers)
    heading = f"<h2>{escape(screen.title or screen.id)}</h2><p class=note>{escape(screen.id)}</p>"
    return f"<section>{heading}{parts}{footers}</section>"


def _part(part: Part, state: State) -> str:
    sometimes = "" if part.when is True else "<p class=note>Only under a condition:</p>"
    if part.kind == "picture":
        source = f"data:{part.mimetype};base64,{part.source}"
        return f'{sometimes}<img alt="{escape(text(part.text, state))}" src="{escape(source)}">'
    if part.kind in _WORDS:
        tag, told = _WORDS[part.kind], text(part.text, state)
        return f"{sometimes}<{tag}>{escape(f'{told} ({part.url})' if part.url else told)}</{tag}>"
    required = ", required" if part.required is True else "" if part.required is False else ", required at times"
    asks = f"{_ANSWERS[part.kind]}{required}"
    helper = f"<p class=note>{escape(text(part.helper, state))}</p>" if part.helper else ""
    offered = "".join(f"<li>{escape(text(option.title, state))}</li>" for option in options(part.options, state))
    chosen = f"<ul>{offered}</ul>" if offered else ""
    label = escape(text(part.text, state))
    return f"<div class=field>{sometimes}<b>{label}</b> <span class=note>({asks})</span>{helper}{chosen}</div>"


def _footer(footer: Footer, state: State) -> str:
    leads = f"opens {footer.to}" if footer.to else f"sends {', '.join(footer.gives) or 'nothing'}"
    return f"<div class=footer>{escape(text(footer.label, state))}<p class=note>{escape(leads)}</p></div>"


def _signed(flow: str, until: str, *, secret: str) -> str:
    return hmac.new(media_key(secret).encode(), f"preview.{flow}.{until}".encode(), sha256).hexdigest()

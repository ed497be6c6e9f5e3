"""Forms under a bot's messages: as contents, as rows, and what becomes of an answer.

The form travels in the encrypted message, so the app needs nobody to fill it in. The answer travels alike and brings
what was written on each screen; what the bot is told is made of it here, by the form as it was sent.
"""

from collections.abc import Sequence
from hashlib import sha256
from html import escape
from typing import Final

from msgspec import json, to_builtins
from msgspec.structs import replace

from amanat.gateway.bots.forms.form_words import ELSEWHERE, REASONS, WORDS
from amanat.gateway.bots.model import FormBody, Json, Words
from amanat.gateway.bots.tables import FormRow, KeptForm, decode_screens
from amanat.gateway.forms.filling import Misfit, Page, sent_by
from amanat.gateway.forms.model import FORM, VERSION

GONE: Final = WORDS["id"]["gone"]
_MISFIT: Final = "Isian ini belum bisa diterima."


def with_form(content: Json, words: Words, *, form: FormBody) -> Json:
    """Return a content with a form below it; what it sends in the end is for the bot, and stays here."""
    shown: list[Json] = [{"body": words.text}]
    if words.html:
        # The best that an app can show comes first: matrix-org/matrix-spec-proposals#1767.
        shown.insert(0, {"body": words.html, "mimetype": "text/html"})
    screens = [
        replace(screen, footers=tuple(each if each.to else replace(each, gives={}) for each in screen.footers))
        for screen in form.screens
    ]
    told = {
        "v": VERSION,
        "intro": {"type": "m.room.message", "content": {"m.text": shown}},
        "button": form.button,
        "first": form.first,
        "data": form.data,
        "screens": to_builtins(screens),
    }
    below = f"[{form.button}] {ELSEWHERE}"
    content = content | {FORM: told, "body": f"{content['body']}\n\n{below}"}
    marked = content.get("formatted_body")
    return content | {"formatted_body": f"{marked}<p>{escape(below)}</p>"} if marked else content


def form_row(form: FormBody, *, ts: int) -> FormRow:
    """Return the row of a form's screens, which all messages with them share."""
    screens = json.encode(form.screens)
    return FormRow(sha256(screens).hexdigest(), screens, ts)


def kept_form(form: FormBody, row: FormRow) -> KeptForm:
    """Return what is kept of a form beside its message."""
    return KeptForm(digest=row.digest, first=form.first, data=form.data)


def values_of(pages: Sequence[Page], *, kept: KeptForm, row: FormRow) -> Json:
    """Return what a filled-in form sends; raises `Misfit`."""
    return sent_by(decode_screens(row.screens), pages, first=kept.first, data=kept.data)


def refusal(misfit: Misfit) -> str:
    """Return why an answer is not taken, in words for who sent it."""
    reason = REASONS["id"].get(misfit.reason)
    return f"{_MISFIT} {misfit.label[:200]}: {reason}" if reason and misfit.label else _MISFIT

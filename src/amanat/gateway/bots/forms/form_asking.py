"""A form that is asked in the chat, field by field, of who uses an app without forms.

It begins with a word that the form's message names. From then on what the person writes is an answer, and the bot's
program hears nothing of it; it is told the whole as if an app had sent it. Each question follows in the unit that takes
the answer before it: whatever is killed, nothing is asked or counted twice.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.answers import Answer, Answers
from amanat.gateway.bots.bodies import Sent, answered_by, body_of
from amanat.gateway.bots.forms.form_questions import changeable, checking, question, refused, summed
from amanat.gateway.bots.forms.form_words import BACK, BEGIN, CANCEL, SEND, WORDS, Language
from amanat.gateway.bots.forms.forms import values_of
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.menus import used_prompt
from amanat.gateway.bots.model import Body, FilledIn, Words
from amanat.gateway.bots.notes import Notes
from amanat.gateway.bots.people import Scene
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.tables import (
    CHAT_OF_ROOM,
    DRAFT_OF,
    DRAFTS,
    FORMS,
    MESSAGE_OF_EVENT,
    DraftRow,
    FormDraft,
    FormRow,
    Menu,
    MessageRow,
    decode_draft,
    decode_kept,
    decode_menu,
    decode_screens,
    encode,
)
from amanat.gateway.bots.upkeep import KEEP_DRAFTS_MS
from amanat.gateway.forms.asking import Asked, Done, Line, standing
from amanat.gateway.forms.fields import Unfit, fitting
from amanat.gateway.forms.filling import Misfit
from amanat.gateway.forms.written import read

MOST_BYTES: Final = 65_536
"""Of a draft: what an app's answer can have."""


class FormAsking:
    """One bot's. `needs` first, then `take` in a unit."""

    def __init__(self, on: Ground, answers: Answers) -> None:
        self._on = on
        self._answers = answers
        self._digests: Notes[frozenset[str]] = Notes()

    async def needs(self, event: Event) -> Sequence[Need]:
        """Return what `take` reads; which forms may be meant is noted for it."""
        store, answered = self._on.store, answered_by(event.content)
        draft = await store.first(DRAFT_OF, room_id=event.room_id)
        if draft is None and _language(body_of(event.type, event.content)) is None:
            return [(DRAFTS, (event.room_id,))]
        chat = await store.first(CHAT_OF_ROOM, room_id=event.room_id)
        row = await store.first(MESSAGE_OF_EVENT, event_id=answered) if answered else None
        said = [
            decode_draft(draft.draft).said if draft is not None else None,
            decode_menu(chat.menu) if chat is not None and chat.menu else None,
            _menu_of(row),
        ]
        digests = frozenset(each.kept.form.digest for each in said if each is not None and each.kept.form)
        self._digests.put(event.event_id, digests)
        return [(DRAFTS, (event.room_id,)), *((FORMS, (digest,)) for digest in digests)]

    def take(self, tx: Tx, event: Event, *, scene: Scene, body: Body | Sent, quoted: MessageRow | None) -> bool:
        """Take a message of a private chat that begins a form or goes on with it; False where it is the bot's."""
        if used_prompt(event.content) is not None:
            return False
        said = body.text.strip() if isinstance(body, Words) else ""
        row = tx.get(DRAFTS, event.room_id)
        held = row is not None and row.ts >= self._on.now_ms() - KEEP_DRAFTS_MS
        begun = None if held and quoted is None else _begun(said, scene=scene, quoted=quoted)
        draft = begun or (decode_draft(row.draft) if row is not None and held else None)
        if draft is None:
            return False
        form = self._form(tx, event, draft)
        if form is None:
            tx.delete(DRAFTS, event.room_id)
            self._answers.say(tx, scene, text=WORDS[draft.language]["gone"])
        elif begun is not None:
            self._go_on(tx, scene, draft=begun, form=form, before=WORDS[begun.language]["begin"])
        elif said.casefold() in CANCEL:
            tx.delete(DRAFTS, event.room_id)
            self._answers.say(tx, scene, text=WORDS[draft.language]["cancelled"])
        else:
            self._answer(tx, event, scene=scene, at=_At(draft, form), said=said)
        return True

    def forget(self, tx: Tx, event: Event) -> None:
        """Put that nothing is asked any more: an app sent the form."""
        tx.delete(DRAFTS, event.room_id)

    def _answer(self, tx: Tx, event: Event, *, scene: Scene, at: "_At", said: str) -> None:
        standing, draft, words = at.standing, at.draft, WORDS[at.draft.language]
        open_lines = changeable(standing)
        if not said:
            self._go_on(tx, scene, draft=draft, form=at.form, before=words["write"])
        elif said.casefold() in BACK and open_lines:
            self._go_on(tx, scene, draft=_without(draft, open_lines[-1]), form=at.form)
        elif isinstance(standing, Asked):
            self._take_field(tx, scene, at=at, asked=standing, said=said)
        elif said.casefold() in SEND and standing.pages is not None:
            self._send(tx, event, scene=scene, at=at, done=standing)
        elif said.isascii() and said.isdigit() and 1 <= int(said[:4]) <= len(open_lines):
            self._go_on(tx, scene, draft=_without(draft, open_lines[int(said[:4]) - 1]), form=at.form)
        else:
            self._go_on(tx, scene, draft=draft, form=at.form)

    def _take_field(self, tx: Tx, scene: Scene, *, at: "_At", asked: Asked, said: str) -> None:
        language, part = at.draft.language, asked.part
        try:
            value = fitting(part, read(part, said, state=asked.state), state=asked.state)
        except Unfit as unfit:
            before = refused(asked, unfit.reason, language=language)
            return self._go_on(tx, scene, draft=at.draft, form=at.form, before=before)
        on_screen = {**at.draft.answers.get(asked.screen, {}), part.name: value}
        draft = replace(at.draft, answers={**at.draft.answers, asked.screen: on_screen})
        if len(encode(draft)) > MOST_BYTES:
            return self._go_on(tx, scene, draft=at.draft, form=at.form, before=WORDS[language]["too_much"])
        return self._go_on(tx, scene, draft=draft, form=at.form)

    def _send(self, tx: Tx, event: Event, *, scene: Scene, at: "_At", done: Done) -> None:
        draft, kept = at.draft, at.draft.said.kept.form
        assert kept is not None
        try:
            values = values_of(done.pages or (), kept=kept, row=at.form)
        except Misfit as misfit:  # as an app's answer is looked through once more, so is ours
            before = f"{misfit.label}: {WORDS[draft.language]['wrong']}".removeprefix(": ")
            return self._go_on(tx, scene, draft=draft, form=at.form, before=before)
        tx.delete(DRAFTS, event.room_id)
        words = Words(text=summed(done, language=draft.language))
        answer = Answer(to=draft.said, words=words, told=partial(FilledIn, values=values))
        self._answers.tell(tx, event, scene=scene, answer=answer)
        return self._answers.say(tx, scene, text=WORDS[draft.language]["sent"])

    def _go_on(self, tx: Tx, scene: Scene, *, draft: FormDraft, form: FormRow, before: str = "") -> None:
        """Keep a draft, and ask what comes next in it."""
        tx.put(DRAFTS, DraftRow(scene.row.room_id, encode(draft), self._on.now_ms()))
        now = _At(draft, form).standing
        language = draft.language
        asks = question(now, language=language) if isinstance(now, Asked) else checking(now, language=language)
        self._answers.say(tx, scene, text="\n\n".join(filter(None, [before, asks])))

    def _form(self, tx: Tx, event: Event, draft: FormDraft) -> FormRow | None:
        form = draft.said.kept.form
        if form is None or form.digest not in self._digests.get(event.event_id, frozenset()):
            return None
        return tx.get(FORMS, form.digest)


class _At:
    """A draft and its form."""

    def __init__(self, draft: FormDraft, form: FormRow) -> None:
        self.draft, self.form = draft, form

    @property
    def standing(self) -> Asked | Done:
        kept = self.draft.said.kept.form
        assert kept is not None
        screens = decode_screens(self.form.screens)
        return standing(screens, self.draft.answers, first=kept.first, data=kept.data)


def _language(body: Body | Sent | None) -> Language | None:
    """Return in which language somebody asks to be asked; None if they do not."""
    return BEGIN.get(body.text.strip().rstrip(".!").casefold()) if isinstance(body, Words) else None


def _begun(said: str, *, scene: Scene, quoted: MessageRow | None) -> FormDraft | None:
    """Return the form that somebody begins to fill in: the one they answer, or else the newest in the chat."""
    language = _language(Words(text=said))
    if language is None:
        return None
    newest = decode_menu(scene.row.menu) if scene.row.menu and quoted is None else None
    asks = _menu_of(quoted) if quoted is not None else newest
    if asks is None or asks.kept.form is None:
        return None
    return FormDraft(said=asks, language=language)


def _menu_of(row: MessageRow | None) -> Menu | None:
    """Return a message of the bot's as what may be answered."""
    if row is None or row.user_id != "":
        return None
    return Menu(number=row.number, ts=row.ts, kept=decode_kept(row.kept))


def _without(draft: FormDraft, line: Line) -> FormDraft:
    answers: Mapping[str, Any] = draft.answers.get(line.screen, {})
    left = {name: value for name, value in answers.items() if name != line.part.name}
    return replace(draft, answers={**draft.answers, line.screen: left})

"""Forms that people filled in: what fits is told to the bot, and of the rest the sender hears."""

from collections.abc import Sequence
from functools import partial

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.answers import Answer, Answers
from amanat.gateway.bots.bodies import answered_by, words_of
from amanat.gateway.bots.forms.forms import GONE, refusal, values_of
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import FilledIn
from amanat.gateway.bots.notes import Notes
from amanat.gateway.bots.people import Scene
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.tables import FORMS, MESSAGE_OF_EVENT, MESSAGES, Menu, decode_kept
from amanat.gateway.forms.filling import Misfit, Page
from amanat.gateway.forms.model import FORM_ANSWER


class FormAnswers:
    """One bot's. `needs` first, then `take` in a unit that has the message that is answered, too."""

    def __init__(self, on: Ground, answers: Answers) -> None:
        self._on = on
        self._answers = answers
        self._digests: Notes[str] = Notes()

    async def needs(self, event: Event) -> Sequence[Need]:
        """Return what `take` reads beside the message; which form that is, is noted for it."""
        answered = answered_by(event.content) if FORM_ANSWER in event.content else None
        row = await self._on.store.first(MESSAGE_OF_EVENT, event_id=answered) if answered else None
        form = decode_kept(row.kept).form if row is not None else None
        if form is None:
            return []
        self._digests.put(event.event_id, form.digest)
        return [(FORMS, (form.digest,))]

    def take(self, tx: Tx, event: Event, *, scene: Scene, pages: Sequence[Page]) -> None:
        """Tell what a filled-in form sends. Who sent what does not fit is told so, and the bot hears nothing of it."""
        answered = answered_by(event.content)
        asked = tx.get(MESSAGES, answered) if answered else None
        kept = decode_kept(asked.kept) if asked is not None and asked.user_id == "" else None
        form = kept.form if kept is not None else None
        known = form is not None and self._digests.get(event.event_id, "") == form.digest
        row = tx.get(FORMS, form.digest) if form is not None and known else None
        if asked is None or kept is None or form is None or row is None:
            return self._answers.say(tx, scene, text=GONE)
        try:
            values = values_of(pages, kept=form, row=row)
        except Misfit as misfit:
            return self._answers.say(tx, scene, text=refusal(misfit))
        answer = Answer(
            to=Menu(number=asked.number, ts=asked.ts, kept=kept),
            words=words_of(event.content, without_quote=True),
            told=partial(FilledIn, values=values),
        )
        return self._answers.tell(tx, event, scene=scene, answer=answer)

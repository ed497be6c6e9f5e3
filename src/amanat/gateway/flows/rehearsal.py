"""A conversation without a chat: the production interpreter, with a flow's own tables as the only other side."""

from typing import Final

from amanat.gateway.flows.interpreter import advance, begin, due_ms
from amanat.gateway.flows.model import OUTCOMES, Flow, local_date
from amanat.gateway.flows.session import Act, Answered, Input, Message, Request, TimePassed, Turn
from amanat.gateway.flows.tables import answer_from_table

PRETENDED: Final = {"number": "CONTOH-1", "time": "09:00", "arrive": "08:30", "place": "Contoh"}
"""What a booking or a ticket that nobody made is called; its date is today's."""


class Rehearsal:
    """Speaks a flow. With `pretends`, bookings and tickets succeed although nothing is done."""

    def __init__(self, flow: Flow, *, now_ms: int, language: str | None = None, pretends: bool = False) -> None:
        self.flow = flow
        self.session = begin(flow, language=language)
        self.now_ms = now_ms
        self.visited: set[str] = set()
        self._pretends = pretends
        self._booked: set[str] = set()

    def hear(self, heard: Input) -> Turn:
        """Take an input, and every answer that can be given to what it leads to."""
        outputs: list[Message] = []
        effects: list[Request] = []
        following: Input | None = heard
        while following is not None:
            turn = advance(self.flow, self.session, heard=following, now_ms=self.now_ms)
            self.session = turn.session
            self.visited.update(turn.path)
            outputs += turn.outputs
            effects += turn.effects
            answers = [self._answer(effect) for effect in turn.effects if isinstance(effect, Act)]
            following = answers[0] if answers else None
        return Turn(session=self.session, outputs=tuple(outputs), effects=tuple(effects))

    def wait(self, milliseconds: int) -> Turn:
        """Let time pass, and do what falls due meanwhile when it does."""
        end = self.now_ms + milliseconds
        outputs: list[Message] = []
        effects: list[Request] = []
        while (due := due_ms(self.flow, self.session)) is not None and due <= end:
            self.now_ms = max(due, self.now_ms)
            turn = self.hear(TimePassed())
            outputs += turn.outputs
            effects += turn.effects
        self.now_ms = end
        return Turn(session=self.session, outputs=tuple(outputs), effects=tuple(effects))

    def _answer(self, act: Act) -> Answered | None:
        found = answer_from_table(self.flow, act)
        if found is not None or not self._pretends or act.kind == "call":
            return found
        values = {**PRETENDED, "date": local_date(self.flow, self.now_ms).isoformat()}
        outcome, names = next(iter(OUTCOMES[act.kind].items()))
        if act.kind == "find" and act.target not in self._booked:
            return Answered(effect=act.id, outcome="none")
        if act.kind == "book":
            self._booked.add(act.target)
        elif act.kind == "cancel":
            self._booked.discard(act.target)
        return Answered(effect=act.id, outcome=outcome, values={name: values[name] for name in names})

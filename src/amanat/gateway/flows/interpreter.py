"""Runs a flow: a pure function from a session and an input to the next session, what to say and what to have done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from amanat.gateway.flows import wording
from amanat.gateway.flows.answers import Wrong, read_answer
from amanat.gateway.flows.commands import command_in, language_in
from amanat.gateway.flows.matching import chosen, folded
from amanat.gateway.flows.model import (
    Ask,
    Choose,
    Count,
    Decide,
    Effect,
    End,
    Flow,
    HandOver,
    Option,
    Say,
    Step,
    local_date,
    targets,
)
from amanat.gateway.flows.rendering import render
from amanat.gateway.flows.results import values_of
from amanat.gateway.flows.session import (
    LANGUAGE_MENU,
    Act,
    Answered,
    GivenBack,
    HandToStaff,
    Input,
    Message,
    Request,
    Said,
    Sent,
    Session,
    TakeBack,
    TimePassed,
    Turn,
)
from amanat.gateway.office_files.calendars import is_open

_HELP_FROM: Final = 2
"""From the second failure on, a person is told of the ways on."""
_UNREAD: Final = {"voice": "voice", "picture": "picture", "video": "picture", "sticker": "not_understood"}


def begin(flow: Flow, *, language: str | None = None) -> Session:
    """Return the session of somebody who has said nothing yet."""
    return Session(
        flow=flow.id,
        version=flow.version,
        language=language if language in flow.languages else flow.languages[0],
        standing="new",
        step=flow.start,
        variables={},
    )


def advance(flow: Flow, session: Session, *, heard: Input, now_ms: int) -> Turn:
    """Return what one input leads to.

    Give the flow in the version that the session began in. If that is gone, the conversation begins anew.
    """
    if (session.flow, session.version) != (flow.id, flow.version) or session.step not in flow.steps:
        session = replace(begin(flow, language=session.language), effects=session.effects)
    conversation = _Conversation(flow, session, now_ms=now_ms)
    match heard:
        case Said():
            conversation.hear(heard)
        case Sent():
            conversation.receive(heard)
        case Answered():
            conversation.take_answer(heard)
        case GivenBack():
            conversation.take_back()
        case TimePassed():
            conversation.pass_time()
    return conversation.turn()


def due_ms(flow: Flow, session: Session) -> int | None:
    """Return when `TimePassed` has something to do, if nothing else happens before."""
    step = flow.steps.get(session.step)
    limits: list[int | None] = []
    if session.standing in ("asking", "choosing_language"):
        limits = [flow.idle_ms, step.timeout_ms if isinstance(step, Choose | Ask) else None]
    elif session.standing in ("working", "with_staff") and isinstance(step, Effect | HandOver):
        limits = [step.timeout_ms]
    known = [limit for limit in limits if limit is not None]
    return session.since_ms + min(known) if known else None


class _Conversation:
    """One turn in the making."""

    def __init__(self, flow: Flow, session: Session, *, now_ms: int) -> None:
        self._flow = flow
        self._session = session
        self._step = flow.steps[session.step]
        self._now_ms = now_ms
        self._outputs: list[Message] = []
        self._effects: list[Request] = []
        self._path: list[str] = []

    def turn(self) -> Turn:
        """Return what has come of it; what no step ahead uses is forgotten here."""
        variables = {name: value for name, value in self._session.variables.items() if name in self._still_needed()}
        return Turn(
            session=replace(self._session, variables=variables),
            outputs=tuple(self._outputs),
            effects=tuple(self._effects),
            path=tuple(self._path),
        )

    def hear(self, said: Said) -> None:
        """Take what a person wrote, or the button that was pressed."""
        if self._begins_anew():
            self._session = replace(self._session, variables={})
            if language := language_in(said.text, self._flow):
                self._session = replace(self._session, language=language)
            self._enter(self._pressed_at_start(said) or self._flow.start)
            return
        if not said.option and (command := command_in(said.text, self._flow)):
            self._obey(command)
            return
        match self._session.standing:
            case "working":
                self._wait_or_give_up()
            case "choosing_language":
                self._choose_language(said)
            case "asking":
                self._heard_now()
                self._take_reply(said)

    def receive(self, sent: Sent) -> None:
        """Take what is not text: kindly, and the question stands."""
        if self._begins_anew():
            self._session = replace(self._session, variables={})
            self._enter(self._flow.start)
        elif self._session.standing == "working":
            self._wait_or_give_up()
        elif self._session.standing != "with_staff":
            self._heard_now()
            self._not_usable(_UNREAD.get(sent.kind, "file"))

    def take_answer(self, answered: Answered) -> None:
        """Go on with what came of an effect; an answer that nobody waits for any more changes nothing."""
        if self._session.standing != "working" or answered.effect != str(self._session.effects):
            return
        step = self._step
        assert isinstance(step, Effect)
        self._remember(values_of(step, answered, connectors=self._flow.connectors))
        self._enter(step.when.get(answered.outcome, step.otherwise))

    def take_back(self) -> None:
        """Speak again after the staff."""
        if self._session.standing == "with_staff" and isinstance(self._step, HandOver):
            self._enter(self._step.go)

    def pass_time(self) -> None:
        """Do what is due."""
        due = due_ms(self._flow, self._session)
        if due is None or self._now_ms < due:
            return
        step = self._step
        if self._session.standing == "with_staff":
            self._effects.append(TakeBack())
        elif self._session.standing != "working" and self._is_idle():
            self._say("idle")
            self._end()
            return
        self._enter(getattr(step, "otherwise", "") or self._flow.start)

    # What a person may always ask for.

    def _obey(self, command: str) -> None:
        if self._session.standing == "with_staff":
            if command not in ("menu", "cancel"):
                return
            self._effects.append(TakeBack())
        if command == "language" and self._session.standing == "working":
            self._wait_or_give_up()
        elif command == "language":
            self._session = replace(self._session, standing="choosing_language", since_ms=self._now_ms)
            self._offer_languages("choose_language")
        elif command in self._flow.languages:
            self._speak(command)
        elif command == "human":
            self._enter(self._flow.human)
        else:
            if command == "cancel":
                self._say("cancelled")
            self._enter(self._flow.start)

    def _choose_language(self, said: Said) -> None:
        names = {code: wording.names_of(code) for code in self._flow.languages}
        language = said.option if said.option in names else chosen(said.text, names)
        if language:
            self._speak(language)
        else:
            self._heard_now()
            self._offer_languages("not_understood")

    def _offer_languages(self, text: str) -> None:
        options = tuple(Option(code, wording.names_of(code)[0]) for code in self._flow.languages)
        self._outputs.append(
            Message(text=self._text(text), options=options, menu=LANGUAGE_MENU, hint=self._text("how_to_choose"))
        )

    def _speak(self, language: str) -> None:
        """Change the language, and say again what was said last."""
        working = self._session.standing == "working"
        self._session = replace(self._session, language=language)
        if working:
            self._say("please_wait")
        else:
            self._session = replace(self._session, standing="asking", since_ms=self._now_ms)
            self._speak_step(self._step)

    # Answers to what a step asks.

    def _take_reply(self, said: Said) -> None:
        step = self._step
        if said.option and said.menu not in ("", step.name):
            if target := self._pressed_at_start(said):
                self._enter(target)
            else:
                self._say("old_button")
                self._speak_step(step)
        elif isinstance(step, Choose):
            self._take_choice(step, said)
        elif isinstance(step, Ask):
            self._take_value(step, said.text)

    def _take_choice(self, step: Choose, said: Said) -> None:
        texts = [self._flow.texts[code][step.say[-1]] for code in self._flow.languages]
        titles = {option: [text.options[option].title for text in texts] for option in step.options}
        option = said.option if said.option in titles else chosen(said.text, titles)
        if option:
            if step.save:
                self._remember({step.save: option})
            self._enter(step.options[option])
        elif command := command_in(said.text, self._flow, nearly=True):
            self._obey(command)
        else:
            self._not_usable("not_understood")

    def _take_value(self, step: Ask, text: str) -> None:
        answer = read_answer(text, step, today=local_date(self._flow, self._now_ms))
        if not isinstance(answer, Wrong):
            self._remember({step.ask: answer})
            self._enter(step.go)
        elif command := command_in(text, self._flow, nearly=True):
            self._obey(command)
        else:
            self._not_usable(step.wrong or answer.wording)

    def _not_usable(self, text: str) -> None:
        """Say kindly what is wrong, and the ways on; after too many tries at a question, go another way."""
        step = self._step
        failures = self._session.failures + 1
        if self._session.standing == "asking" and isinstance(step, Ask) and failures >= step.tries:
            self._enter(step.otherwise)
            return
        self._session = replace(self._session, failures=failures)
        if self._session.standing == "choosing_language":
            self._offer_languages(text)
            return
        said = [self._text(text)]
        if failures >= _HELP_FROM:
            said.append(self._text("ways_on_human" if self._flow.human else "ways_on"))
        self._outputs.append(self._message("\n\n".join(said), step))

    # Moving through the steps.

    def _pressed_at_start(self, said: Said) -> str | None:
        """Return where a button of the first menu leads: those go on working, however old they are."""
        start = self._flow.steps[self._flow.start]
        if isinstance(start, Choose) and said.menu == start.name:
            return start.options.get(said.option)
        return None

    def _enter(self, name: str) -> None:
        """Go to a step and on through all that do not wait: lint has seen to it that this ends."""
        next_step: str | None = name
        while next_step is not None:
            self._path.append(next_step)
            self._step = self._flow.steps[next_step]
            self._session = replace(self._session, standing="asking", step=next_step, failures=0, since_ms=self._now_ms)
            if isinstance(self._step, Count):
                self._count(self._step)
            self._speak_step(self._step)
            next_step = self._do(self._step)

    def _do(self, step: Step) -> str | None:
        """Do what a step does beyond speaking; return the next one if this does not wait."""
        match step:
            case Say() | Count():
                return step.go
            case Decide():
                return self._decide(step)
            case Effect():
                self._act(step)
            case HandOver():
                self._session = replace(self._session, standing="with_staff")
                variables = self._session.variables
                known = {name: variables[name] for name in step.arguments if name in variables}
                self._effects.append(HandToStaff(desk=step.desk, language=self._session.language, known=known))
            case End():
                self._end()
            case Choose() | Ask():
                pass
        return None

    def _count(self, step: Count) -> None:
        """Count before the step speaks, so that its text tells the new number."""
        count = step.start if step.start is not None else int(self._session.variables[step.count]) + 1
        self._remember({step.count: str(count)})

    def _decide(self, step: Decide) -> str:
        calendar = self._flow.calendars.get(step.decide)
        if calendar is None:
            value = self._session.variables.get(step.decide, "")
        else:
            now = datetime.fromtimestamp(self._now_ms / 1000, self._flow.zone)
            value = "open" if is_open(calendar, now) else "closed"
        cases = {folded(case): target for case, target in step.when.items()}
        return cases.get(folded(value), step.otherwise)

    def _act(self, step: Effect) -> None:
        number = self._session.effects + 1
        self._session = replace(self._session, standing="working", effects=number)
        self._effects.append(
            Act(
                id=str(number),
                kind=step.kind,
                target=step.target,
                arguments={name: self._session.variables.get(name, "") for name in step.arguments},
                secrets=self._flow.secrets & set(step.arguments),
                deadline_ms=self._now_ms + step.timeout_ms,
            )
        )

    def _end(self) -> None:
        self._session = replace(self._session, standing="ended", step=self._flow.start, variables={})

    def _begins_anew(self) -> bool:
        waits = self._session.standing in ("asking", "choosing_language")
        return self._session.standing in ("new", "ended") or (waits and self._is_idle())

    def _is_idle(self) -> bool:
        return self._now_ms >= self._session.since_ms + self._flow.idle_ms

    def _heard_now(self) -> None:
        self._session = replace(self._session, since_ms=self._now_ms)

    def _wait_or_give_up(self) -> None:
        due = due_ms(self._flow, self._session)
        if due is not None and self._now_ms >= due:
            self.pass_time()
        else:
            self._say("please_wait")

    def _remember(self, values: Mapping[str, str]) -> None:
        self._session = replace(self._session, variables={**self._session.variables, **values})

    def _still_needed(self) -> frozenset[str]:
        needed = self._flow.needed
        if self._session.standing in ("working", "with_staff"):
            return frozenset().union(*(needed[target] for target in targets(self._step)))
        return frozenset() if self._session.standing in ("new", "ended") else needed[self._session.step]

    # Speaking.

    def _speak_step(self, step: Step) -> None:
        for name in step.say[:-1]:
            self._say(name)
        if step.say:
            self._outputs.append(self._message(self._text(step.say[-1]), step))

    def _message(self, text: str, step: Step) -> Message:
        """Return a text with the menu of a step that has one."""
        if not isinstance(step, Choose):
            return Message(text=text)
        options = self._flow.texts[self._session.language][step.say[-1]].options
        return Message(
            text=text,
            options=tuple(options[option] for option in step.options),
            menu=step.name,
            hint=self._text("how_to_choose"),
        )

    def _say(self, name: str) -> None:
        self._outputs.append(Message(text=self._text(name)))

    def _text(self, name: str) -> str:
        variables = self._session.variables
        if isinstance(self._step, Ask):
            variables = {**variables, "min": self._step.min, "max": self._step.max}
        return render(self._flow, name, language=self._session.language, variables=variables)

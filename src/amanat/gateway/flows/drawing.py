"""A flow as a picture: a Mermaid flowchart, which many editors and web pages draw."""

from collections.abc import Iterator
from typing import Final

from amanat.gateway.flows.model import Ask, Choose, Count, Decide, Effect, End, Flow, HandOver, Say, Step

_SHAPES: Final[dict[type[Step], tuple[str, str]]] = {
    Say: ("[", "]"),
    Choose: ("[/", "/]"),
    Ask: ("[/", "\\]"),
    Decide: ("{", "}"),
    Count: ("[", "]"),
    Effect: ("[[", "]]"),
    HandOver: ("([", "])"),
    End: ("((", "))"),
}


def mermaid(flow: Flow, *, language: str) -> str:
    """Return a flow as a Mermaid flowchart, its menus in one language."""
    lines = ["flowchart TD"]
    for step in flow.steps.values():
        opening, closing = _SHAPES[type(step)]
        lines.append(f'    {_id(step.name)}{opening}"{_label(step)}"{closing}')
    for step in flow.steps.values():
        lines += [
            f'    {_id(step.name)} -->|"{_quoted(way)}"| {_id(target)}'
            if way
            else f"    {_id(step.name)} --> {_id(target)}"
            for way, target in _ways(flow, step, language)
        ]
    return "\n".join(lines) + "\n"


def _ways(flow: Flow, step: Step, language: str) -> Iterator[tuple[str, str]]:
    match step:
        case Say() | Count():
            yield "", step.go
        case Choose():
            options = flow.texts[language][step.say[-1]].options
            for option, target in step.options.items():
                yield options[option].title, target
        case Ask() | HandOver():
            yield "", step.go
        case Decide() | Effect():
            yield from step.when.items()
    if otherwise := getattr(step, "otherwise", ""):
        yield "otherwise", otherwise


def _label(step: Step) -> str:
    match step:
        case Ask():
            what = f"ask {step.ask}"
        case Decide():
            what = f"{step.decide}?"
        case Count():
            what = f"count {step.count}" if step.start is None else f"count {step.count} from {step.start}"
        case Effect():
            what = f"{step.kind} {step.target}"
        case HandOver():
            what = f"hand over to {step.desk}"
        case _:
            return _quoted(step.name)
    return _quoted(f"{step.name}: {what}")


def _id(name: str) -> str:
    """Mermaid takes `end` and other words for its own, so that no step's name can stand alone."""
    return f"step_{name}"


def _quoted(text: str) -> str:
    return text.replace("#", "#35;").replace('"', "#quot;")

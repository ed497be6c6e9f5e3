"""What follows from how steps lead to each other: what cannot be reached, what goes round, what has to be kept."""

from collections.abc import Collection, Iterator, Mapping

from amanat.gateway.flows.model import OUTCOMES, WAITING, Ask, Choose, Connector, Count, Effect, HandOver, Step, targets
from amanat.gateway.flows.results import value_names

Needed = dict[str, frozenset[str]]


def reachable(steps: Mapping[str, Step], roots: Collection[str]) -> set[str]:
    """Return every step that there is a way to."""
    found: set[str] = set()
    waiting = [root for root in roots if root in steps]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [target for target in targets(steps[name]) if target in steps]
    return found


def endless_loop(steps: Mapping[str, Step]) -> list[str]:
    """Return the steps of a loop that never waits for the person, first step last again; none if there is none."""
    finished: set[str] = set()
    for name in steps:
        if loop := _loop_from(name, steps=steps, path=[], finished=finished):
            return loop
    return []


def _loop_from(name: str, *, steps: Mapping[str, Step], path: list[str], finished: set[str]) -> list[str]:
    # An explicit stack: a long chain of steps must not exhaust Python's own.
    stack: list[Iterator[str]] = [iter((name,))]
    while stack:
        following = next(stack[-1], None)
        if following is None:
            stack.pop()
            if path and stack:
                finished.add(path.pop())
        elif following in path:
            return [*path[path.index(following) :], following]
        elif following in steps and following not in finished and not isinstance(steps[following], WAITING):
            path.append(following)
            stack.append(iter(targets(steps[following])))
    return []


def needed_variables(
    steps: Mapping[str, Step], *, uses: Mapping[str, Collection[str]], connectors: Mapping[str, Connector]
) -> Needed:
    """Return for each step the variables that it, or a step after it, uses before they are set anew."""
    needed: Needed = {name: frozenset(uses[name]) for name in steps}
    changed = True
    while changed:
        changed = False
        for name, step in steps.items():
            more = needed[name].union(
                *(
                    needed[target] - set_on(step, target, connectors=connectors)
                    for target in targets(step)
                    if target in steps
                )
            )
            if more != needed[name]:
                needed[name], changed = more, True
    return needed


def set_on(step: Step, target: str, *, connectors: Mapping[str, Connector]) -> frozenset[str]:
    """Return the variables that have a value whenever this step leads to that one."""
    match step:
        case Ask() if target == step.go != step.otherwise:
            return frozenset({step.ask})
        case Count():
            return frozenset({step.count})
        case Choose() if step.save and target != step.otherwise:
            return frozenset({step.save})
        case Effect() if target != step.otherwise:
            ways = [case for case, to in step.when.items() if to == target]
            return frozenset.intersection(*(frozenset(value_names(step, way, connectors=connectors)) for way in ways))
    return frozenset()


def desks_of(steps: Mapping[str, Step]) -> set[str]:
    """Return every desk that some step gives a chat or a ticket to."""
    given = {step.desk for step in steps.values() if isinstance(step, HandOver)}
    return given | {step.target for step in steps.values() if isinstance(step, Effect) and step.kind == "ticket"}


def variables_of(steps: Mapping[str, Step], connectors: Mapping[str, Connector]) -> set[str]:
    """Return every variable that some step sets."""
    known: set[str] = set()
    for step in steps.values():
        match step:
            case Ask():
                known.add(step.ask)
            case Choose() if step.save:
                known.add(step.save)
            case Count():
                known.add(step.count)
            case Effect():
                known.update(*(value_names(step, way, connectors=connectors) for way in OUTCOMES[step.kind]))
    return known

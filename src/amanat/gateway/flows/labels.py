"""What the variables and desks of a flow, and the options that they hold, are called: in the words of its folder. Pure.

A text `label_purpose` says what the staff read instead of `purpose`; what a menu saves is called as its option is.
"""

from typing import Final

from amanat.gateway.flows.model import Choose, Flow

LABEL: Final = "label_"
"""How the name of a text begins that says what a variable or a desk is called."""

Words = dict[str, str]
"""By language."""


def labels_of(flow: Flow) -> dict[str, Words]:
    """Return what variables and desks are called, where the folder says so."""
    found: dict[str, Words] = {}
    for language, texts in flow.texts.items():
        for name, text in texts.items():
            if name.startswith(LABEL):
                found.setdefault(name.removeprefix(LABEL), {})[language] = " ".join(text.body.split())
    return found


def options_of(flow: Flow) -> dict[str, dict[str, Words]]:
    """Return what the options are called that menus save, by variable and option."""
    found: dict[str, dict[str, Words]] = {}
    for step in flow.steps.values():
        if isinstance(step, Choose) and step.save and step.say:
            for language, texts in flow.texts.items():
                text = texts.get(step.say[-1])
                for option in text.options.values() if text else ():
                    found.setdefault(step.save, {}).setdefault(option.id, {})[language] = option.title
    return found

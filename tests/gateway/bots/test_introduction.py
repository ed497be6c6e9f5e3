"""What people's apps show of what a bot says."""

from amanat.gateway.bots.introduction import ABOUT, HINT, MOST_COMMANDS, Command, Introduction, introduced


def test_what_is_empty_is_not_shown_and_what_is_too_much_is_cut() -> None:
    assert introduced(about={"": " "}, commands={"en": []}) == Introduction()
    told = introduced(
        about={"": "x" * 600}, commands={"": [(f"c{each}", "y" * 300) for each in range(100)]}, prompts=("a",) * 9
    )
    assert (len(told.about[""]), len(told.commands[""]), len(told.prompts)) == (ABOUT, MOST_COMMANDS, 4)
    assert told.commands[""][0] == Command(name="c0", hint="y" * HINT)

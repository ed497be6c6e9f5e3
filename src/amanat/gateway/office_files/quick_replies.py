"""What the staff say often: `quick_replies.id.md`, a file for each language, a heading for each reply. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from amanat.gateway.office_files.headings import blocks
from amanat.gateway.office_files.problems import Findings

MAX_REPLIES: Final = 100
MAX_TITLE: Final = 80
MAX_TEXT: Final = 4000
"""Of a reply, in characters: as much as the staff can write themselves."""


class QuickReply(Struct, frozen=True, kw_only=True):
    """One reply, by language."""

    title: dict[str, str]
    text: dict[str, str]


def file_of(language: str) -> str:
    """Return the name of a language's file."""
    return f"quick_replies.{language}.md"


def read_quick_replies(
    contents: Mapping[str, str], *, languages: Sequence[str], findings: Findings
) -> tuple[QuickReply, ...]:
    """Read the replies of every language: the first of one file is the first of each other. A service may have none."""
    there = [language for language in languages if file_of(language) in contents]
    if not there:
        return ()
    read = {}
    for language in languages:
        if language not in there:
            sentence = f"{file_of(there[0])} is there, and this file is missing: the staff reply in each language."
            findings.add(file_of(language), 1, sentence=sentence)
        else:
            read[language] = _read(file_of(language), contents[file_of(language)], findings=findings)
    counts = {language: len(replies) for language, replies in read.items()}
    first = there[0]
    for language, count in counts.items():
        if count != counts[first]:
            sentence = f"{count} replies stand here and {counts[first]} in {file_of(first)}: each needs its fellow."
            findings.add(file_of(language), 1, sentence=sentence)
    return tuple(
        QuickReply(
            title={language: replies[at][0] for language, replies in read.items()},
            text={language: replies[at][1] for language, replies in read.items()},
        )
        for at in range(min(counts.values(), default=0))
    )


def _read(file: str, content: str, *, findings: Findings) -> list[tuple[str, str]]:
    replies: list[tuple[str, str]] = []
    for title, line, lines in blocks(file, content, findings=findings):
        text = "\n".join(lines).strip()
        if not title or len(title) > MAX_TITLE:
            findings.add(file, line, sentence=f"A reply's title has 1 to {MAX_TITLE} characters.")
        if not text or len(text) > MAX_TEXT:
            findings.add(file, line, sentence=f"A reply's text has 1 to {MAX_TEXT} characters.")
        if title in (other for other, _ in replies):
            findings.add(file, line, sentence=f"There is a reply '{title}' above already: drop one.")
        replies.append((title, text))
    if len(replies) > MAX_REPLIES:
        findings.add(file, 1, sentence=f"There are {len(replies)} replies, {MAX_REPLIES} at most.")
    return replies

"""Write `tools/spec_anchors.txt`: every place of the Matrix specification that our code may cite.

Run by hand when the pinned specification moves: `python -m tools.spec_anchors CHECKOUT REVISION`, with a checkout of
the specification's repository. The list holds anchors only, as its website makes them: of headings, endpoints, events
and definitions.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
ANCHORS = Path("tools/spec_anchors.txt")

PAGES = {
    "appendices": "appendices.md",
    "client-server-api": "client-server-api/_index.md",
    "olm-megolm/megolm": "olm-megolm/megolm.md",
    "olm-megolm/olm": "olm-megolm/olm.md",
    "server-server-api": "server-server-api.md",
    **{f"rooms/v{version}": f"rooms/v{version}.md" for version in range(1, 13)},
}

FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
HEADING = re.compile(r"^#{1,6} +(?P<text>.*?)(?:\s*\{(?:id=\"|#)(?P<id>[^\"}]+)\"?\})?\s*$")
SHORTCODE = re.compile(r"\{\{[%<] */?(?P<name>[\w/-]+)(?P<arguments>.*?)[%>]\}\}")
NAMED_PLACE = re.compile(r"<a id=\"([^\"]+)\">")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def anchorize(text: str) -> str:
    """The anchor that the website's generator gives a text."""
    kept = (c for c in text.strip().lower() if c.isalnum() or c in "-_ ")
    return "".join(kept).replace(" ", "-")


def page_anchors(checkout: Path, page: str) -> Iterator[str]:
    """The anchors of one page, in order; a repeated heading gets a number, as on the website."""
    seen: Counter[str] = Counter()
    for line in _lines(checkout, checkout / "content" / PAGES[page]):
        if heading := HEADING.match(line):
            anchor = heading["id"] or anchorize(_plain(heading["text"]))
            yield f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor
            seen[anchor] += 1
        yield from NAMED_PLACE.findall(line)
        for name, arguments in _shortcodes(line):
            if generate := RENDERED.get(name):
                yield from generate(checkout, arguments)


def _lines(checkout: Path, file: Path) -> Iterator[str]:
    """The lines of a page outside code blocks, with the files it includes in their places."""
    fence = ""
    for line in file.read_text().splitlines():
        if mark := FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence:
            yield line
            for name, arguments in _shortcodes(line):
                if folder := INCLUDED.get(name):
                    included = arguments.get("filename") or arguments["name"]
                    yield from _lines(checkout, checkout / "content" / folder / f"{included}.md")


def _shortcodes(line: str) -> Iterator[tuple[str, dict[str, str]]]:
    for found in SHORTCODE.finditer(line):
        yield found["name"], dict(re.findall(r"(\w+)=\"([^\"]*)\"", found["arguments"]))


def _plain(text: str) -> str:
    return LINK.sub(r"\1", SHORTCODE.sub("", text))


def _operations(checkout: Path, arguments: dict[str, str]) -> Iterator[str]:
    api = _data(checkout, f"api/{arguments['spec']}/{arguments['api']}")
    base = api["servers"][0]["variables"]["basePath"]["default"]
    prefix = f"{arguments['anchor_base']}_" if "anchor_base" in arguments else ""
    for path, methods in api["paths"].items():
        for method in methods.keys() & {"get", "post", "put", "delete"}:
            yield f"{prefix}{method}{anchorize(base + path)}"


def _event(_checkout: Path, arguments: dict[str, str]) -> Iterator[str]:
    yield anchorize(arguments["event"])


def _event_group(checkout: Path, arguments: dict[str, str]) -> Iterator[str]:
    for file in (checkout / "data/event-schemas/schema").glob(f"{arguments['group_name']}*.yaml"):
        yield anchorize(file.stem)


def _definition(checkout: Path, arguments: dict[str, str]) -> Iterator[str]:
    if title := _data(checkout, arguments["path"]).get("title"):
        yield f"definition-{anchorize(title)}"


def _data(checkout: Path, path: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((checkout / "data" / f"{path}.yaml").read_text())
    return data


RENDERED: dict[str, Callable[[Path, dict[str, str]], Iterator[str]]] = {
    "definition": _definition,
    "event": _event,
    "event-group": _event_group,
    "http-api": _operations,
}
INCLUDED = {"cs-module": "client-server-api/modules", "rver-fragment": "rooms/fragments"}


def main(checkout: str, revision: str) -> None:
    """Write the list."""
    anchors = {f"{page}#{anchor}" for page in PAGES for anchor in page_anchors(Path(checkout), page)}
    head = f"# Anchors of the Matrix specification at {revision}, written by tools/spec_anchors.py.\n"
    (ROOT / ANCHORS).write_text(head + "".join(f"{anchor}\n" for anchor in sorted(anchors)))


if __name__ == "__main__":
    main(*sys.argv[1:])

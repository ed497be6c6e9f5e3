"""The Markdown of a flow as HTML that every Matrix app shows: no HTML of its author's, no pictures. Pure.

Spec: client-server-api#mroommessage-msgtypes (which tags an app may be given).
"""

import re
from typing import Final

from markdown_it import MarkdownIt

# A line that begins in the text begins on the screen: rows of tables stand below each other.
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "html_block", "html_inline", "entity", "code", "lheading", "reference"]
)
# What can make something of a text that is more than its words. Most texts have nothing of it, and need no second form.
_MARK: Final = re.compile(r"[*_`\[<]|^ {0,3}(?:#|>|[-+]\s|\d{1,9}[.)]\s)", re.M)


def html(markdown: str) -> str | None:
    """Return a text as HTML, in which what looks like HTML is shown as it was written; None where words say as much."""
    return _MARKDOWN.render(markdown).strip() if _MARK.search(markdown) else None

"""Policies as a page shows them."""

from amanat.product.consent.texts import Block, blocks

TEXT = """# Suggestions

What is read
on two lines.
## What we do
- We look at names,
  and nothing else.
- We forget.

1. First
2. Second
<script>alert(1)</script>
"""


def test_a_text_is_headings_lists_and_paragraphs() -> None:
    assert list(blocks(TEXT)) == [
        Block("heading", ("Suggestions",)),
        Block("paragraph", ("What is read on two lines.",)),
        Block("heading", ("What we do",)),
        Block("list", ("We look at names, and nothing else.", "We forget.")),
        Block("list", ("First", "Second <script>alert(1)</script>")),
    ]


def test_lines_end_as_they_like() -> None:
    assert blocks("# A\r\n\r\nB\r\n") == blocks("# A\n\nB\n")
    assert list(blocks("\n\n")) == []

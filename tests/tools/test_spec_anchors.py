"""Anchors are those of the specification's website."""

from pathlib import Path

import pytest

from tools.spec_anchors import anchorize, page_anchors


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Room Version 11", "room-version-11"),
        ("`m.room.power_levels`", "mroompower_levels"),
        ("Server-side search: what's new?", "server-side-search-whats-new"),
    ],
)
def test_a_heading_becomes_an_anchor(text: str, anchor: str) -> None:
    assert anchorize(text) == anchor


def anchors(root: Path, **files: str) -> list[str]:
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path = path.with_suffix(".yaml" if path.parts[len(root.parts)] == "data" else ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return list(page_anchors(root, "appendices"))


def test_a_repeated_heading_is_numbered(tmp_path: Path) -> None:
    assert anchors(tmp_path, content__appendices="# Sync\n## Sync\n### Sync\n") == ["sync", "sync-1", "sync-2"]


def test_a_heading_may_name_its_own_anchor(tmp_path: Path) -> None:
    assert anchors(tmp_path, content__appendices='## Login {id="legacy-login"}\n## Knock {#knock}\n') == [
        "legacy-login",
        "knock",
    ]


def test_code_blocks_hold_no_headings(tmp_path: Path) -> None:
    assert anchors(tmp_path, content__appendices="# One\n```sh\n# a comment\n```\n# Two\n") == ["one", "two"]


def test_a_link_in_a_heading_counts_as_its_text(tmp_path: Path) -> None:
    assert anchors(tmp_path, content__appendices="## The [grammar](/x#y) of ids\n") == ["the-grammar-of-ids"]


def test_a_place_named_in_html_is_an_anchor(tmp_path: Path) -> None:
    assert anchors(tmp_path, content__appendices='**<a id="mruletombstone"></a>`.m.rule.tombstone`**\n') == [
        "mruletombstone"
    ]


def test_an_included_file_stands_in_its_place(tmp_path: Path) -> None:
    page = '# One\n{{% rver-fragment name="inner" %}}\n# One\n'
    assert anchors(tmp_path, content__appendices=page, content__rooms__fragments__inner="# One\n# Two\n") == [
        "one",
        "one-1",
        "two",
        "one-2",
    ]


def test_endpoints_events_and_definitions_have_anchors(tmp_path: Path) -> None:
    page = (
        '{{% http-api spec="client-server" api="typing" %}}\n'
        '{{% event event="m.room.create" %}}\n'
        '{{% event-group group_name="m.call." %}}\n'
        '{{% definition path="api/definitions/file" %}}\n'
    )
    api = "servers: [{variables: {basePath: {default: /v3}}}]\npaths: {'/typing/{userId}': {put: {}, parameters: []}}\n"
    (tmp_path / "data/event-schemas/schema").mkdir(parents=True)
    (tmp_path / "data/event-schemas/schema/m.call.answer.yaml").touch()
    data = {"data__api__client-server__typing": api, "data__api__definitions__file": "title: EncryptedFile\n"}
    assert anchors(tmp_path, content__appendices=page, **data) == [
        "putv3typinguserid",
        "mroomcreate",
        "mcallanswer",
        "definition-encryptedfile",
    ]

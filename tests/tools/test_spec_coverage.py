"""The page says of each operation whether it is served, refused or absent."""

from pathlib import Path

from tools.spec_coverage import Operation, Served, misnamed, render

TYPING = Operation(
    method="PUT", path="/rooms/{roomId}/typing/{userId}", operation_id="setTyping", deprecated=False, tag="Rooms"
)
EVENTS = Operation(method="GET", path="/events", operation_id="getEvents", deprecated=True, tag="Rooms")
OURS = Served(
    method="PUT", path="/rooms/{room_id}/typing/{user_id}", module="client_api/typing.py", function="set_typing"
)


def lines(*operations: Operation, served: list[Served], root: Path, refused: dict[str, str] | None = None) -> list[str]:
    page = render(operations, served=served, refused=refused or {}, root=root)
    return [line for line in page.splitlines() if line.startswith("| ") and "operation" not in line]


def test_a_served_operation_names_its_place_and_its_test(tmp_path: Path) -> None:
    (tmp_path / "tests/client_api").mkdir(parents=True)
    (tmp_path / "tests/client_api/test_typing.py").touch()
    assert lines(TYPING, served=[OURS], root=tmp_path) == [
        "| setTyping | `PUT /rooms/{roomId}/typing/{userId}` | served | `client_api/typing.py` set_typing"
        " | `tests/client_api/test_typing.py` |"
    ]


def test_an_operation_without_a_route_is_absent(tmp_path: Path) -> None:
    assert lines(EVENTS, served=[OURS], root=tmp_path) == ["| getEvents (deprecated) | `GET /events` | absent |  |  |"]


def test_another_method_of_the_same_path_is_another_operation(tmp_path: Path) -> None:
    got = Served(method="GET", path=OURS.path, module=OURS.module, function="typing")
    assert "absent" in lines(TYPING, served=[got], root=tmp_path)[0]


def test_a_refused_operation_says_why(tmp_path: Path) -> None:
    line = lines(EVENTS, served=[], root=tmp_path, refused={"getEvents": "sync replaced it"})
    assert line == ["| getEvents (deprecated) | `GET /events` | refused | sync replaced it |  |"]


def test_the_page_counts_each_word(tmp_path: Path) -> None:
    page = render([TYPING, EVENTS], served=[OURS], refused={}, root=tmp_path)
    assert "2 operations: 1 served, 0 refused, 1 absent." in page


def test_a_route_that_claims_an_operation_stands_at_one_of_its_paths() -> None:
    def claim(path: str, spec: str) -> Served:
        return Served(method="PUT", path=path, module=OURS.module, function="set_typing", spec=spec)

    assert misnamed([TYPING], [claim(OURS.path, "setTyping"), claim("/older/address", "setTyping")]) == []
    for wrong in (claim("/elsewhere", "setTyping"), claim(OURS.path, "putTyping")):
        (problem,) = misnamed([TYPING], [wrong])
        assert problem.startswith(f"src/amanat/client_api/typing.py: set_typing says it is {wrong.spec}")

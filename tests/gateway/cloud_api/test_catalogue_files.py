"""Files of products: what is wrong is told with the line that it begins in."""

import pytest

from amanat.gateway.cloud_api.catalogue_files import MOST, read_file

HEAD = "id,title,description,availability,condition,price,link,image_link,brand\n"


def test_a_file_as_spreadsheets_write_it() -> None:
    text = f'\ufeff{HEAD}KOPI,"Kopi, panas","Arabika\nGayo",in stock,new,15000 IDR,,,Warung\r\n\r\nTEH,Teh,,,,1 IDR\r\n'
    changes, wrong = read_file(text)
    assert wrong == []
    assert [(each.line, each.id, each.data["title"]) for each in changes] == [
        (2, "KOPI", "Kopi, panas"),
        (5, "TEH", "Teh"),
    ]
    assert changes[0].data["description"] == "Arabika\nGayo"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "none called id, title, price"),
        ("id,title\nA,a\n", 1, "none called price"),
        ("id,title,price,id\nA,a,1 IDR,B\n", 1, "names id twice"),
        ("id,title,price\n", 1, "0 products"),
        ("id,title,price\nA,a,1 IDR\n\nB,b,1 IDR,new\n", 4, "4 cells, and there are 3"),
        ('id,title,price\nA,"a,1 IDR\n', 2, "no CSV"),
        ("id,title,price\nA,a,1 IDR\nA,b,2 IDR\n", 3, "line 2"),
        ("id,title,price\n" + "A,a,1 IDR\n" * (MOST + 1), 1, f"{MOST + 1} products"),
    ],
)
def test_what_is_wrong_with_a_file(text: str, line: int, said: str) -> None:
    _, wrong = read_file(text)
    assert any(each.line == line and said in each.message for each in wrong), wrong[:3]

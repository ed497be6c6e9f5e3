"""Changes are looked through in their order."""

from amanat.gateway.cloud_api.batches import Change, plan, with_few_pictures

COFFEE = {"id": "KOPI", "title": "Kopi", "price": "15000 IDR", "image_link": "https://toko.example/kopi.png"}


def _changes(*asked: tuple[str, dict[str, str]]) -> list[Change]:
    return [Change(line=line, method=method, data=data) for line, (method, data) in enumerate(asked)]


def test_what_goes_and_comes_again_is_there() -> None:
    planned = plan(_changes(("delete", {"id": "KOPI"}), ("create", COFFEE)), {})
    assert (list(planned.products), planned.without, planned.wrong) == (["KOPI"], frozenset(), ())
    planned = plan(_changes(("CREATE", COFFEE), ("DELETE", {"id": "KOPI"})), {})
    assert (planned.products, planned.pictures, planned.without) == ({}, {}, frozenset({"KOPI"}))


def test_a_later_change_goes_over_an_earlier_one() -> None:
    planned = plan(_changes(("CREATE", COFFEE), ("UPDATE", {"id": "KOPI", "title": "Kopi susu"})), {})
    assert planned.products["KOPI"].title == "Kopi susu"
    assert planned.pictures == {"KOPI": "https://toko.example/kopi.png"}
    planned = plan(_changes(("UPDATE", {"title": "?"})), {})
    assert [each.line for each in planned.wrong] == [0]


def test_pictures_over_the_bound_wait_for_another_batch() -> None:
    asked = _changes(
        *[("CREATE", COFFEE | {"id": id}) for id in "ABC"], ("CREATE", {"id": "D", "title": "d", "price": "1 IDR"})
    )
    few = with_few_pictures(plan(asked, {}), most=2)
    assert (list(few.products), list(few.pictures)) == (["A", "B", "D"], ["A", "B"])
    assert [(each.line, each.id) for each in few.wrong] == [(2, "C")]

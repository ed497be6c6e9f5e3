"""No way leads around the ledger: what partners reach, and who may read what it keeps."""

from pathlib import Path

from grimp import build_graph

GRAPH = build_graph("amanat", cache_dir=None)
CONTRACTS = (Path(__file__).resolve().parent.parent.parent / ".importlinter").read_text()

FEATURE = "amanat.product.ledger"
PARTNER_API = f"{FEATURE}.partner_api"


def test_what_partners_ask_reaches_nothing_but_the_ledger() -> None:
    reached = GRAPH.find_modules_directly_imported_by(PARTNER_API)
    assert {module for module in reached if not module.startswith(("amanat.core", "amanat.edge"))} == {
        f"{FEATURE}.ledger",
        f"{FEATURE}.partners",
    }


def test_nobody_else_reads_the_rows_or_recognises_a_partner() -> None:
    """Whoever can tell a partner by its token could answer it."""

    def importers(module: str) -> set[str]:
        found = GRAPH.find_modules_that_directly_import(f"{FEATURE}.{module}")
        return {name for name in found if not name.startswith(FEATURE)}

    assert importers("tables") == {"amanat.product.holdings"}
    assert importers("partners") == {"amanat.admin_api.partners", "amanat.product.assembly"}


def test_the_walls_are_held_by_the_linter_too() -> None:
    assert "What a third party reads goes through the ledger" in CONTRACTS
    assert PARTNER_API in CONTRACTS

"""Partners are admitted, listed and sent away by the operator."""

from pathlib import Path

from tests.cli.conftest import Call


def test_a_partner_gets_a_token_that_is_shown_once(call: Call, data: Path) -> None:
    made = call("partner", "create", "Kantor Contoh", "--scope", "profile.basic", "--days", "30", "--data", data)
    assert made.code == 0
    admitted, shown = made.out.splitlines()
    partner_id = admitted.removeprefix("Admitted ").removesuffix(".")
    assert shown.startswith("Token, shown this once: ")
    listed = call("partner", "list", "--data", data).out
    assert f"{partner_id}\tKantor Contoh\tprofile.basic\tuntil " in listed
    assert "0 reads in 30 days" in listed
    assert call("partner", "revoke", partner_id, "--data", data).code == 0
    assert "\trevoked\t" in call("partner", "list", "--data", data).out


def test_a_scope_that_does_not_exist_is_refused(call: Call, data: Path) -> None:
    refused = call("partner", "create", "Kantor", "--scope", "everything", "--data", data)
    assert (refused.code, "There is no scope 'everything'" in refused.err) == (1, True)
    assert call("partner", "revoke", "nobody", "--data", data).code == 1

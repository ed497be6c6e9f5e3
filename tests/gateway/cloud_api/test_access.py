from amanat.gateway.bots.api import Me
from amanat.gateway.cloud_api.access import access, app_secret, app_token, media_key, proof

ME = Me(number=77, username="bot", name="Bot")


def test_what_a_developer_is_given() -> None:
    held = access(ME, "EAAB", base_url="https://bots.example/", secret="s")
    assert held == {
        "url": "https://bots.example",
        "base_url": "https://bots.example/v23.0",
        "access_token": "EAAB",
        "phone_number_id": "177",
        "business_account_id": "277",
        "app_id": "377",
        "app_secret": app_secret("s"),
        "display_phone_number": "999000000000077",
    }


def test_secrets_are_of_the_bot_and_of_one_purpose() -> None:
    assert len(app_secret("s")) == 32
    assert len({app_secret("s"), app_secret("t"), media_key("s")[:32]}) == 3
    assert app_token(ME, secret="s") == f"377|{app_secret('s')}"
    assert len(proof("EAAB", secret="s")) == 64

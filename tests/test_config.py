"""The configuration is strict, and its refusals say what would be right."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.config import Config, ConfigError, address_of, content_type_of, host_of, load, public_url_of, url_of


def from_toml(tmp_path: Path, content: str) -> Config:
    file = tmp_path / "amanat.toml"
    file.write_text(content)
    return load(file)


def test_nothing_need_be_set() -> None:
    assert load() == Config()


def test_a_file_and_the_environment_set_every_kind(tmp_path: Path) -> None:
    config = from_toml(
        tmp_path, 'server_name = "chat.example.org"\nmax_upload_bytes = 1000\ntrusted_proxies = ["::1"]\n'
    )
    assert (config.server_name, config.max_upload_bytes, config.trusted_proxies) == ("chat.example.org", 1000, ("::1",))
    environment = {"AMANAT_MAX_UPLOAD_BYTES": "2000", "AMANAT_TRUSTED_PROXIES": "10.0.0.0/8, ::1", "PATH": "/bin"}
    config = load(environment=environment)
    assert (config.max_upload_bytes, config.trusted_proxies) == (2000, ("10.0.0.0/8", "::1"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('server_nam = "x"', "Did you mean server_name?"),
        ("zebra = 1", "`docs/config.md` lists the settings."),
        ('max_upload_bytes = "many"', "max_upload_bytes must be a whole number."),
        ("listen = 8008", "listen must be text in quotes."),
        ('turn_uris = "turn:x"', "turn_uris must be a list in [brackets]."),
        ('log_format = "xml"', "log_format must be one of json, console."),
        ('listen = "8008"', "write an IP address and a port"),
        ('listen = "127.0.0.1:99999"', "write an IP address and a port"),
        ('server_name = "no name"', "is no server name"),
        ('room_version = "1"', "room_version must be one of 10, 11, 12."),
        ('database = "mysql://x"', "database must be a PostgreSQL URL"),
        ('public_url = "chat.example.org"', "public_url must be an http or https URL"),
        ('trusted_proxies = ["proxy"]', "'proxy' is no network"),
        ("max_upload_bytes = 0", "must be more than nothing"),
        ('turn_uris = ["turn:x"]', "turn_uris needs turn_secret"),
        ('passkey_domain = "example.org"', "passkey_domain must be the host of public_url"),
        ('smtp_url = "smtps://mail.example.org"', "smtp_url needs email_from"),
        ('smtp_url = "mail.example.org"\nemail_from = "a@example.org"', "smtp_url must be smtps://host"),
        ('smtp_url = "smtp://host:port"\nemail_from = "a@example.org"', "smtp_url must be smtps://host"),
        ('smtp_url = "smtps://host"\nemail_from = "Amanat"', "email_from must be an address"),
        ('outbound_private_networks = ["inside"]', "outbound_private_networks: 'inside' is no network"),
        ("phone_countries = []", "write ISO 3166 codes, as ID"),
        ('phone_countries = ["ID", "62"]', "'62' is no country"),
        ("phone_work_bits = 40", "phone_work_bits must be between 0 and 24."),
        ("phone_work_bits = -1", "phone_work_bits must be between 0 and 24."),
        ("phone_daily_per_prefix = 0", "phone_daily_per_prefix must be more than nothing."),
        ('sms_adapters = ["pigeon"]', "'pigeon' is none; there are console, http, twilio."),
        ('sms_adapters = ["http"]', "sms_adapters names http, which needs sms_http_url."),
        ('sms_adapters = ["twilio"]\nsms_twilio_account = "AC1"', "which needs sms_twilio_token."),
        ("sms_daily_cap = -1", "must not be less than nothing"),
        ('sms_http_url = "http://sms.example.org"', "sms_http_url must be an https URL"),
        ('sms_http_headers = ["Authorization"]', "sms_http_headers are written as Name: value."),
        ('sms_http_headers = ["Content-Type: text/plain"]', "the content type must be one of application/json"),
        (f'sms_adapters = ["console"]\npublic_url = "https://{"x" * 63}.example"', "is longer than one SMS"),
        ("server_name =", "is not TOML"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(ConfigError) as refused:
        from_toml(tmp_path, content)
    assert told in str(refused.value)


def test_texts_go_through_a_gateway_of_our_own_network_where_that_is_allowed(tmp_path: Path) -> None:
    config = from_toml(
        tmp_path,
        'sms_adapters = ["http"]\nsms_http_url = "http://10.0.0.5/send"\noutbound_private_networks = ["10.0.0.0/8"]\n'
        'sms_http_headers = ["Content-Type: text/xml; charset=utf-8"]\nsms_http_body = "<sms>{text}</sms>"\n',
    )
    assert (content_type_of(config), host_of(config)) == ("text/xml", "localhost")


@pytest.mark.parametrize(
    ("config", "url"),
    [
        (Config(), "http://localhost:8008"),
        (Config(listen="[::1]:80"), "http://localhost:80"),
        (Config(listen="10.0.0.7:8008"), "http://10.0.0.7:8008"),
        (Config(public_url="https://chat.example.org"), "https://chat.example.org"),
    ],
)
def test_pages_on_loopback_are_reached_by_its_name(config: Config, url: str) -> None:
    assert public_url_of(config) == url


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no configuration file .*nothing\.toml"):
        load(tmp_path / "nothing.toml")


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("AMANAT_LISTN", "127.0.0.1:1", "Did you mean AMANAT_LISTEN?"),
        ("AMANAT_MAX_UPLOAD_BYTES", "1 MB", "must be a whole number, not '1 MB'"),
    ],
)
def test_the_environment_is_held_to_the_same(variable: str, value: str, told: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(environment={variable: value})
    assert told in str(refused.value)


def test_a_flag_that_is_not_given_overrides_nothing() -> None:
    config = load(environment={"AMANAT_DATA": "kept"}, flags={"data": None, "listen": "127.0.0.1:1"})
    assert (config.data, config.listen) == ("kept", "127.0.0.1:1")


@given(host=st.ip_addresses().map(str), port=st.integers(0, 65535))
def test_an_address_and_its_url_say_the_same(host: str, port: int) -> None:
    listen = url_of(host, port).removeprefix("http://")
    assert address_of(listen) == (host, port)

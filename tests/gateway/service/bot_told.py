"""What the programs of the story are told, and what their button says."""

from typing import TypedDict

VERIFY_TOKEN = "mengetahui"
BUTTON = "Lagi"
TEMPLATE = "surat"
PRODUCT = "KOPI"


class Told(TypedDict):
    """What it is told. `telegram`, `polling`: what `/METHOD` is added to; `cloud`: where messages are posted."""

    port: int
    notes: str
    telegram: str
    polling: str
    cloud: str
    cloud_token: str
    app_secret: str
    flow: str
    catalogue: str

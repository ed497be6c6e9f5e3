"""Which product of an offer a message is about, as our app says it within the ciphertext. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.bots.shop.model import KeptOffer

PRODUCT: Final = f"{NAMESPACE}.product"


def product_in(content: Mapping[str, Any], offer: KeptOffer | None) -> str:
    """Return the id of the product that a content is about; empty where it names none of the offer that it answers."""
    told = content.get(PRODUCT)
    if offer is None or not isinstance(told, Mapping) or told.get("v") != 1:
        return ""
    return next((item.id for item in offer.items if item.id == told.get("id")), "")
